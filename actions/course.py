"""What changed over time and what that means: the events and the way between phases that a result names."""

from __future__ import annotations

from collections.abc import Iterator

from actions import printing
from actions.marks import mark, noted
from actions.saying import Say
from actions.understood import said, since
from hepb.course.outcome import Event
from hepb.phase import NAMED
from hepb.record import Record
from hepb.result import Result
from hepb.whole_knowledge import Knowledge

SECTION = "phase"
MOST = 3
"""Sentences about time in one answer."""
PAST_FLARE = "flare_past"
_FLARES = ("flare_over_10", "flare_over_5")
_ORDER = (
    "hbsag_reappearance", "hbsag_appearance", "viral_rebound", "reactivation", "hbsag_seroconversion", "hbsag_loss",
    "hbeag_reversion", "hbeag_seroconversion", "hbeag_loss", "viral_suppression", "alt_raised", "alt_normalised",
)  # fmt: skip
"""Events in the order in which they matter to the patient."""
_BESIDE_ALARM = frozenset({"hbsag_reappearance", "hbsag_appearance", "viral_rebound", "reactivation"})
"""Events that are also said beside a result that needs care today."""
_ENDED_INFECTION = frozenset({"hbsag_seroconversion", "hbsag_loss"})
_OF_ALT = frozenset({"alt_raised", "alt_normalised"})


def is_flaring(result: Result) -> bool:
    """Whether the newest ALT is that of a flare: no routine is offered beside it."""
    return any(event.now and event.name in _FLARES for event in result.course.events)


def course(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """At most :data:`MOST` sentences: what happened, where the results move, and a flare, next to the advice."""
    flare_now = tuple(flare(record, result, knowledge))
    way = () if result.alarms else tuple(_moving(result, knowledge))
    happened = [_said(event, record) for event in _worth_saying(result)]
    told = (*happened[: MOST - len(flare_now) - len(way)], *way)
    yield from noted(told or (() if flare_now else _lasting(result)), SECTION)
    yield from flare_now


def flare(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """That the newest ALT is that of a flare, and what that asks for."""
    for event in reversed(result.course.events):
        if event.now and event.name in _FLARES:
            rule = next(rule for rule in knowledge.course.events if rule.name == event.name)
            limits = knowledge.phase_limits
            values = {
                "ALT": said(record).get("ALT", ""),
                "times": printing.number(float((rule.peak or rule.during).value)),
                "limit": printing.number(limits.get(record.sex, min(limits.values()))),
            }
            yield Say(f"utter_course_{event.name}", SECTION if result.alarms else "advice", values)
            return


def _worth_saying(result: Result) -> list[Event]:
    """The newest event of each kind that still stands, the weightiest first, then an old flare."""
    standing = {event.name: event for event in result.course.events if event.now}
    names = [name for name in _ORDER if name in standing]
    if result.alarms:
        names = [name for name in names if name in _BESIDE_ALARM]
    if _ENDED_INFECTION.intersection(names):
        names = [name for name in names if name in _ENDED_INFECTION or name == "viral_suppression"]
    told_otherwise = result.course.moving or is_flaring(result) or "reactivation" in names
    found = [standing[name] for name in names if not (told_otherwise and name in _OF_ALT)]
    past = [event for event in result.course.events if not event.now and event.name in _FLARES]
    return [*found, *past[-1:]] if past and not result.alarms and not is_flaring(result) else found


def _said(event: Event, record: Record) -> Say:
    name = event.name if event.now else PAST_FLARE
    counted_back = {item.since for item in record.observations if item.since and not item.date}
    days = [
        since(day, record.as_of) if day in counted_back else day.isoformat()
        for day in dict.fromkeys((event.start, event.end))
        if day
    ]
    when = f" ({' – '.join(days)})" if event.start and days else ""
    return Say(f"utter_course_{name}", SECTION, {"when": when, "mark": mark(event.confidence)})


def _lasting(result: Result) -> Iterator[Say]:
    """Since when a named phase has been seen, where results of several days show it."""
    last = result.course.phases[-1] if result.course.phases else None
    if last and last.phase == result.phase.phase in NAMED and last.start < last.end and not result.alarms:
        yield Say("utter_course_lasting", SECTION, {"when": last.start.isoformat()})


def _moving(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    if result.course.moving:
        start, end = result.course.moving
        confidence = knowledge.course.transitions[start, end].provenance.confidence
        yield Say(f"utter_moving_{start}_{end}", SECTION, {"mark": mark(confidence)})
