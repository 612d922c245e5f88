"""What the patient's own values say of scarring and of cancer risk: scores, and how guidelines read a scan."""

from __future__ import annotations

from collections.abc import Iterator

from actions import printing
from actions.marks import mark, noted
from actions.saying import Say
from actions.situations import NO_INFECTION
from hepb.record import Record
from hepb.result import Result
from hepb.score_result import ScoreReading
from hepb.whole_knowledge import Knowledge

SECTION = "why"
NOT_FOR = "untreated"
"""A score with this limit was not made for the person, so it is not said."""


def fibrosis(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Scores and scan in plain words. Nothing without an infection, or beside a cirrhosis that is known."""
    if result.phase.phase in NO_INFECTION or "cirrhosis" in result.warnings:
        return
    yield from noted((*_scores(result, knowledge), *_stiffness(record, result, knowledge)), SECTION)


def scores(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The scores alone."""
    yield from noted(_scores(result, knowledge), SECTION)


def said_scores(result: Result) -> tuple[ScoreReading, ...]:
    """The scores that can be read and are meant for the person."""
    return tuple(score for score in result.scores if score.reading and NOT_FOR not in score.limits)


def _scores(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    limits: dict[str, None] = {}
    for score in said_scores(result):
        sign = mark(score.confidence)
        users = tuple(knowledge.guideline(name).title + sign for name in score.guidelines if name in knowledge.shown)
        name = next(item.title for item in knowledge.scores if item.id == score.score)
        values = {"score": name, "value": _value(score), "mark": sign, "guidelines": users}
        yield Say(f"utter_score_{score.score}_{score.reading}", SECTION, values)
        limits |= dict.fromkeys(score.limits)
    yield from (Say(f"utter_score_limit_{limit}", SECTION) for limit in limits)


def _value(score: ScoreReading) -> str:
    low = score.low or 0.0
    return printing.level((low,), ">=") if score.high is None else printing.span(low, score.high)


def _stiffness(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Guidelines that read the scan alike share a sentence."""
    value = record.conditions.stiffness_kpa
    readings = [item for item in result.stiffness if item.reading and item.guideline in knowledge.shown]
    if value is None or not readings:
        return
    shared: dict[str, list[str]] = {}
    for item in readings:
        title = knowledge.guideline(item.guideline).title + mark(item.confidence)
        shared.setdefault(str(item.reading), []).append(title)
    for reading, titles in shared.items():
        values = {"value": printing.number(value), "guidelines": tuple(titles)}
        yield Say(f"utter_stiffness_{reading}", SECTION, values)
    for limit in dict.fromkeys(limit for item in readings for limit in item.limits):
        yield Say(f"utter_stiffness_limit_{limit}", SECTION)
