"""What is told as a fact, and the days told beside it: for the situations of a person."""

from __future__ import annotations

from datetime import date

from hepb.reading.findings import Finding
from hepb.reading.notes import Notes, Term

UNREAL = frozenset({"hypothetical", "general"})
UNSURE = frozenset({"question", "uncertain", "becoming"})


def condition(notes: Notes, name: str, start: int, end: int, *, value: int | bool) -> Finding:
    """A condition of the person whom the token ``start`` speaks of."""
    first, last = notes.begins[start], notes.ends[end - 1]
    return Finding("condition", name, first, last, notes.text[first:last], value, person=notes.persons[start])


def is_real(notes: Notes, place: int, unsure: frozenset[str] = UNSURE) -> bool:
    """Whether what stands there is told as a fact, not denied, asked, planned or supposed."""
    cues = notes.cues[place]
    if cues & (UNREAL | {"negation", "planned"}):
        return False
    return not cues & unsure or "assertion" in cues


def same_sentence(notes: Notes, one: int, other: int) -> bool:
    """Whether two tokens stand in one sentence; ``other`` may lie behind the text."""
    return other < len(notes) and notes.sentence_of[one] == notes.sentence_of[other]


def days_of(notes: Notes, term: Term) -> tuple[date, ...]:
    """The points in time named in the same sentence, or the one right behind it."""
    here = notes.sentence_of[term.start]
    whens = [when for when in notes.whens.values() if notes.sentence_of[when.start] == here]
    whens = whens or [when for when in notes.whens.values() if notes.sentence_of[when.start] == here + 1]
    return tuple(day for when in whens if (day := when.day or when.since or when.about) is not None)


def token_at(notes: Notes, character: int) -> int:
    """The token that begins at a character of the text, or the next behind it."""
    return next(index for index, begin in enumerate(notes.begins) if begin >= character)
