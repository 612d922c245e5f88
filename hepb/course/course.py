"""The course of a person's results: everything about time in one value, from facts and phase alone."""

from __future__ import annotations

from datetime import date

from hepb.compiler import Compiled
from hepb.course.events import events
from hepb.course.outcome import Course
from hepb.course.phases import moments, moving, reactivation, stretches
from hepb.course.series import timelines
from hepb.facts import Facts
from hepb.result import Phase


def course_of(what: Compiled, facts: Facts, phase: Phase) -> Course:
    """What the results tell together. Pure: the order in which they stand in the record does not matter."""
    rules = what.knowledge.course.events
    chains = timelines(
        facts.record.observations,
        facts.record.as_of,
        {rule.marker for rule in rules},
        {rule.marker for rule in rules if rule.during},
    )
    found = moments(what, facts, phase)
    happened = events(what, facts, chains)
    if back := reactivation(what, facts, found):
        happened = (*happened, back)
    in_time = sorted(happened, key=lambda event: (event.end or date.min, event.start or date.min))
    return Course(tuple(in_time), stretches(found), moving(what, phase, found, happened))
