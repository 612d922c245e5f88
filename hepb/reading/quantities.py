"""Reading one number: its mantissa, grouping, power of ten, scale word, or number words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from hepb.reading.characters import plain_digits
from hepb.reading.notes import Notes, Term
from hepb.reading.tokens import number_text
from hepb.thousands import as_thousands

_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[,']\d{2,3})*[,']\d{3}(?:\.\d+)?")
_DOT_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_EXPONENT = re.compile(r"(.+)[eE]([+-]?\d{1,3})")
_LOST = re.compile(r"10([1-9])")  # 10^6 that lost its superscript reads 106
_MAX_EXPONENT = 99  # far more than a laboratory prints: a slip is read as it stands, and doubted
_MAX_DIGITS = 40
_GROUP = 3
_PAIR = 2
_TEN = "10"
_GROUPS = range(3, 6)  # groups of three digits that are one number
_LONGEST_WORDS = 8
_HUNDRED = 100
_TENS = 20  # from here a second number word may follow: "twenty five"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that ends before token ``end``; ``doubt`` as in findings.

    ``thousands``: what it is where its point parts thousands ("25.000"); None where the point can only be a decimal's.
    """

    value: float
    end: int
    doubt: str | None = None
    thousands: float | None = None


def plain_number(text: str) -> float | None:
    """A printed number without exponent: ``2.3``, ``1,200,000``, ``1,00,000``, ``1.200.000``, ``8,1``."""
    if len(text) > _MAX_DIGITS:
        return None
    if _PLAIN.fullmatch(text):
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(re.sub("[,']", "", text))
    if _DOT_GROUPED.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(text) else None


def shifted(value: float, exponent: int) -> float:
    """The number with its decimal point moved, without the rounding of a float product."""
    return float(Decimal(repr(value)).scaleb(exponent))


def small_number(notes: Notes, index: int) -> float | None:
    """A count before a unit of time: a number, a number word, or "a"."""
    word = notes.word(index)
    if word and number_text(word):
        return plain_number(word)
    term = notes.term("number_word", index) or notes.term("article_one", index)
    return float(term.rule.value) if term else None


def read_quantity(notes: Notes, index: int) -> Quantity | None:
    """The number that starts at a token, with everything that multiplies it; None when none starts there."""
    word = notes.word(index)
    if not (word and number_text(word)):
        power = _power(notes, index + 1) if _is_ten(notes, index) else None
        return Quantity(10.0**power.value, power.end, power.doubt) if power else _in_words(notes, index)
    whole = _EXPONENT.fullmatch(word)
    if whole:
        return _with_exponent(index, whole[1], int(whole[2]))
    power = _power(notes, index + 1) if word == _TEN else None
    if power:
        return Quantity(10.0**power.value, power.end, power.doubt)
    value, end = _spaced_groups(notes, index)
    if value is None:
        return None
    quantity = _multiplied(notes, value, end)
    return replace(quantity, thousands=as_thousands(word)) if quantity == Quantity(value, index + 1) else quantity


_LETTERS_LIKE_DIGITS = re.compile(r"[oli]+")


def _multiplied(notes: Notes, value: float, end: int) -> Quantity:
    if notes.glued(end) and _LETTERS_LIKE_DIGITS.fullmatch(notes.word(end)):  # "5o" is 50 with a letter in it
        return Quantity(value, end, "unclear_number")
    unit = notes.term("unit", end)
    if unit is not None and unit.rule.kind == "count" and unit.end > end + 2:  # 180 x10^9/L: the power is the unit's
        return Quantity(value, end)
    return _times_ten(notes, value, end) or _letter_e(notes, value, end) or _scaled(notes, value, end)


def _with_exponent(index: int, mantissa: str, exponent: int) -> Quantity | None:
    value = plain_number(mantissa)
    if value is None or abs(exponent) > _MAX_EXPONENT:
        return None
    if mantissa == "10":  # people write 10e4 for 10^4
        return Quantity(10.0**exponent, index + 1, "exponent_notation")
    return Quantity(shifted(value, exponent), index + 1)


def _spaced_groups(notes: Notes, index: int) -> tuple[float | None, int]:
    """``2 300 000``: groups of three digits after one to three."""
    words, end = [notes.words[index]], index + 1
    while words[0].isdecimal() and len(words[0]) <= _GROUP and re.fullmatch(r"\d{3}", notes.word(end)):
        if end in notes.columns:
            break
        words.append(notes.words[end])
        end += 1
    if len(words) in _GROUPS or (len(words) == _PAIR and _measures_virus(notes, end)):
        return float("".join(words)), end
    return plain_number(notes.words[index]), index + 1


def _measures_virus(notes: Notes, end: int) -> bool:
    """Two groups of digits are one number before a unit of the viral load: "12 500 IU/mL"."""
    unit = notes.term("unit", end)
    return unit is not None and unit.rule.kind in {"iu", "copies"}


def _times_ten(notes: Notes, value: float, end: int) -> Quantity | None:
    """``x 10^4``, ``*10**4``, ``× 10⁸``, ``x 10 to the power of 5``, ``x 10e4``, ``x10 E4``, ``*106``, `` 10^4``."""
    times = notes.term("times", end)
    place = times.end if times else end
    ten = notes.word(place)
    if times and ten.startswith("10e") and ten[3:].lstrip("+").isdecimal():
        exponent = int(ten[3:])
        return _scientific(value, exponent, place + 1, "exponent_notation")
    if _is_ten(notes, place):
        power = _power(notes, place + 1)
        if power:
            return _scientific(value, int(power.value), power.end, power.doubt)
    lost = _LOST.fullmatch(ten) if times else None
    if lost:
        return _scientific(value, int(lost[1]), place + 1, "lost_superscript")
    if times and ten == "10" and re.fullmatch(r"[1-9]", notes.word(place + 1)) and not notes.glued(place + 1):
        return _scientific(value, int(notes.words[place + 1]), place + 2, "lost_superscript")
    if times and (
        notes.word(place)[:1].isdecimal() or notes.term("number_word", place)
    ):  # something multiplies it that we do not understand
        return Quantity(value, end, "unclear_number")
    return None


