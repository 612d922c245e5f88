"""Conditions that a number tells: the stiffness of the liver, and kidneys that filter too little."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.assays import assays
from hepb.reading.ages import name_before
from hepb.reading.findings import Finding
from hepb.reading.notes import Notes, Number
from hepb.reading.telling import condition

_LABEL = frozenset({":", "=", "-"})
_REACH = 4  # tokens between the name of a test and its number
_NOT_OURS = frozenset({"hypothetical", "general", "general_question"})
_BELOW = frozenset({None, "~", "<", "<="})


def stiffness(notes: Notes) -> Iterator[Finding]:
    """``12 kPa``, ``FibroScan 14``."""
    for number in notes.numbers.values():
        scanned = number.unit_kind == "stiffness" or (number.unit_kind is None and _is_scan(notes, number))
        if scanned and number.high is None and not notes.cues[number.start] & {"hypothetical", "general"}:
            first, last = notes.begins[number.start], notes.ends[number.end - 1]
            yield Finding(
                "condition", "stiffness_kpa", first, last, notes.text[first:last], number.low,
                unit=number.unit or "kPa", comparator=number.comparator, person=notes.persons[number.start],
            )  # fmt: skip


def filtration(notes: Notes) -> Iterator[Finding]:
    """``eGFR 38``: kidneys that filter too little. A higher number says nothing: they may be ill all the same."""
    for number in notes.numbers.values():
        cues = notes.cues[number.start]
        if not _is_of(notes, number, "filtration") or (cues & _NOT_OURS and "assertion" not in cues):
            continue
        if number.comparator in _BELOW and number.low < assays().low_filtration:
            yield condition(notes, "kidney_disease", number.start, number.end, value=True)


def _is_scan(notes: Notes, number: Number) -> bool:
    """Behind the name of a scan, or behind its unit: "kPa 9"."""
    unit = notes.ending("unit", number.start - (notes.word(number.start - 1) in _LABEL))
    ahead = unit is not None and unit.rule.kind == "stiffness"
    taken = ahead and any(one.end == unit.end for one in notes.numbers.values())
    return (ahead and not taken) or _is_of(notes, number, "stiffness")


def _is_of(notes: Notes, number: Number, kind: str) -> bool:
    """A number behind the name of a test of that kind, small words and a day between them left aside."""
    place = number.start
    while place > number.start - _REACH and (
        notes.covering("filler", place - 1) or place - 1 in notes.taken or notes.word(place - 1) in _LABEL
    ):
        place -= 1
    name = name_before(notes, number) or notes.ending("name", place)
    return not number.doubt and name is not None and name.rule.kind == kind
