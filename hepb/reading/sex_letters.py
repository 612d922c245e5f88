"""A letter for the sex beside an age, parted from it by a space: "27 M", "52 f", "m 46"."""

from __future__ import annotations

from hepb.reading.notes import Notes, Number, Term
from hepb.reading.spans import ADULT

_BOUNDARY = frozenset({"", ",", ".", ";", "(", ")", "\n"})
_OLDEST = 99
_HEIGHT = 3  # metres: nobody is taller


def letter_ends(notes: Notes, number: Number, letter: Term) -> bool:
    """Whether a letter behind an age tells the sex: a capital, or small where both stand by themselves."""
    return _stands_alone(notes, letter) or _by_themselves(notes, number, letter)


def letter_leads(notes: Notes, letter: Term, number: Number) -> bool:
    """Whether a letter before an age tells the sex: "ALT 65 m 52 DNA 30000", "e neg m 46", "f 39"."""
    if not _is_adult(number) or notes.covering("age_subject", letter.start) or notes.covering("unit", number.last):
        return False
    ahead = next((one for one in notes.numbers.values() if one.end == letter.start), None)
    if ahead is not None:  # "1 m 65" is a height
        parted = ahead.low >= _HEIGHT and not notes.glued(letter.start)
    else:
        parted = notes.word(letter.start - 1)[:1] in _BOUNDARY or notes.covering("name", letter.start - 1) is not None
    return parted and _ends(notes, number.last)


def _ends(notes: Notes, place: int) -> bool:
    """Whether the next thing begins at a token."""
    return notes.word(place)[:1] in _BOUNDARY or any(
        notes.term(layer, place) is not None
        for layer in ("name", "period", "years_old", "new_item", "assertion", "behind_letter")
    )


def _is_adult(number: Number) -> bool:
    whole = number.high is None and number.low == int(number.low) and not number.comparator
    return whole and number.unit_kind is None and ADULT <= number.low <= _OLDEST


def _stands_alone(notes: Notes, letter: Term) -> bool:
    """A capital with a stop or a test's name behind it: "27 M, HBsAg positive"."""
    return notes.raw(letter.start, letter.end).isupper() and (
        notes.word(letter.end) in {"", ",", ".", ";", ")"} or notes.term("name", letter.end) is not None
    )


def _by_themselves(notes: Notes, number: Number, letter: Term) -> bool:
    """An adult's age and a small letter that stand by themselves: "26 f, HBsAg positive", "ALT 60, 50 f"."""
    subject = notes.ending("age_subject", number.first)
    before = subject is not None or notes.word(number.first - 1)[:1] in _BOUNDARY
    return before and _is_adult(number) and _ends(notes, letter.end)