def _letter_e(notes: Notes, value: float, end: int) -> Quantity | None:
    """``2.3 E5``."""
    letter = notes.term("power", end)
    digits = notes.word(end + 1)
    if letter is None or not letter.rule.doubt or not digits.isdecimal() or not notes.glued(end + 1):
        return None
    return _scientific(value, int(digits[:_GROUP]), end + 2, None)


def _scientific(value: float, exponent: int, end: int, doubt: str | None) -> Quantity | None:
    return Quantity(shifted(value, exponent), end, doubt) if abs(exponent) <= _MAX_EXPONENT else None


def _is_ten(notes: Notes, place: int) -> bool:
    word = notes.term("number_word", place)
    return notes.word(place) == _TEN or (word is not None and str(word.rule.value) == _TEN)


def _power(notes: Notes, place: int) -> Quantity | None:
    """What stands after a 10 to make it a power."""
    raised = plain_digits(notes.word(place))
    if raised != notes.word(place) and raised.lstrip("+-").isdecimal() and len(raised) <= _GROUP:
        return Quantity(float(raised), place + 1)
    sign = notes.term("power", place)
    bare = sign is None and notes.word(place) == "(" and notes.glued(place) and notes.word(place + 2) == ")"
    if sign is None and not bare:
        return None
    place = sign.end if sign else place
    bracket = notes.word(place) in {"(", "{", "["}
    place += bracket
    negative = notes.word(place) == "-"
    place += negative or notes.word(place) == "+"
    spelled = notes.term("number_word", place)
    digits = str(spelled.rule.value) if spelled else notes.word(place)
    if not digits.isdecimal() or int(digits[:4]) > _MAX_EXPONENT:
        return None
    place += 1 + bracket
    while notes.covering("ordinal", place):
        place += 1
    return Quantity(
        float(-int(digits) if negative else int(digits)), place, sign.rule.doubt if sign else "exponent_notation"
    )


def _scaled(notes: Notes, value: float, end: int) -> Quantity:
    scale = notes.term("scale", end)
    if scale is None or (scale.rule.upper and not _is_million(notes, value, end)):
        return Quantity(value, end)
    if scale.rule.kind == "letter" and not notes.glued(end):
        return Quantity(value, end)
    if notes.term("unit", end) and notes.term("unit", end).end > scale.end:  # K/uL
        return Quantity(value, end)
    doubt = "unclear_number" if scale.rule.upper and value == int(value) and _of_viral_load(notes, end - 1) else None
    more = _scaled_rest(notes, scale)
    total = float(Decimal(repr(value)) * scale.rule.value) + (more.value if more else 0)
    return Quantity(total, more.end if more else scale.end, doubt)


def _scaled_rest(notes: Notes, scale: Term) -> Quantity | None:
    """The "50 thousand" of "9 lakh 50 thousand"."""
    smaller = notes.term("scale", scale.end + 1)
    rest = plain_number(notes.word(scale.end)) if smaller is not None else None
    if smaller is None or rest is None or smaller.rule.value >= scale.rule.value:
        return None
    return Quantity(rest * smaller.rule.value, smaller.end)


def _is_million(notes: Notes, value: float, end: int) -> bool:
    """A glued capital M is a million where it cannot be a man's age."""
    return notes.glued(end) and (
        value != int(value) or notes.term("unit", end + 1) is not None or _of_viral_load(notes, end - 1)
    )


def _of_viral_load(notes: Notes, index: int) -> bool:
    """True when the number is the viral load's and has no unit: then M is a million, or the sex of a patient."""
    name = notes.ending("name", index) or notes.ending("name", index - 1)
    return name is not None and name.rule.value == "HBV_DNA" and notes.term("unit", index + 2) is None


def _in_words(notes: Notes, index: int) -> Quantity | None:
    """``two million``, ``half a million``, ``twenty five thousand``, ``a hundred``."""
    total = current = 0.0
    place, seen = index, False
    while place < len(notes) and place < index + _LONGEST_WORDS:
        term = notes.term("number_word", place)
        scale = notes.term("scale", place) if seen or notes.term("article_one", index) else None
        if term is not None:
            value = float(term.rule.value)
            current = (current or 1) * value if value == _HUNDRED else current + value
            place, seen = term.end, True
        elif scale is not None and scale.rule.kind != "letter":
            total, current = total + (current or 1) * scale.rule.value, 0.0
            place, seen = scale.end, True
        elif not (_begins(notes, index, place) or (seen and current >= _TENS and _joins_words(notes, place))):
            break
        else:
            place += 1
    if not seen or (place == index + 1 and total + current == 1 and not _counts(notes, place)):
        return None
    return Quantity(total + current, place)


def _counts(notes: Notes, place: int) -> bool:
    """Whether a "one" before that token is a number, not a pronoun or an article ("the first one", "one test")."""
    return notes.term("unit", place) is not None or notes.term("period", place) is not None


def _begins(notes: Notes, index: int, place: int) -> bool:
    return place == index and notes.term("article_one", place) is not None


def _joins_words(notes: Notes, place: int) -> bool:
    """The hyphen of "twenty-five"."""
    return notes.covering("range_and", place) is not None and notes.term("number_word", place + 1) is not None
