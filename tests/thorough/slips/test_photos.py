"""Photos through the real recognition: what is offered is right, or typed by the patient, or the photo is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
from photo_set import SLIPS, measure

pytestmark = pytest.mark.tesseract
VALUES = sum(len(rows) - 1 for rows in SLIPS)


@pytest.mark.parametrize(("name", "least"), [("screenshot", 22), ("leaning, in shadow", 20)])
def test_photo_is_read_without_a_wrong_value(name, least):
    found = measure(name)
    assert found["right"] >= least
    assert found["right"] + found["without unit"] + found["to be typed"] >= VALUES - 1
    assert found["wrong"] == 0


def test_photo_that_cannot_be_read_is_refused():
    found = measure("hopeless")
    assert (found["refused"], found["right"], found["wrong"]) == (len(SLIPS), 0, 0)
