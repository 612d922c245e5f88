"""The sex of a person, and the words that only count beside it or beside an age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hepb.reading.notes import Notes, Term

_NEAR = 14  # characters between an age and a word for the sex
_FOLLOWING = ("sex", "name", "new_item", "terminator")


@dataclass(frozen=True, slots=True)
class Said:
    """An age or a sex and the tokens that say it."""

    start: int
    end: int
    value: Any


def sexes(notes: Notes) -> list[Said]:
    """A word for the sex next to an age, after "I am", or after "sex:"."""
    ages = [f for f in notes.findings if f.kind == "age"]
    found = []
    for term in notes.terms("sex"):
        start = term.start
        while start > 0 and not notes.ending("sex_word", start) and _joins(notes, start - 1):
            start -= 1
        near_age = any(
            (0 <= notes.begins[term.start] - age.end <= _NEAR) or (0 <= age.start - notes.ends[term.end - 1] <= _NEAR)
            for age in ages
        )
        if (
            term.rule.kind == "self"
            or near_age
            or notes.ending("sex_word", start)
            or _about_me(notes, term.start)
            or _alone(notes, term)
        ):
            found.append(Said(term.start, term.end, term.rule.value))
    for term in notes.terms("sex_letter"):
        place = term.start - (notes.word(term.start - 1) in {":", "-", "="})
        if notes.ending("sex_word", place):
            found.append(Said(term.start, term.end, term.rule.value))
    return found


def _alone(notes: Notes, term: Term) -> bool:
    """A sentence of this one word, or begun by it: "Male.", "female, HBsAg positive"; not "Man, I am afraid"."""
    opens = notes.word(term.start - 1)[:1] in {".", "\n", ";", ""} and notes.word(term.end)[:1] in {",", ".", "\n", ""}
    return opens and term.rule.kind == "label"


def _joins(notes: Notes, index: int) -> bool:
    return notes.covering("link", index) is not None or notes.covering("age_link", index) is not None


def _about_me(notes: Notes, index: int) -> bool:
    place = index
    for _ in range(4):
        subject = notes.ending("sex_subject", place)
        if subject is None:
            return False
        if (
            notes.ending("age_subject", place)
            or notes.ending("self_pronoun", place)
            or notes.term("age_subject", subject.start)
        ):
            return True
        place = subject.start
    return False


def beside_age_or_sex(notes: Notes, term: Term) -> bool:
    """Whether a word for where a family comes from stands right beside an age or a word for the sex ("45, Asian")."""
    if notes.word(term.end).isalpha() and not any(notes.covering(layer, term.end) for layer in _FOLLOWING):
        return False  # "male, black stool"
    behind = term.end + (notes.word(term.end) == ",")
    ahead = term.start - (notes.word(term.start - 1) == ",")
    if notes.covering("sex", behind) or notes.covering("sex", ahead - 1):
        return True
    ends = {notes.ends[ahead - 1]} if ahead > 0 else set()
    begins = {notes.begins[behind]} if behind < len(notes) else set()
    ages = [f for f in notes.findings if f.kind in {"age", "sex"}]
    return any(f.end in ends or f.start in begins for f in ages)
