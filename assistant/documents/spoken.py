"""What each part of the knowledge says, in plain words, by its id: for the list that a clinician works through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.documents.guidelines_page import answer_of, every_of, who
from assistant.documents.other_rules import event_in_words
from assistant.documents.plain import in_words
from assistant.documents.tables import span
from hepb.guideline import Guideline
from hepb.whole_knowledge import Knowledge


def in_plain_words(what: Knowledge, responses: Mapping[str, str]) -> Mapping[str, str]:
    """By id what a rule, phase, schedule, notice, reading, event or statement says."""
    return dict(_all(what, responses))


def _all(what: Knowledge, responses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    limits = {guideline.id: guideline.upper_limits for guideline in what.guidelines}
    for guideline in what.guidelines:
        yield from _of_guideline(guideline)
    for phase in (*what.phases, *what.grey_zones, *what.gates):
        yield phase.id, f"{in_words(phase.when, what.phase_limits)}: {phase.phase}".replace("_", " ")
    for notice in (*what.warnings, *what.next_steps, *what.alarms, *what.stiffness_limits):
        yield notice.id, in_words(notice.when, what.phase_limits)
    for item in (*what.panel.readings, what.panel.otherwise):
        yield item.id, f"{in_words(item.when, what.phase_limits)}: {item.reading}".replace("_", " ")
    for item in what.panel.together:
        yield item.id, f"{in_words(item.when, what.phase_limits)}: {item.weight}"
    for score in what.scores:
        yield score.id, score.formula
        yield from ((band.id, f"{in_words(band.when, what.phase_limits)}: {band.reading}".replace("_", " "))
                    for band in score.bands)  # fmt: skip
        yield from ((limit.id, in_words(limit.when, what.phase_limits)) for limit in score.limits)
    yield from ((rule.id, f"{rule.marker}: {event_in_words(rule)}") for rule in what.course.events)
    for pathway in what.pathways:
        for statement in pathway.statements:
            words = responses.get(f"utter_situation_{pathway.id}_{statement.says}", statement.says)
            when = in_words(statement.when, limits.get(statement.guideline or "", what.phase_limits))
            numbers = "; ".join(f"{item.name}: {span(item.low, item.high, item.unit)}" for item in statement.numbers)
            yield statement.id, f"{when}: {words}{f' ({numbers})' if numbers else ''}"


def _of_guideline(guideline: Guideline) -> Iterator[tuple[str, str]]:
    limits = guideline.upper_limits
    yield from ((rule.id, f"{who(rule, guideline)}: {answer_of(rule)}") for rule in guideline.rules())
    for phase in guideline.phases:
        yield phase.id, f"{in_words(phase.when, limits)}: {phase.phase}".replace("_", " ")
    for schedule in (*guideline.monitoring, *guideline.surveillance):
        yield schedule.id, f"{in_words(schedule.when, limits)}: {', '.join(schedule.tests)} every {every_of(schedule)}"
    for notice in guideline.no_surveillance:
        yield notice.id, in_words(notice.when, limits)
    for band in guideline.stiffness:
        yield band.id, f"{in_words(band.when, limits)}: {band.reading}".replace("_", " ")
