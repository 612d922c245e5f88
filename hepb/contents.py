"""Everything in the knowledge that has a criterion, each with the upper limits of ALT that it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hepb.criteria import Criterion, Test, tests_in
from hepb.guideline import Band, FollowUp, Guideline, Notice, Pathway, PhaseRule, Rule, Statement
from hepb.panel import PanelReading, Together
from hepb.whole_knowledge import Knowledge


def plain_notices(what: Knowledge) -> tuple[Notice, ...]:
    """Every notice that is no schedule."""
    of_scores = (limit for score in what.scores for limit in score.limits)
    return (*what.warnings, *what.next_steps, *what.alarms, *what.stiffness_limits, *of_scores)


def notices(what: Knowledge) -> Iterator[tuple[Notice | FollowUp, Mapping[str, float]]]:
    """Everything that holds or does not, by a unique id, with the upper limits that it means."""
    for notice in plain_notices(what):
        yield notice, what.phase_limits
    for guideline in what.guidelines:
        for item in (*guideline.monitoring, *guideline.surveillance, *guideline.no_surveillance):
            yield item, guideline.upper_limits


def bands(what: Knowledge) -> Iterator[tuple[str, tuple[Band, ...], Mapping[str, float]]]:
    """Every score, and every guideline that reads scans of the liver, with the upper limits that it means."""
    for score in what.scores:
        yield score.id, score.bands, what.phase_limits
    for guideline in what.guidelines:
        if guideline.stiffness:
            yield guideline.id, guideline.stiffness, guideline.upper_limits


def pathways(what: Knowledge) -> Iterator[tuple[Pathway | Statement, Mapping[str, float]]]:
    """Every pathway and statement, with the upper limits that it means."""
    limits = {guideline.id: guideline.upper_limits for guideline in what.guidelines}
    for pathway in what.pathways:
        yield pathway, what.phase_limits
        for statement in pathway.statements:
            yield statement, limits.get(statement.guideline or "", what.phase_limits)


def panel(what: Knowledge) -> tuple[Together | PanelReading, ...]:
    """Every line of the serology panel that has a criterion."""
    return (*what.panel.together, *what.panel.readings)


def open_limits(what: Knowledge) -> Iterator[tuple[Rule | PhaseRule, Guideline | None, Test, Mapping[str, float]]]:
    """Every comparison whose operator the sources leave open: rule or phase, guideline (None: of the phase model)."""
    items: list[tuple[Rule | PhaseRule, Guideline | None]] = [(phase, None) for phase in what.phases]
    items += [(item, document) for document in what.guidelines for item in (*document.rules(), *document.phases)]
    for item, document in items:
        limits = document.upper_limits if document else what.phase_limits
        yield from ((item, document, test, limits) for test in tests_in(item.when) if test.operator_open)


def all_tests(what: Knowledge) -> Iterator[tuple[Test, Mapping[str, float]]]:
    """Every comparison of the knowledge, with the upper limits that it means."""
    for guideline in what.guidelines:
        for rule in guideline.rules():
            yield from ((test, guideline.upper_limits) for test in tests_in(rule.when))
        for group in guideline.groups:
            yield from ((test, guideline.upper_limits) for test in tests_in(group.people))
        for phase in guideline.phases:
            yield from ((test, guideline.upper_limits) for test in tests_in(phase.when))
    shared: list[Criterion] = [gate.when for gate in what.gates]
    shared += [phase.when for phase in (*what.phases, *what.grey_zones)]
    shared += [item.when for item in panel(what)]
    shared += [rule.also for rule in what.course.events if rule.also]
    for notice, limits in notices(what):
        yield from ((test, limits) for test in tests_in(notice.when))
    for item, limits in pathways(what):
        for criterion in (item.when, *([item.unless] if item.unless else ())):
            yield from ((test, limits) for test in tests_in(criterion))
    for _, found, limits in bands(what):
        yield from ((test, limits) for band in found for test in tests_in(band.when))
    shared += [notice.unless for notice in plain_notices(what) if notice.unless]
    for criterion in shared:
        yield from ((test, what.phase_limits) for test in tests_in(criterion))
