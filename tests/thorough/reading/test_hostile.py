"""The longest messages that are taken, of the most tiring kinds; the fast tests read a quarter of each."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "fast" / "reading"))
from hostile import HOSTILE

from hepb.reading import read_text, warm_up


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_longest_hostile_text_takes_bounded_time(text):
    warm_up()
    begun = time.process_time()
    read_text(text[:4000], date(2026, 11, 22))
    assert time.process_time() - begun < 1.5
