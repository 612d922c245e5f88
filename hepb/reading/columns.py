"""Tables whose head is a line of dates: each number or sign of a line below was measured on the date above it."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.reading.notes import Notes, When
from hepb.reading.tokens import number_text

_LEAST = 2  # dates that make a head


def fill_columns(notes: Notes) -> None:
    """Fill ``Notes.columns``: the date of each value that stands in such a table, by the value's first token."""
    head: list[When] = []
    for start, end in _lines(notes):
        dates = [notes.whens[place] for place in range(start, end) if place in notes.whens]
        if dates:
            head = dates if len(dates) >= _LEAST and not _values(notes, start, end) else []
            continue
        values = _values(notes, start, end)
        if head and len(values) == len(head) and _begins_with_test(notes, start, end):
            notes.columns |= dict(zip(values, head, strict=True))


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
