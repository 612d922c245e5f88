"""All generated texts: those looked at while the reading is built, and those that nobody looks at."""

from __future__ import annotations

import pytest

from assistant.evaluation.floors import broken
from assistant.evaluation.reading import BUILT_WITH_SEED, FRESH_SEED, measure_reading


@pytest.mark.parametrize(("name", "seed"), [("built_with", BUILT_WITH_SEED), ("fresh", FRESH_SEED)])
def test_generated_texts_are_all_read_above_the_floor(name, seed):
    score = measure_reading(seed)
    assert score.texts >= 600
    assert broken({"reading": {name: score.figures()}}, f"reading.{name}") == {}, score.missed[:5]
