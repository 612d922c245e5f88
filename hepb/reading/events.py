"""Which dates belong to an event that is told ("I stopped entecavir two years ago") and so to no result beside it."""

from __future__ import annotations

from hepb.reading.notes import Notes, When

_EVENTS = ("event", "died", "birth_event", "exposure", "ended")
_TREATMENTS = frozenset({"drug", "immunosuppressant", "transplant"})
_STOPS = frozenset({",", ";", "(", ")"})


def tells_event(notes: Notes, start: int, end: int) -> bool:
    """Whether an event, a treatment or a relative is spoken of between two tokens."""
    return any(_is_event(notes, place) for place in range(start, end))


def is_of_event(notes: Notes, when: When, value: int) -> bool:
    """Whether a date in the sentence of a result belongs to what happened then, and not to the result.

    It does where an event is told in its own part of the sentence, and the result stands in another one. What is told
    of that time ("I was diagnosed in 2010, my ALT was 90") keeps the date; what came after an event does not.
    """
    first, last, tells = _told(notes, when)
    if first <= value < last:
        return any(notes.covering("event", place) for place in range(value, when.start)) or (
            value > when.start and notes.covering("later", first) is not None and tells_event(notes, first, value)
        )
    if not tells:
        return False
    if notes.persons[when.start] != notes.persons[value] or value < when.start:
        return True
    return not any(notes.covering("tense_past", place) for place in range(last, value))


def _told(notes: Notes, when: When) -> tuple[int, int, bool]:
    """The part of its sentence that a date stands in, and whether an event is told there."""
    if when.start not in notes.told:
        start, end = notes.sentences[notes.sentence_of[when.start]]
        first = next((place + 1 for place in range(when.start - 1, start - 1, -1) if _parts(notes, place)), start)
        last = next((place for place in range(when.end, end) if _parts(notes, place)), end)
        notes.told[when.start] = first, last, tells_event(notes, first, last)
    return notes.told[when.start]


def _is_event(notes: Notes, index: int) -> bool:
    if any(notes.term(layer, index) for layer in _EVENTS):
        return True
    name = notes.term("name", index)
    return name is not None and (name.rule.category == "relation" or name.rule.kind in _TREATMENTS)


def _parts(notes: Notes, index: int) -> bool:
    return index not in notes.taken and (
        notes.words[index] in _STOPS or notes.covering("new_item", index) is not None
        or notes.covering("terminator", index) is not None
    )  # fmt: skip
