"""Which span ("for eight months", "since 2019") says how long a result has held.

A span that lasts belongs to the result it follows with nothing but small words between, or to the one that it leads
("Since March my ALT is 96"). One that follows an illness, a drug or any other word belongs to that: nobody's ALT
counts as raised for ten years because they have been a carrier that long.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hepb.reading.drafts import Draft
from hepb.reading.lexicon import MarkerKind
from hepb.reading.notes import Notes, When

_LAYERS = ("filler", "link", "series", "comparator", "same_value", "for_span", "now", "steady", "unit", "since",
           "half_more")  # fmt: skip
_OF_RESULTS = frozenset({"marker", "sign", "flag", "reference", "shorthand"})
_INFECTION = ("long_infection", "recent_infection")


def since_when(notes: Notes, draft: Draft, drafts: Iterable[Draft], kinds: dict[str, MarkerKind]) -> date | None:
    """The day from which a result has held, None when the text gives none."""
    when = _following(notes, draft, drafts, kinds) or _leading(notes, draft)
    if when is None or not when.from_birth:
        return when.since if when else None
    age = next((f.value for f in notes.findings if f.kind == "age"), None)
    return date(notes.as_of.year - int(age), notes.as_of.month, min(notes.as_of.day, 28)) if age else None


def _following(notes: Notes, draft: Draft, drafts: Iterable[Draft], kinds: dict[str, MarkerKind]) -> When | None:
    end = notes.sentences[notes.sentence_of[draft.value_at]][1]
    begin = draft.start if draft.named else draft.value_at
    places = (place for place in range(begin, end) if place in notes.whens)
    when = next((notes.whens[place] for place in places if notes.whens[place].lasting), None)
    if when is None:
        return None
    others = [other for other in drafts if draft.value_at < other.start < when.start]
    again = (other for other in drafts if other.marker == draft.marker)
    if any(draft.value_at < other.value_at < when.start for other in again):  # "negative now, was positive for years"
        return None
    alike = all(kinds[other.marker].kind == kinds[draft.marker].kind for other in others)
    inside = {place for other in (draft, *others) for place in range(other.start, other.end)}
    plain = all(place in inside or _small(notes, place) for place in range(draft.end, when.start))
    return when if alike and plain else None


def _leading(notes: Notes, draft: Draft) -> When | None:
    """The span that opens the sentence right before the result."""
    start = notes.sentences[notes.sentence_of[draft.start]][0]
    when = next((notes.whens[place] for place in (start, start + 1) if place in notes.whens), None)
    if when is None or not (when.lasting and draft.named) or when.end > draft.start:
        return None
    opens = when.start == start or notes.covering("for_span", start) is not None
    return when if opens and all(_small(notes, place) for place in range(when.end, draft.start)) else None


def _small(notes: Notes, index: int) -> bool:
    """True for a word that tells of nothing but the result."""
    name = notes.covering("name", index)
    if name is not None:
        return name.rule.category in _OF_RESULTS
    if any(notes.covering(layer, index) for layer in _INFECTION):
        return False
    return index in notes.taken or index in notes.numbers or any(notes.covering(layer, index) for layer in _LAYERS)
