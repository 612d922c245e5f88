"""The generated set: known truth, measured as one figure that must not fall. All of it: ``tests/thorough``."""

from __future__ import annotations

from assistant.evaluation.floors import broken
from assistant.evaluation.reading import BUILT_WITH_SEED, measure_reading


def test_generated_texts_are_read_above_the_floor():
    score = measure_reading(BUILT_WITH_SEED, 150)
    assert broken({"reading": {"built_with": score.figures()}}, "reading.built_with") == {}, score.missed[:5]
