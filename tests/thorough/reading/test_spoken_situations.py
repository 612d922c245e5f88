"""Situations in people's own words: figures that must not fall."""

from __future__ import annotations

from assistant.evaluation.floors import broken
from assistant.evaluation.situations import measure_situations


def test_situations_are_heard_above_the_floors():
    assert broken({"reading": {"situations": measure_situations()}}, "reading.situations") == {}
