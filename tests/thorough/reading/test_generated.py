"""The generated texts that nobody looks at while the reading is built; the fast tests read those of the other seed."""

from __future__ import annotations

from assistant.evaluation.floors import broken
from assistant.evaluation.reading import FRESH_SEED, measure_reading


def test_fresh_generated_texts_are_read_above_the_floor():
    score = measure_reading(FRESH_SEED)
    assert score.texts >= 600
    assert broken({"reading": {"fresh": score.figures()}}, "reading.fresh") == {}, score.missed[:5]
