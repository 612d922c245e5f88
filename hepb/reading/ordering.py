"""In which order several values of one test were measured, where the words tell it and no date does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hepb.reading.findings import Finding
from hepb.reading.notes import Notes

_BEFORE, _OPEN, _NOW = -1, 0, 1
_REACH = 4  # tokens before a value in which its verb stands
_ENDS = frozenset({"", ".", ",", ";", "!", "\n"})


def with_order(notes: Notes, findings: Iterable[Finding], newest: frozenset[int]) -> dict[int, Finding]:
    """By id, the findings of tests that have several values without a date, each with its place in time.

    Values whose order is not told share their place. ``newest``: ids of the findings that count; a test whose newest
    value has a date of its own is left out, since nobody knows where the others lie.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.kind == "marker" and not finding.implied and finding.end not in notes.restated:
            groups.setdefault((finding.person, finding.name), []).append(finding)
    placed: dict[int, Finding] = {}
    for group in groups.values():
        if len(group) > 1 and any(finding.end in notes.undecided for finding in group):
            placed |= {id(finding): replace(finding, sequence=1) for finding in group}
            continue
        loose = [finding for finding in group if _is_loose(notes, finding)]
        current = [id(finding) for finding in loose if id(finding) in newest]
        if len(loose) > 1 and current:
            places = _places(notes, loose)
            if places[current[0]] < max(places.values()):  # what counts most does not come last: nothing is sure
                places = dict.fromkeys(places, 1)
            placed |= {id(finding): replace(finding, sequence=places[id(finding)]) for finding in loose}
    return placed


def _is_loose(notes: Notes, finding: Finding) -> bool:
    """Whether the value has no day of its own; "now" is none."""
    return finding.end not in notes.abouts and finding.date in {None, notes.as_of.isoformat()}


def _places(notes: Notes, findings: list[Finding]) -> Mapping[int, int]:
    """The place of each, from 1: what lies in the past, then what says nothing of it, then what is now."""
    places: dict[int, int] = {}
    last = 0
    for time in (_BEFORE, _OPEN, _NOW):
        level = sorted((f for f in findings if _time(notes, f) == time), key=lambda finding: finding.start)
        for finding, step in zip(level, _steps(notes, level), strict=True):
            places[id(finding)] = last + 1 + step
        last = max(places.values(), default=last)
    return places


def _time(notes: Notes, finding: Finding) -> int:
    cues = notes.cues[_token(notes, finding.end) - 1]
    if finding.end in notes.never_current or said_of_before(notes, finding):
        return _BEFORE
    if finding.date or "now" in cues:
        return _NOW
    return _BEFORE if "past" in cues else _OPEN


def _steps(notes: Notes, level: list[Finding]) -> Iterator[int]:
    """How many steps lie between the first value and each, in the order of the text."""
    if len(level) == 2 and is_told_as_older(notes, level, level[1]):  # noqa: PLR2004 (a pair)
        yield from (1, 0)
        return
    step = 0
    for index, finding in enumerate(level):
        step += index > 0 and _follows(notes, level[index - 1], finding)
        yield step


def _follows(notes: Notes, one: Finding, other: Finding) -> bool:
    """Whether the words between two values say that the second came later ("then", "to", "was 45 and is 80")."""
    between = range(_token(notes, one.end), _token(notes, other.start + len(other.text)))
    if any(notes.covering(layer, place) for layer in ("follows", "change_to") for place in between):
        return True
    return (tense(notes, one), tense(notes, other)) == (_BEFORE, _NOW)


def said_of_before(notes: Notes, finding: Finding) -> bool:
    """``HBsAg negative in 2022, was positive before``: told of an earlier time by the last word of the statement."""
    term = notes.term("past_behind", _token(notes, finding.end))
    return term is not None and notes.word(term.end)[:1] in _ENDS and tense(notes, finding) == _BEFORE


def is_told_as_older(notes: Notes, findings: Iterable[Finding], finding: Finding) -> bool:
    """``ALT 30 (was 90)``: the last value of a test, with a verb of the past that the value before it has not."""
    same = [f for f in findings if (f.name, f.person) == (finding.name, finding.person) and f.kind == "marker"]
    before = [f for f in same if f.end < finding.end]
    if (
        not before
        or finding.end != max(f.end for f in same)
        or tense(notes, finding) != _BEFORE
        or tense(notes, before[-1]) == _BEFORE
    ):
        return False
    places = [notes.sentence_of[_token(notes, f.end) - 1] for f in (before[-1], finding)]
    return places[0] == places[1] and not before[-1].since


def tense(notes: Notes, finding: Finding) -> int:
    """The tense of the verb right before a value: -1 for the past, 1 for today, 0 where there is none."""
    end = _token(notes, finding.end)
    for place in range(end - 1, max(-1, end - 1 - _REACH), -1):
        if notes.covering("tense_past", place):
            return _BEFORE
        if notes.covering("tense_now", place):
            return _NOW
    return _OPEN


def _token(notes: Notes, offset: int) -> int:
    """The first token that begins at or behind a place of the text."""
    return bisect_left(notes.begins, offset)
