"""What to do next: the situation's own steps, when to test again, who is checked for liver cancer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions import printing
from actions.advice import (
    EXPOSED,
    GATES_WITH_ADVICE,
    HBSAG_LOST,
    LEADING_STEPS,
    gate_name,
    needs_cause,
    protecting_the_baby,
)
from actions.course import is_flaring
from actions.marks import mark, noted
from actions.saying import Say
from actions.serology import INFECTED, next_step, reading_of
from actions.situations import NO_INFECTION, at_once, told
from hepb.result import Result, Schedule, Surveillance
from hepb.whole_knowledge import Knowledge

_STEPS_WITHOUT_INFECTION = frozenset({"on_treatment", "decompensated", "cirrhosis"})
"""Next steps that also matter to somebody whose HBsAg is negative."""
ASKED_FOR_SCANS = ("ancestry", "platelets")
"""What no question asks for, and on which it can depend who is scanned."""
_NOT_CALM = frozenset({"possible_cirrhosis", "scarring"})
"""Warnings beside which one normal ALT is no good sign."""
_LOST = frozenset({"hbsag_loss", "hbsag_seroconversion"})
"""Events that end the infection."""
_BEFORE_ORIGIN = frozenset({"age", "sex"})
"""What has to be known before the origin can decide who is scanned."""
_AT_LEAST = frozenset({"who-2024.yearly"})
"""Schedules that name the longest time between two tests (WHO15: at least yearly)."""


def next_steps(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """What to do next: the situation's own steps, except those that lead the advice, then tests and their intervals.

    Beside a result that needs care soon there is no routine: no interval, no second test in some months.
    """
    if result.alarms:
        yield Say("utter_next_alarm", "next")
    infected = result.phase.phase not in NO_INFECTION
    for step in result.next_steps:
        if step not in LEADING_STEPS and (infected or step in _STEPS_WITHOUT_INFECTION):
            yield Say(f"utter_next_{step}", "next")
    gate = gate_name(result)
    if gate == HBSAG_LOST or _LOST.intersection(event.name for event in result.course.events if event.now):
        yield from () if result.surveillance.schedules else _scans_after_loss(knowledge)
    if not infected:
        yield from () if gate == HBSAG_LOST else _without_infection(result)
    if not infected and not result.alarms:
        yield from surveillance(result, knowledge)
    if not infected or gate == EXPOSED:
        return
    if not result.alarms:
        yield from next_step(result)
        yield from _routine(result, knowledge)
        yield from surveillance(result, knowledge)


def _scans_after_loss(knowledge: Knowledge) -> Iterator[Say]:
    """Who still looks for liver cancer in some people whose HBsAg is lost."""
    speaking = [(item, item.after_hbsag_loss) for item in knowledge.guidelines if item.id in knowledge.shown]
    titles = tuple(item.title + mark(provenance.confidence) for item, provenance in speaking if provenance)
    if titles:
        yield Say("utter_next_scans_after_loss", "next", {"guidelines": titles})


def _routine(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The step that the answers of the guidelines ask for, and when to test again; a flare leaves no routine."""
    if is_flaring(result):
        yield Say("utter_next_flare", "next")
    if is_flaring(result) or gate_name(result) in GATES_WITH_ADVICE:
        return
    yield from _general_step(result, knowledge)
    if _watched(result):
        return
    tests = _first_of_counted(result.monitoring, knowledge)
    if not tests:
        yield Say("utter_next_test_ask", "next")
    yield from intervals(tests, knowledge)


def _watched(result: Result) -> bool:
    """Whether the situation asks for closer tests than any routine (:mod:`actions.situations` says so)."""
    return "stopped_treatment" in told(result)


def _without_infection(result: Result) -> Iterator[Say]:
    """The step that the serology panel asks for, and what to keep in mind where the virus was met.

    After a contact the situation says what to do.
    """
    if "under_six_months" in result.next_steps:
        yield Say("utter_next_recent_negative", "next")
    if EXPOSED not in told(result):
        yield from next_step(result)
    led = any(step in result.next_steps for step in LEADING_STEPS)
    if result.phase.phase == "resolved" and reading_of(result) != "contradictory" and not led:
        yield Say("utter_next_resolved", "next")


