"""What the pictures of an answer show, as plain data: from the record and the result alone.

A channel draws it (``assistant.pictures``); ``docs/architecture.md``, *Pictures*, says what each kind holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from actions.advice import EXPOSED, LEADING_STEPS, gate_name
from actions.course import is_flaring
from actions.saying import Say
from actions.understood import assumed_unit, form, shown
from hepb.assays import assays
from hepb.interval import Interval
from hepb.phase import NAMED
from hepb.record import Observation, Record
from hepb.result import Reason, Result
from hepb.timeline import is_order_open, newest, overtaken
from hepb.whole_knowledge import Knowledge

RESPONSE = "utter_picture"
OVER_TIME = ("ALT", "HBV_DNA")
MOST_LIMITS = 4
"""Limits of one marker in the chart; those that most guidelines share come first."""
PHASES = "phases"
"""Whose a limit is when it is one of the phase model."""
_COMPARISONS = frozenset({">", ">=", "<", "<="})
Picture = dict[str, Any]


def map_of(result: Result) -> Iterator[Say]:
    """The four phases, with the patient's place or without one while it is not known; nothing where none applies."""
    picture = phase_map(result)
    if picture:
        yield Say(RESPONSE, "phase", picture=picture)


def chart_of(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """ALT and HBV DNA over time, where one of them is known of two days."""
    picture = chart(record, result, knowledge)
    if picture:
        yield Say(RESPONSE, "phase", picture=picture)


def strip_of(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """What each guideline says; not beside what presses, where "regular tests" would put the doctor off."""
    picture = guidelines(result, knowledge)
    pressing = result.alarms or is_flaring(result) or set(LEADING_STEPS).intersection(result.next_steps)
    if picture and not pressing:
        yield Say(RESPONSE, "advice", picture=picture)


def phase_map(result: Result) -> Picture | None:
    """The place among the four phases; None where phases do not apply."""
    phase = result.phase
    named = phase.phase in NAMED or bool(phase.between)
    if not named and (phase.phase != "unknown" or gate_name(result)):
        return None
    return {"kind": "phase_map", "phase": phase.phase, "between": list(phase.between) if phase.between else None}


def guidelines(result: Result, knowledge: Knowledge) -> Picture | None:
    """The answer of each guideline that the patient hears of; None where no guideline speaks of the case."""
    if result.consensus.decision == "not_applicable" or gate_name(result) == EXPOSED:
        return None
    rows = []
    for name in knowledge.shown:
        decision = result.decisions[name]
        so_far = decision.decision == "unknown" and decision.so_far != "unknown"
        rows.append(
            {
                "title": knowledge.guideline(name).title,
                "answer": decision.so_far if so_far else decision.decision,
                "so_far": so_far,
                "counted": name in knowledge.counted,
            }
        )
    return {"kind": "guidelines", "rows": rows}


def chart(record: Record, result: Result, knowledge: Knowledge) -> Picture | None:
    """The results of ALT and HBV DNA by day with the limits that count; None with fewer than two days to draw."""
    points = {marker: _points(record, marker) for marker in OVER_TIME}
    days = {marker: {point["date"] for point in found if point["low"] is not None} for marker, found in points.items()}
    if max(map(len, days.values())) <= 1:
        return None
    series = [
        {
            "marker": marker,
            "unit": assays().canonical[marker],
            "points": points[marker],
            "limits": _limits(marker, result, knowledge),
        }
        for marker in OVER_TIME
        if days[marker]
    ]
    return {"kind": "chart", "series": series}


def _points(record: Record, marker: str) -> list[Picture]:
    """The results of one marker that have a day, oldest first; one without a date counts as of today.

    Not those without a date of which nobody knows the order, or of which a later one was told.
    """
    told = [item for item in record.observations if item.marker == marker]
    left_out = {id(item) for item in overtaken(told)}
    latest = newest(told, record.as_of)
    if is_order_open(latest):
        left_out |= {id(item) for item in latest if item.date is None}
    found = [_point(item, record) for item in told if id(item) not in left_out]
    return sorted(found, key=lambda point: point["date"])


def _point(item: Observation, record: Record) -> Picture:
    """One result: its level in the usual unit (``low`` None where it has none to draw, ``high`` without an end)."""
    level = _level(item)
    return {
        "date": (item.date or record.as_of).isoformat(),
        "dated": item.date is not None,
        "low": level.low if level else None,
        "high": level.high if level and level.high != inf else None,
        **shown(item),
        **({"unit": assumed_unit(item)} if form(item) == "assumed" else {}),
        "form": form(item),
    }


def _level(item: Observation) -> Interval | None:
    """What is drawn: a number, a range or a bound; nothing that only a word or an unknown unit bounds."""
    levels = item.reading.levels
    if levels is None or len(levels) != 1 or item.reading.note in {"unit_unknown", "contradicts_itself"}:
        return None
    return levels[0] if shown(item)["value"] or levels[0].high == 0 else None


def _limits(marker: str, result: Result, knowledge: Knowledge) -> list[Picture]:
    """The limits against which the rules that apply hold the value, each with whose it is."""
    whose: dict[float, list[str]] = {}

    def add(reason: Reason, owner: str) -> None:
        if reason.name == marker and reason.op in _COMPARISONS and float(reason.value) > 0:
            owners = whose.setdefault(float(reason.value), [])
            owners += [] if owner in owners else [owner]

    for reason in result.phase.reasons:
        add(reason, PHASES)
    for name in knowledge.counted:
        decision = result.decisions[name]
        for reason in (*decision.because, *decision.would_change_if):
            add(reason, knowledge.guideline(name).title)
    shared = sorted(whose.items(), key=lambda item: (PHASES not in item[1], -len(item[1]), item[0]))
    return [{"value": value, "whose": owners} for value, owners in sorted(shared[:MOST_LIMITS])]
