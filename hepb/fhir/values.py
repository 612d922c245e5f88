"""The value of an Observation or component: number and unit, word, or what a laboratory printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hepb.assays import assays
from hepb.errors import RecordError
from hepb.fhir.codes import TestCode, codes
from hepb.fhir.elements import Element, short
from hepb.fhir.notes import LeftOutError, Note
from hepb.printed_result import SEROLOGY, read_printed

_LONGEST_UNIT = 40
_COMPARATORS = frozenset({"<", "<=", ">=", ">"})
_WITH_UNIT = re.compile(r"(?P<number>.*?[\d.](?:\s*[eE][+-]?\d+)?)\s*(?P<unit>[^\d\s.,<>=~].*)?")
"""A printed number and what stands behind it."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a result, in the words of a record; ``in_doubt`` names a note on it."""

    value: float | str | tuple[float, float] | None = None
    unit: str | None = None
    comparator: str | None = None
    interpretation: str | None = None
    in_doubt: str = ""


def value_of(item: Element, test: TestCode) -> Value:
    """The value of ``item``. Raises :class:`LeftOutError` where it cannot be used, FhirError where a type is wrong."""
    keys = sorted(key for key in item.data if key.startswith("value") and item.has(key))
    if len(keys) > 1 or (keys and item.has("dataAbsentReason")):
        raise _left_out("several_values", item, ", ".join(keys))
    if not keys:
        return Value()
    key = keys[0]
    if test.virus and key not in {"valueCodeableConcept", "valueString"}:
        return Value()  # only words tell of another virus
    if key == "valueString":
        return _printed(item.text(key) or "", test, f"{item.place}.{key}")
    if key == "valueInteger":
        return _fitting(Value(item.number(key)), test, item)
    reader = _READERS.get(key)
    part = item.element(key) if reader else None
    if reader is None or part is None:
        raise _left_out("value_kind", item, key)
    return reader(part, test)


def unit_of(quantity: Element, test: TestCode) -> str | None:
    """How a record writes the unit of a Quantity, None when there is none. Raises :class:`LeftOutError`."""
    text, code = quantity.text("unit"), quantity.text("code")
    if code is None or quantity.text("system") != codes().ucum:
        return _known(text, test, quantity) if text else None
    coded = codes().units.get(code, code)
    if coded == "1" and text and test.marker != "INR":  # dimensionless: only the text tells which index it is
        return _known(text, test, quantity)
    if coded.startswith("M"):  # UCUM minds the case: a million, where printed units mean the thousandth part
        raise _left_out("unit_unknown", quantity, code, test.marker or "")
    unit = _known(coded, test, quantity)
    if text and not _is_same(test, coded, text):
        raise _left_out("unit_disagrees", quantity, f"{text}, {code}")
    return unit


def _quantity(quantity: Element, test: TestCode) -> Value:
    number, comparator = quantity.number("value"), quantity.text("comparator")
    if comparator is not None and comparator not in _COMPARATORS:
        raise _left_out("comparator_unknown", quantity, comparator)
    if number is None:
        raise _left_out("no_value", quantity)
    return _fitting(Value(number, unit_of(quantity, test), comparator), test, quantity)


def _range(limits: Element, test: TestCode) -> Value:
    low, high = limits.element("low"), limits.element("high")
    if low is None or high is None or not (low.has("value") and high.has("value")):
        raise _left_out("value_kind", limits, "a range without both ends")
    units = {unit_of(low, test), unit_of(high, test)}
    if len(units) > 1:
        raise _left_out("unit_disagrees", limits, ", ".join(sorted(map(str, units))))
    value = Value((low.number("value") or 0, high.number("value") or 0), units.pop(), "range")
    return _fitting(value, test, limits)


def _answer(concept: Element, test: TestCode) -> Value:
    codings = concept.elements("coding")
    known = {codes().answers.get((coding.text("system") or "", coding.text("code") or "")) for coding in codings}
    meanings = known - {None}
    if len(meanings) > 1:
        raise _left_out("answers_disagree", concept)
    if meanings:
        return Value(interpretation=meanings.pop())
    texts = [concept.text("text"), *(coding.text("display") for coding in codings)]
    words = {assays().printed.get(text.strip().lower()) for text in texts if text}
    if len(words) != 1 or None in words:
        named = next((text for text in texts if text), None) or next((c.text("code") or "" for c in codings), "")
        raise _left_out("answer_unknown", concept, named, test.marker or "")
    return Value(interpretation=words.pop())


def _printed(text: str, test: TestCode, place: str) -> Value:
    """A word or a number as a laboratory prints it, with a unit behind the number or none."""
    match = _WITH_UNIT.fullmatch(text.strip())
    number, unit = (match["number"], match["unit"]) if match else (text, None)
    for value, behind in ((text, None), (number, unit)):
        try:
            printed = read_printed(value, "value", assays())
        except RecordError:
            continue
        item = Element({}, place)
        if printed.interpretation:
            return Value(interpretation=printed.interpretation)
        return _fitting(Value(value.strip(), _known(behind, test, item) if behind else None), test, item)
    raise LeftOutError(Note(place, "value_not_understood", short(text)))


def _fitting(value: Value, test: TestCode, item: Element) -> Value:
    """The value, unless its unit is none that the code of the test allows."""
    if not value.unit:
        is_number = isinstance(value.value, tuple | int | float) or any(map(str.isdigit, str(value.value)))
        missing = is_number and test.marker in assays().units and test.marker != "INR"
        return Value(value.value, value.unit, value.comparator, in_doubt="unit_missing" if missing else "")
    unit = assays().unit(test.marker or "", value.unit)
    if test.units and (unit is None or unit.name not in test.units):
        raise _left_out("unit_disagrees", item, f"{value.unit}, LOINC {test.code}")
    return value


def _known(text: str, test: TestCode, item: Element) -> str:
    """The unit as it stands, if it is one of the test; a serology test may have any, only its word counts then."""
    marker = test.marker or ""
    if not assays().unit(marker, text) and not assays().is_incomplete(marker, text) and marker not in SEROLOGY:
        raise _left_out("unit_unknown", item, text, marker)
    return text[:_LONGEST_UNIT]


def _is_same(test: TestCode, coded: str, text: str) -> bool:
    facts, marker = assays(), test.marker or ""
    if facts.is_incomplete(marker, text):
        return True  # says less than the code, and nothing else
    one, other = facts.unit(marker, coded), facts.unit(marker, text)
    if one and other:
        return (one.low, one.high, one.log10) == (other.low, other.high, other.log10)
    return one is other and (coded == text or facts.is_index(coded) == facts.is_index(text))


def _left_out(note: str, item: Element, value: str = "", marker: str = "") -> LeftOutError:
    return LeftOutError(Note(item.place, note, short(value), marker))


_READERS = {"valueQuantity": _quantity, "valueRange": _range, "valueCodeableConcept": _answer}
