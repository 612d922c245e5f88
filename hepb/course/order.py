"""Which results without a date matter by their order: shown by answering the record once for every order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hepb.compiler import Compiled
from hepb.course.course import course_of
from hepb.course.outcome import Course
from hepb.decide import answer
from hepb.facts import Facts, build_facts
from hepb.phase import classify
from hepb.record import Observation, Record
from hepb.result import Phase
from hepb.timeline import is_order_open

_WITH_FLARE = ("bilirubin", "INR")
"""What tells whether a flare is an emergency."""
_MOST_ORDERS = 8
"""Results of one marker of which each is tried as the newest; more are no history but a mistake."""


def whole_course(what: Compiled, facts: Facts, phase: Phase) -> Course:
    """The course with what would tell more of it: dates where the order matters, how bad a flare is."""
    course = course_of(what, facts, phase)
    missing = open_orders(what, facts)
    if any(event.now and event.name.startswith("flare") for event in course.events):
        missing += tuple(marker for marker in _WITH_FLARE if marker not in facts.current)
    return replace(course, missing=missing)


def open_orders(what: Compiled, facts: Facts) -> tuple[str, ...]:
    """``dates:MARKER`` for every marker whose newest result is open, where that changes anything that is answered."""
    return tuple(f"dates:{marker}" for marker, latest in facts.current.items() if _matters(what, facts, marker, latest))


def _matters(what: Compiled, facts: Facts, marker: str, latest: tuple[Observation, ...]) -> bool:
    """Whether the record is not answered alike, whichever of the results is the newest."""
    if not is_order_open(latest):
        return False
    different = {item.reading: item for item in latest if item.date is None}
    tried = sorted(different.values(), key=lambda item: repr(item.reading))[:_MOST_ORDERS]
    first, *others = (_answers(what, ordered(facts.record, marker, newest)) for newest in tried)
    return any(other != first for other in others)


def ordered(record: Record, marker: str, newest: Observation) -> Record:
    """The record with ``newest`` told to be the newest of the results of ``marker`` that have no date."""
    last = max((item.sequence or 0 for item in record.observations if item.marker == marker), default=0)
    return replace(record, observations=tuple(_placed(record.observations, marker, newest, last)))


def _placed(
    observations: tuple[Observation, ...], marker: str, newest: Observation, last: int
) -> Iterator[Observation]:
    for item in observations:
        if item.marker != marker or item.date is not None:
            yield item
        elif item.reading == newest.reading:
            yield replace(item, sequence=last + 2)
        else:
            yield replace(item, sequence=item.sequence or last + 1)


def _answers(what: Compiled, record: Record) -> tuple[object, ...]:
    """Phase, decisions, alarms and course: everything that an order can change."""
    facts = build_facts(record, what.space, what.knowledge.scores)
    phase = classify(what, facts)
    roots = [what.decisions[key] for key in what.knowledge.counted]
    return (
        (phase.phase, phase.between, phase.likely),
        tuple(answer(what, root, cube) for root in roots for cube in (facts.strict, facts.so_far)),
        tuple(what.diagrams.outcomes(what.notices[alarm.id], facts.as_shown) for alarm in what.knowledge.alarms),
        course_of(what, facts, phase),
    )
