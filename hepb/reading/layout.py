"""How names and values stand to each other on the line: pure questions about the tokens between them."""

from __future__ import annotations

from hepb.reading.drafts import SEROLOGY, Draft
from hepb.reading.notes import Notes, Number, Term

_ENDS = frozenset({",", ".", ";", ")", "]", "", "\n", "|", "!", "?", "/"})
_CLOSE = 2  # tokens between a name and the dash that is its sign
_LIMIT_SIGNS = frozenset({"<", ">", "≤", "≥"})
_OPENING = frozenset({"(", "[", '"', "'"})
_TIMES = ("past", "now", "since", "follows", "terminator", "before_period", "before_treatment", "change_to")
_BEFORE_LABEL = frozenset({":", "="})


def gap_is(notes: Notes, start: int, end: int, layers: tuple[str, ...], longest: int) -> bool:
    """True when nothing but words of these layers (and dates) stands between two tokens, and not many."""
    if end - start > longest:
        return False
    return all(
        index in notes.taken or any(notes.covering(layer, index) for layer in layers) for index in range(start, end)
    )


def blank(notes: Notes, start: int, end: int) -> bool:
    """True when nothing but spaces stands between two tokens."""
    return all(not word.strip(" ") for word in notes.words[start:end])


def closes_sentence(notes: Notes, index: int) -> bool:
    """True at the last token of a sentence, and at a semicolon."""
    if notes.words[index] == ";":
        return not _slip_for_colon(notes, index)
    start, end = notes.sentences[notes.sentence_of[index]]
    return index == end - 1 and notes.words[index][0] in ".!?\n" and start <= index


def _slip_for_colon(notes: Notes, index: int) -> bool:
    """A semicolon in the place of a colon: "alt;45"."""
    name = notes.ending("name", index)
    is_test = name is not None and name.rule.category in {"marker", "other_test"}
    return is_test and notes.glued(index) and notes.glued(index + 1)


def joins_names(notes: Notes, start: int, end: int) -> bool:
    """True when only what joins a list ("and", a comma, a slash, a bracket) stands between two names."""
    return gap_is(notes, start, end, ("range_and", "link", "same_value"), 3)


def tells_time(notes: Notes, start: int, end: int) -> bool:
    """True when a date or a word of another time ("before that", "now", "then") stands between two tokens."""
    return any(
        place in notes.whens or any(notes.covering(layer, place) for layer in _TIMES) for place in range(start, end)
    )


def opens_label(notes: Notes, index: int) -> bool:
    """True at an unknown word that a colon makes a label of its own."""
    word = notes.words[index]
    return (
        word.isalpha()
        and len(word) > 1
        and notes.word(index + 1) in _BEFORE_LABEL
        and not notes.covering("filler", index)
    )


def is_minus_sign(notes: Notes, index: int, name: Term) -> bool:
    """True when the dash after a name is its result ("HBeAg - , HBsAg +"), not a separator before it."""
    if notes.term("range_to", index) is None or index - name.end > _CLOSE:
        return False
    place = index + 1
    while notes.word(place) in _OPENING or (notes.word(place) and notes.word(place)[0] == "\n"):
        place += 1
    follower = notes.term("name", place)
    if place in notes.numbers or notes.term("comparator", place):
        return False
    if follower is not None:
        return follower.rule.category in {"marker", "other_test"} and follower.rule.value != name.rule.value
    after = notes.word(index + 1)
    return after[:1] in _ENDS or notes.covering("after_minus", index + 1) is not None


def is_reference(notes: Notes, value: Number, number: Number) -> bool:
    """True when a number after a value is the laboratory's limit: a range, or a bracketed or bare comparator."""
    if number.unit_kind == "log" or notes.ending("change_from", number.start):
        return False
    between = range(value.end, number.start)
    plain = all(
        notes.covering("link", place) or notes.covering("unit", place) or notes.covering("name", place)
        for place in between
    )
    if not plain or any(notes.words[place] == "," and not notes.glued(place + 1) for place in between):
        return False
    bracket = notes.word(number.start - 1) in _OPENING
    if number.high is not None:
        return value.high is None or bracket
    if bracket and number.comparator in {"<", "<="} and notes.word(number.end) in {")", "]"}:  # "[Up to 40]"
        return True
    return (
        number.comparator in {"<", "<=", ">", ">="}
        and (bracket or number.start - value.end <= 1)
        and notes.word(number.start - 1) not in {"-", "/"}
        and notes.words[number.start] in _LIMIT_SIGNS
    )


def limit_of(number: Number, kind: str) -> float | None:
    """The upper limit that a reference names for a test of that kind.

    None for serology where it starts over 0 ("anti-HBs 150, 10-1000"): that is the range of protection, no limit.
    """
    if number.high is None:
        return number.low
    return None if kind in SEROLOGY and number.low > 0 else number.high


def restates(notes: Notes, previous: Draft, number: Number) -> bool:
    """True when a second number says the same value again: in another unit, or roughly in words."""
    value = previous.number
    if value is None or not gap_is(notes, value.end, number.start, ("same_value", "link", "unit"), 3):
        return False
    if (value.end == number.start and number.unit_kind != "log") or tells_time(notes, value.end, number.start):
        return False
    other_unit = number.unit_kind is not None and number.unit != value.unit
    other_unit = other_unit or (value.unit_kind == "log" and number.in_brackets)
    rough = number.comparator is not None and value.comparator is None and notes.words[value.end] in {"-", "(", "="}
    return other_unit or rough
