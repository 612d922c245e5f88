"""A "yes" or "no" right behind a name, as forms and lists of answers have it: "HBsAg: yes, diabetes no"."""

from __future__ import annotations

from hepb.reading.notes import Notes, Term

_LABEL = frozenset({":", "-", "=", "?"})
_BOUNDARY = frozenset({"", ",", ".", ";", "\n", ")", "|", "!"})
_ENDS = ("new_item", "terminator")


def answer_behind(notes: Notes, end: int) -> Term | None:
    """The answer to the name that ends before the token ``end``; None where it belongs to what is behind it.

    ("cirrhosis no, diabetes yes", but "cirrhosis no diabetes" and "HBsAg no idea").
    """
    place = end + (notes.word(end) in _LABEL)
    answer = notes.term("answer", place)
    if answer is None:
        return None
    closed = notes.word(answer.end)[:1] in _BOUNDARY or any(notes.term(layer, answer.end) for layer in _ENDS)
    name = notes.term("name", answer.end)
    return answer if closed or (name is not None and answer_behind(notes, name.end) is not None) else None


def is_answer(notes: Notes, index: int) -> bool:
    """Whether a word is the answer to the name before it and denies nothing behind it."""
    answer = notes.covering("answer", index)
    if answer is None:
        return False
    name = notes.covering("name", answer.start - 1 - (notes.word(answer.start - 1) in _LABEL))
    return name is not None and answer_behind(notes, name.end) is answer
