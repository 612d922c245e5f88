"""Tables in columns: a value has the date or the test that stands above it in the line at the head."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.reading.notes import Notes, Term, When
from hepb.reading.tokens import number_text

_LEAST = 2  # columns that make a table
_RULERS = frozenset("|-=:+ ")


def fill_columns(notes: Notes) -> None:
    """Fill ``Notes.columns`` and ``Notes.column_tests``, both by the first token of a value."""
    dates: list[When] = []
    tests: list[Term] = []
    for start, end in _lines(notes):
        if all(word[0] in _RULERS for word in notes.words[start:end]) and start < end:
            continue
        whens = [notes.whens[place] for place in range(start, end) if place in notes.whens]
        names = [term for place in range(start, end) if (term := notes.term("name", place)) and _is_test(term)]
        values = _values(notes, start, end)
        if not values:
            dates = whens if len(whens) >= _LEAST and not names else []
            tests = names if len(names) >= _LEAST and not whens else []
        elif not whens and len(names) == 1 and len(values) == len(dates) and _begins_with_test(notes, start, end):
            notes.columns |= dict(zip(values, dates, strict=True))
        elif whens and not names and len(values) == len(tests):
            notes.column_tests |= dict(zip(values, tests, strict=True))


def _is_test(term: Term) -> bool:
    return term.rule.category in {"marker", "other_test"}


def _lines(notes: Notes) -> Iterator[tuple[int, int]]:
    start = 0
    for place, word in enumerate([*notes.words, "\n"]):
        if word[0] == "\n":
            yield start, place
            start = place + 1


def _values(notes: Notes, start: int, end: int) -> list[int]:
    """The first tokens of the numbers and signs of a line, dates and numbers inside of names left out."""
    places = []
    for place in range(start, end):
        name = notes.covering("name", place)
        is_sign = name is not None and name.rule.category == "sign" and name.start == place
        is_number = number_text(notes.words[place]) and name is None and notes.covering("unit", place) is None
        if (is_sign or is_number) and place not in notes.taken:
            places.append(place)
    return places


def _begins_with_test(notes: Notes, start: int, end: int) -> bool:
    place = next((place for place in range(start, end) if notes.words[place].strip(" |")), end)
    name = notes.term("name", place)
    return name is not None and name.rule.category == "marker"
