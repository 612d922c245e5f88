"""How long the infection has lasted, where the text says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hepb.reading.durations import chronic_from
from hepb.reading.findings import Finding
from hepb.reading.notes import Notes, Term, When
from hepb.reading.pregnancies import is_of_pregnancy

_AHEAD, _BEHIND = 12, 8  # tokens before and behind a time in which the infection is named
_UNREAL = frozenset({"hypothetical", "general", "question", "becoming"})
_INFECTION = ("long_infection", "recent_infection", "hepatitis_b")
_SMALL = (*_INFECTION, "filler", "link", "for_span", "since", "before_year", "last_period", "period", "now",
          "range_and", "half_more", "self_pronoun", "own_relation", "event", "sign", "steady")  # fmt: skip


def durations(notes: Notes) -> Iterator[Finding]:
    """``a carrier for 20 years``, ``diagnosed in 2012``, ``infected last month``."""
    limit = chronic_from(notes.as_of)
    for when in notes.whens.values():
        if (
            notes.cues[when.start] & _UNREAL
            or is_of_pregnancy(notes, when.start, when.end)
            or _of_negative(notes, when)
        ):
            continue
        if notes.ending("virus_gone", when.start - 1):  # "cured in 2019"
            continue
        value = _lasts(notes, when, limit)
        if value and when.since is None and _may_be_new(notes):
            continue
        if value is not None:
            first, last = notes.begins[when.start], notes.ends[when.end - 1]
            since = when.since or when.day
            yield Finding(
                "condition", "infection_over_6_months", first, last, notes.text[first:last], value,
                since=since.isoformat() if since else None, person=notes.persons[when.start],
            )  # fmt: skip


def _may_be_new(notes: Notes) -> bool:
    """Whether IgM is positive: then the day of a result does not show that the infection went on after it."""
    return any(f.name == "anti_HBc_IgM" and f.interpretation == "positive" for f in notes.findings)


def _of_negative(notes: Notes, when: When) -> bool:
    """The day of a negative HBsAg ("negative in 2020, positive last week") is no day of an infection."""
    day = when.day.isoformat() if when.day else None
    signs = {f.interpretation for f in notes.findings if f.name == "HBsAg" and f.date == day is not None}
    ahead = when.start - (notes.ending("before_year", when.start) is not None)
    before = notes.ending("name", ahead)
    return signs == {"negative"} or (not signs and before is not None and before.rule.value == "negative")


def _lasts(notes: Notes, when: When, limit: date) -> bool | None:
    since = when.since or when.day
    if since is not None and since > limit:
        return False if when.day is not None and _is_of(notes, when, "recent_infection") else None
    told = when.from_birth or since is not None or when.lasting
    return True if told and _is_of(notes, when, "long_infection") else None


def _is_of(notes: Notes, when: When, layer: str) -> bool:
    """Whether the time is that of an infection named near it in the same sentence."""
    start, end = notes.sentences[notes.sentence_of[when.start]]
    near = range(max(start, when.start - _AHEAD), min(end, when.end + _BEHIND))
    terms = {term.start: term for place in near if (term := notes.covering(layer, place)) is not None}
    return any(_joined(notes, when, term) and not _of_another(notes, term) for term in terms.values())


def _joined(notes: Notes, when: When, term: Term) -> bool:
    """Whether nothing between the two, or beside the time, has a time of its own.

    ("married for 25 years, HBsAg positive", "treated for TB in 2012, HBsAg positive"; but "carrier, since 2012".)
    """
    between = range(term.end, when.start) if term.start < when.start else range(when.end, term.start)
    if not any(_parts(notes, place) for place in between):
        return not any(_is_event(notes, place) for place in between)
    start, end = notes.sentences[notes.sentence_of[when.start]]
    first, last = when.start, when.end
    while first > start and not _parts(notes, first - 1):
        first -= 1
    while last < end and not _parts(notes, last):
        last += 1
    clause = (*range(first, when.start), *range(when.end, last))
    return all(_is_small(notes, place) and not _is_event(notes, place) for place in clause)


def _parts(notes: Notes, place: int) -> bool:
    if notes.words[place] in {",", ";", "(", ")", ":"}:
        return True
    return any(notes.covering(layer, place) is not None for layer in ("terminator", "and"))


def _is_event(notes: Notes, place: int) -> bool:
    """Another thing that happens: no diagnosis and no infection."""
    event = notes.covering("event", place)
    if event is None or event.rule.kind == "infection":
        return False
    return not any(notes.covering(layer, place) for layer in _INFECTION)


def _is_small(notes: Notes, place: int) -> bool:
    """Whether a token says nothing beside the infection and its time."""
    name = notes.covering("name", place)
    if name is not None and name.rule.category not in {"sign", "condition"}:
        return False
    if not notes.words[place].isalpha() or place in notes.whens or place in notes.numbers:
        return True
    return any(notes.covering(layer, place) for layer in _SMALL)


def _of_another(notes: Notes, term: Term) -> bool:
    """``married to a carrier``, ``living with a carrier``."""
    article = notes.ending("article", term.start)
    return article is not None and notes.ending("dealing_with", article.start) is not None
