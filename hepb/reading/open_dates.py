"""Days like 10/03/2026, which is 10 March or October 3: what the text settles, and where the open rest matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hepb.reading.findings import Finding
from hepb.reading.notes import Notes


def settled(notes: Notes) -> None:
    """Give a day to those that can only mean one: no result is of the future, and one text writes days in one way."""
    ways = {when.day_first for when in notes.whens.values()} - {None}
    day_first = ways.pop() if len(ways) == 1 else None
    for start, when in notes.whens.items():
        if when.either is None:
            continue
        past = {day for day in when.either if day <= notes.as_of}
        if day_first is not None:
            past &= {when.either[0 if day_first else 1]}
        if len(past) == 1:
            notes.whens[start] = replace(when, day=past.pop(), about=None, either=None)


def dated(notes: Notes, findings: Iterable[Finding]) -> list[Finding]:
    """Results of an open day get its earlier meaning, where no meaning changes the order of the results of a test.

    Where it does, ``Notes.undecided`` says that nobody knows which of them is the newest.
    """
    findings = list(findings)
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.kind == "marker" and finding.end not in notes.restated:
            groups.setdefault((finding.person, finding.name), []).append(finding)
    sure: set[int] = set()
    for group in groups.values():
        open_ones = {finding.end for finding in group if finding.end in notes.abouts}
        orders = {_order([_day(notes, finding, way) for finding in group]) for way in (0, 1, None)}
        if len(orders) == 1:
            sure |= open_ones
        elif open_ones:
            notes.undecided |= {finding.end for finding in group}
    return [
        replace(finding, date=min(notes.abouts[finding.end]).isoformat()) if finding.end in sure else finding
        for finding in findings
    ]


def _day(notes: Notes, finding: Finding, way: int | None) -> date:
    """The day of a result, an open one read as day and month (0), month and day (1) or the earlier of both."""
    meanings = notes.abouts.get(finding.end)
    if meanings is not None:
        return min(meanings) if way is None else meanings[way]
    return date.fromisoformat(finding.date) if finding.date else notes.as_of


def _order(days: Sequence[date]) -> tuple[int, ...]:
    places = sorted(set(days))
    return tuple(places.index(day) for day in days)
