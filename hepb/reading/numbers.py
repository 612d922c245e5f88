"""Pipeline component: numbers with comparator and unit, and ranges."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from hepb.reading.notes import Notes, Number, Term
from hepb.reading.quantities import Quantity, plain_number, read_quantity
from hepb.reading.tokens import number_text

_DENIED = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_OPEN = {"(": ")", "[": "]"}


class Numbers:
    """Fills ``Notes.numbers`` by the token of the first digit; skips what a date has taken."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find the numbers of one document."""
        notes: Notes = doc._.notes
        index, item = 0, 1
        while index < len(notes):
            number = _number(notes, index)
            if number is not None and _numbers_a_list(notes, number, item):
                item, index = item + 1, number.last
                continue
            if number is None:
                if _is_unreadable(notes, index):
                    notes.unreadable.add(index)
                index += 1
                continue
            notes.numbers[number.first] = number
            index = max(number.last, index + 1)
        return doc


def _number(notes: Notes, index: int) -> Number | None:
    if index in notes.taken or notes.covering("unit", index) or _part_of_a_name(notes, index):
        return None
    if _counts_tests(notes, index):
        return None
    log = _log_before(notes, index)
    quantity = read_quantity(notes, index)
    if quantity is None or not notes.free(index, quantity.end):
        return None
    second, end = _range(notes, index, quantity)
    quantity = _scaled_like(notes, quantity, second)
    number = Number(
        index, end, index, end, quantity.value, second.value if second else None,
        doubt=quantity.doubt, thousands=_thousands(quantity, second),
    )  # fmt: skip
    number = _of_limit(notes, number) or _with_unit(notes, _with_comparator(notes, number))
    if log and (number.unit_kind in {None, "log", "iu", "copies"}):
        number = _as_log(number)
    glued_minus = notes.word(index - 1) == "-" and notes.glued(index)
    return replace(
        number, glued_minus=glued_minus, in_brackets=_bracketed(notes, number), paired=_paired(notes, number)
    )


def _is_unreadable(notes: Notes, index: int) -> bool:
    """A number that stands for itself, but that we cannot read ("10.0.0"): no other may take its place."""
    if not number_text(notes.words[index]) or index in notes.taken:
        return False
    return notes.covering("unit", index) is None and not _part_of_a_name(notes, index)


def _of_limit(notes: Notes, number: Number) -> Number | None:
    """``3 x ULN``, ``three times the normal``: how often the limit, so no value of any test."""
    place = number.last + (notes.word(number.last) == "-")
    term = notes.term("multiple", place)
    if term is None:
        return None
    if term.rule.kind == "bare" and any(notes.word(at)[:1].isdecimal() for at in (term.end, term.end + 1)):
        return None  # "60 ULN 40": the limit itself follows
    return replace(_with_comparator(notes, number), end=term.end, unit=notes.raw(place, term.end), unit_kind="foreign")


def _numbers_a_list(notes: Notes, number: Number, item: int) -> bool:
    """The next number of a list, before a name: "1. HBsAg positive 2. HBeAg negative"."""
    if number.low != item or number.end > number.last or notes.word(number.last) not in {".", ")"}:
        return False
    first = item > 1 or number.first == 0 or notes.word(number.first - 1) in {"\n", ":", ",", "."}
    return first and notes.term("name", number.last + 1) is not None


def _part_of_a_name(notes: Notes, index: int) -> bool:
    """``B12``, ``T3``, ``HIV 1``: digits that belong to a name or are glued to letters that are no name."""
    name = notes.covering("name", index)
    if name is not None and name.rule.category not in {"sign", "flag"}:
        return True
    if not number_text(notes.words[index]) or not notes.glued(index) or not notes.words[index - 1].isalpha():
        return False
    before = index - 1
    return not any(
        notes.covering(layer, before)
        for layer in ("name", "unit", "times", "comparator", "filler", "age_word", "sex_letter")
    )


def _counts_tests(notes: Notes, index: int) -> bool:
    """``Test 2 (June): ALT 80``: which test it is, not its value."""
    word, test = notes.words[index], notes.ending("test_word", index)
    if test is None or len(word) > 1 or not word.isdecimal() or notes.word(index + 1) not in {"(", ":"}:
        return False
    return notes.ending("name", test.start) is None


def _log_before(notes: Notes, index: int) -> bool:
    unit = notes.ending("unit", index)
    return unit is not None and unit.rule.kind == "log"


def _as_log(number: Number) -> Number:
    unit = number.unit if number.unit_kind == "log" else f"log10 {number.unit}" if number.unit else "log10"
    return replace(number, unit=unit, unit_kind="log")


# --- ranges


def _thousands(first: Quantity, second: Quantity | None) -> tuple[float, float | None] | None:
    """A number or range whose points may part thousands: "20.000-50.000"."""
    if first.thousands is None or (second is not None and second.thousands is None):
        return None
    return first.thousands, second.thousands if second else None


def _range(notes: Notes, index: int, quantity: Quantity) -> tuple[Quantity | None, int]:
    """The upper end of ``40-50``, ``40 to 50``, ``between 40 and 50``, and where the whole ends."""
    between = notes.ending("range_between", index)
    middle = quantity.end
    unit = notes.term("unit", middle)
    if unit and notes.term("range_to", unit.end):
        middle = unit.end
    joint = _joint(notes, middle, between=between is not None)
    if joint is None:
        return None, quantity.end
    second = read_quantity(notes, joint.end)
    if second is None or not notes.free(index, second.end) or not quantity.value < second.value:
        return None, quantity.end
    if not between and (notes.ending("change_from", index) or notes.term("range_to", second.end)):
        return None, quantity.end
    return second, second.end