def _general_step(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    differ = "utter_next_differ_led" if result.leading else "utter_next_differ"
    if needs_cause(result):
        yield Say("utter_next_other_cause", "next")
        if {result.decisions[name].so_far for name in knowledge.counted} & {"treat", "consider"}:
            yield Say(differ, "next")
        return
    consensus = result.consensus
    decision = consensus.so_far if consensus.decision == "unknown" else consensus.decision
    if decision == "consider" and protecting_the_baby(result, knowledge):
        yield Say("utter_next_for_the_baby", "next")
    elif decision != "not_applicable":
        yield Say(differ if decision == "differ" else f"utter_next_{decision}", "next")
    if _watched(result):
        return
    if result.phase.likely and "ALT_repeat" in result.phase.missing:
        pregnant = "pregnancy" in told(result)
        yield Say("utter_next_alt_repeat_in_pregnancy" if pregnant else "utter_next_alt_repeat", "next")
    elif result.phase.phase == "indeterminate":
        yield Say("utter_next_grey_zone", "next")
    elif result.phase.phase in {"immune_tolerant", "inactive_carrier"} and not _NOT_CALM.intersection(result.warnings):
        yield Say("utter_next_alt_confirm", "next")


def _first_of_counted(schedules: Iterable[Schedule], knowledge: Knowledge) -> tuple[Schedule, ...]:
    """Of each guideline that counts its main schedule; those for further tests are in the result only."""
    first: dict[str, Schedule] = {}
    for schedule in schedules:
        if schedule.guideline in knowledge.counted:
            first.setdefault(schedule.guideline, schedule)
    return tuple(first.values())


def intervals(schedules: Iterable[Schedule], knowledge: Knowledge) -> Iterator[Say]:
    """One sentence per interval of blood tests, with the guidelines that share it."""
    shared: dict[tuple[str, str, str, bool], list[str]] = {}
    for schedule in schedules:
        first = printing.interval(schedule.first_year) if schedule.first_year else ""
        key = (_kind(schedule), _interval(schedule), first, schedule.confidence == "unverified")
        shared.setdefault(key, []).append(knowledge.guideline(schedule.guideline).title)
    for (kind, every, first, unverified), titles in shared.items():
        end = "_unverified" if unverified else "_many" if len(titles) > 1 else ""
        values = {"weeks" if kind == "weeks" else "months": every, "first": first, "guidelines": tuple(titles)}
        yield Say(f"utter_next_test_{kind}{end}", "next", values)


def _kind(schedule: Schedule) -> str:
    """Which sentence says the interval."""
    if schedule.rule in _AT_LEAST:
        return "at_least"
    return "first_year" if schedule.first_year else "weeks" if schedule.every_weeks else "every"


def _interval(schedule: Schedule) -> str:
    """The time between two tests, in the unit in which the guideline counts."""
    return printing.interval(schedule.every_months or schedule.every_weeks)


def surveillance(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Who looks for liver cancer and why: one sentence per reason, with the guidelines and, if they differ, intervals.

    Then who surely asks for no scans, and what the patient could tell to hear more, unless something presses.
    """
    found = result.surveillance
    pressing = (
        is_flaring(result)
        or at_once(result, knowledge)
        or told(result) & {"pregnancy", "stopped_treatment", "immunosuppression"}
    )
    asked = () if pressing else tuple(_asked(result, knowledge))
    yield from noted((*_surveillance(found, knowledge), *asked), "next")


def _surveillance(found: Surveillance, knowledge: Knowledge) -> Iterator[Say]:
    shown = [item for item in found.schedules if item.guideline in knowledge.shown]
    shared: dict[str, list[Schedule]] = {}
    for item in shown:
        shared.setdefault(str(item.reason), []).append(item)
    for reason, same in shared.items():
        yield from _scans(reason, same, knowledge)
    with_afp = [item.guideline for item in shown if "AFP" in item.tests]
    yield from _of(with_afp, "utter_next_surveillance_afp", knowledge)
    if declined := [
        knowledge.guideline(name).title + mark(confidence)
        for name, (_, confidence) in found.declined.items()
        if name in knowledge.shown
    ]:
        yield Say("utter_next_no_surveillance", "next", {"guidelines": tuple(declined)})


def _scans(reason: str, same: list[Schedule], knowledge: Knowledge) -> Iterator[Say]:
    """One sentence about the scans for one reason; where the intervals differ, each behind its guideline."""
    every = {_interval(item): item.every_months for item in same}
    titles = tuple(
        knowledge.guideline(item.guideline).title
        + (f" ({_interval(item)})" if len(every) > 1 else "")
        + mark(item.confidence)
        for item in same
    )
    bounds = [bound for months in every.values() if months for bound in months]
    months = printing.interval((min(bounds), max(bounds))) if len(every) > 1 else next(iter(every))
    yield Say(f"utter_next_surveillance_{reason}", "next", {"months": months, "guidelines": titles})
    if len(every) > 1:
        yield Say("utter_next_surveillance_in_brackets", "next")


def _asked(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """What the patient could tell to hear more of scans; the origin only where nothing else is open before it."""
    found = result.surveillance
    scanned = {item.guideline for item in found.schedules}
    for item in ASKED_FOR_SCANS:
        waiting = [name for name in knowledge.shown if item in found.open.get(name, ()) and name not in scanned]
        if item == "ancestry":
            infected = reading_of(result) in INFECTED
            waiting = [name for name in waiting if infected and not _BEFORE_ORIGIN.intersection(found.open[name])]
        yield from _of(waiting, f"utter_next_surveillance_needs_{item}", knowledge)


def _of(guidelines: Iterable[str], response: str, knowledge: Knowledge) -> Iterator[Say]:
    """A response about some guidelines; nothing where there are none."""
    if titles := tuple(knowledge.guideline(name).title for name in guidelines):
        yield Say(response, "next", {"guidelines": titles})