def _joint(notes: Notes, place: int, *, between: bool) -> Term | None:
    return notes.term("range_and" if between else "range_to", place) or notes.term("range_to", place)


def _scaled_like(notes: Notes, first: Quantity, second: Quantity | None) -> Quantity:
    """``2-3 million``, ``2 to 3 x 10^6``: what multiplies the second number multiplies the first too."""
    place = next((at for at in range(first.end, second.end) if number_text(notes.words[at])), 0) if second else 0
    bare = plain_number(notes.word(place)) if place else None
    if second is None or bare is None or not 0 < first.value < bare < second.value:
        return first
    return replace(first, value=first.value * (second.value / bare))


# --- comparators


def _with_comparator(notes: Notes, number: Number) -> Number:
    if number.high is not None:
        between = notes.ending("range_between", number.first)
        return replace(number, comparator="range", start=between.start if between else number.first)
    symbol, start = None, number.first
    term = None if notes.covering("change_to", start - 1) else notes.ending("comparator", start)
    while term is not None:  # "nearly over", "about <"
        symbol = term.rule.value if symbol in {None, "~"} else symbol
        start = term.start
        term = notes.ending("comparator", start)
    after = notes.term("comparator_after", number.last)
    if after is not None and after.rule.kind == "letter" and not notes.glued(number.last):
        after = None
    if symbol is None and after is not None and not (after.rule.value == ">" and not _plus(notes, number.last)):
        return replace(number, comparator=after.rule.value, end=after.end)
    if symbol is not None and notes.ending("negation", start):  # "never above 40"
        symbol = _DENIED.get(symbol, symbol)
    return replace(number, comparator=symbol, start=start)


def _plus(notes: Notes, index: int) -> bool:
    """A plus sign glued to a number is "or more" unless it is the beginning of "+ve"."""
    sign = notes.term("name", index)
    return notes.word(index) != "+" or (notes.glued(index) and (sign is None or sign.end == index + 1))


# --- units


def _with_unit(notes: Notes, number: Number) -> Number:
    if number.comparator is not None and number.end > number.last:
        return _unit_at(notes, number, number.end)
    return _unit_at(notes, number, number.last)


def _unit_at(notes: Notes, number: Number, place: int) -> Number:
    habit = notes.term("name", place)
    if habit is not None and habit.rule.kind == "habit":  # "6 beers a day"
        return replace(number, unit_kind="foreign")
    if notes.word(place)[:1] == "\n" and (_unit_alone(notes, place + 1) or notes.word(place + 2) == ":"):
        place += notes.term("unit", place + 1) is not None
    while notes.word(place) == "|" or notes.word(place).isspace():
        if notes.word(place)[0] == "\n":
            break
        place += 1
    if (
        notes.word(place) in {",", ";"} and notes.glued(place) and notes.glued(place + 1)
    ):  # a table with commas: "64,U/L"
        place += 1
    bracket = notes.word(place) in _OPEN
    term = notes.term("unit", place) or (notes.term("unit", place + 1) if bracket else None)
    if term is not None and notes.word(term.end) == ":" and notes.term("unit", term.end + 1):  # "Unit: U/L"
        term = notes.term("unit", term.end + 1)
    if term is not None and not _false_unit(notes, term):
        end = term.end + (bracket and term.start == place + 1)
        return replace(number, unit=term.rule.value, unit_kind=term.rule.kind, end=end)
    return _odd_unit(notes, number, place)


def _unit_alone(notes: Notes, place: int) -> bool:
    """A unit that has a line to itself, as tables are pasted."""
    term = notes.term("unit", place)
    return term is not None and notes.word(term.end)[:1] in {"", "\n"}


def _false_unit(notes: Notes, term: Term) -> bool:
    """A unit's letters that are in truth a name ("5 IU ALT" is fine, "45 u" before "are" is not)."""
    name = notes.covering("name", term.start)
    return name is not None and name.end > term.end


def _odd_unit(notes: Notes, number: Number, place: int) -> Number:
    """Any word over a volume is a unit, kept as it was written: ``count/mL``."""
    if notes.word(place).isalpha() and notes.word(place + 1) == "/" and notes.term("volume", place + 2):
        unit = notes.raw(place, place + 3).replace(" ", "")
        return replace(number, unit=unit, unit_kind="odd", end=place + 3)
    return number


def _paired(notes: Notes, number: Number) -> bool:
    return _slash(notes, number.first - 1) or (number.last == number.end and _slash(notes, number.last))


def _slash(notes: Notes, index: int) -> bool:
    """A slash (or a colon without a space) between two numbers."""
    between = notes.word(index) == "/" or (notes.word(index) == ":" and notes.glued(index) and notes.glued(index + 1))
    return between and notes.word(index - 1)[:1].isdecimal() and notes.word(index + 1)[:1].isdecimal()


def _bracketed(notes: Notes, number: Number) -> bool:
    before = notes.word(number.start - 1)
    return before in _OPEN and notes.word(number.end) == _OPEN[before]
