"""One observation becomes a reading: the set of true values that what was printed leaves possible.

Numeric markers give a union of intervals in the marker's canonical unit, serology gives the possible signs.
A unit is never invented: a viral load without one spans its reading as IU/mL and as copies/mL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf, nextafter
from typing import NamedTuple

from hepb.assays import Assays, Unit, assays
from hepb.errors import RecordError
from hepb.interval import ANY, Interval

LARGEST_LOG10 = 20
"""A power of ten beyond this is a slip of the pen, not a viral load."""
SIGNS = frozenset({"positive", "negative"})
SEROLOGY = frozenset({"HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM"})
DIRECT = frozenset({"HBsAg", "HBeAg", "anti_HBs"})
"""Serology in which a higher number means positive; the others are often competitive."""
_UNDETECTED = Interval.point(0)
_DETECTED = Interval(0, inf, low_open=True)
_MEANS_UNDETECTED = frozenset({"undetectable", "negative"})
_MEANS_DETECTED = frozenset({"detected", "positive"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one result leaves possible.

    ``levels``: possible numbers in the canonical unit, None when the result gives no number.
    ``signs``: possible signs of a serology marker, None for other markers.
    ``note``: ``unit_unknown`` (a viral load without unit), ``unit_assumed`` (ALT read as U/L), ``index_without_flag``
    (a number of a serology marker that does not say which sign it means), ``contradicts_itself`` (a viral load whose
    number and word cannot both be true: every level stays possible), or None.
    """

    levels: tuple[Interval, ...] | None
    signs: frozenset[str] | None
    note: str | None = None


class Printed(NamedTuple):
    """What was printed, before its unit is looked at."""

    comparator: str | None
    numbers: tuple[float, ...]
    interpretation: str | None


_NUMBER = re.compile(
    r"(?P<comparator><=|>=|[<>≤≥~=])?\s*"
    r"(?P<mantissa>\d[\d,]*\.?\d*|\.\d+)?"
    r"(?:\s*[eE]\s*\+?(?P<e>-?\d{1,3})|\s*[xX×*·]?\s*10\s*(?:\^|\*\*)\s*(?P<power>-?\d{1,2}))?"
)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?")
_COMPARATORS = {"≤": "<=", "≥": ">=", "=": None}
_RANGE = "range with a list of two numbers, and only then"
_ALLOWED = "a number from 0, or what a report prints, such as positive, not detected, <20, 3.2E8"


def read_printed(text: str, field: str, facts: Assays) -> Printed:
    """Read what a report prints: a sign, a word, or a number with its comparator. Raises RecordError R001."""
    plain = text.strip().lower().strip("().").strip()
    if plain in facts.printed:
        return Printed(None, (), facts.printed[plain])
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not (match["mantissa"] or match["power"]):
        raise RecordError("R001", field=field, value=repr(text[:60]), allowed=_ALLOWED)
    mantissa = match["mantissa"] or "1"
    if "," in mantissa and not _THOUSANDS.fullmatch(mantissa):
        raise RecordError("R001", field=field, value=repr(text[:60]), allowed="a number with a decimal point")
    number = float(f"{mantissa.replace(',', '')}e{match['e'] or match['power'] or 0}")
    comparator = match["comparator"]
    return Printed(_COMPARATORS.get(comparator, comparator), (number,), None)


class PrintedResult(NamedTuple):
    """One result as it came, fields as in ``docs/contract.md``."""

    marker: str
    value: float | str | tuple[float, float] | None = None
    unit: str | None = None
    comparator: str | None = None
    interpretation: str | None = None
    reference_high: float | None = None
    flag: str | None = None


RESULT_FIELDS = PrintedResult._fields
_REMEMBERED = 8192
"""How many readings are kept: the same few words and numbers come again and again in a cohort."""


class _Parsed(NamedTuple):
    """A printed result taken apart: its interval in the printed unit, that unit, and the word that goes with it.

    ``unit`` is None also for a unit that we do not know; ``is_bare`` says that none was printed. ``is_log``: it is a
    logarithm, of IU/mL or of copies/mL.
    """

    marker: str
    interval: Interval | None
    unit: Unit | None
    is_index: bool
    is_bare: bool
    is_log: bool
    word: str | None
    reference_high: float | None


def read_result(result: PrintedResult, field: str) -> Reading:
    """The reading of one result. ``field`` names it in errors. Raises :class:`RecordError` (R001)."""
    try:
        return _reading(result)
    except RecordError as error:
        part = error.values["field"]
        raise RecordError(error.code, **{**error.values, "field": f"{field}.{part}"}) from None


@lru_cache(_REMEMBERED)
def _reading(result: PrintedResult) -> Reading:
    parsed = _parse(result)
    if parsed.marker in SEROLOGY:
        levels = _levels_in(parsed.interval, parsed.unit) if parsed.interval and parsed.unit else None
        signs = _signs(parsed)
        unflagged = parsed.interval is not None and len(signs) > 1 and parsed.word != "indeterminate"
        return Reading(levels, signs, "index_without_flag" if unflagged else None)
    if parsed.marker == "HBV_DNA":
        return _viral_load(parsed)
    return _level(parsed)


def _parse(result: PrintedResult) -> _Parsed:
    facts = assays()
    value = result.value
    if isinstance(value, str):
        printed = read_printed(value, "value", facts)
    elif value is None:
        printed = Printed(None, (), None)
    else:
        printed = Printed(None, value if isinstance(value, tuple) else (value,), None)
    unit = _unit(result.marker, result.unit) if result.unit else None
    settled = unit is not None or result.marker in SEROLOGY
    if result.unit and not settled and not facts.is_incomplete(result.marker, result.unit):
        allowed = ", ".join(facts.units.get(result.marker, ())) or "no unit"
        raise RecordError("R001", field="unit", value=repr(result.unit), allowed=allowed)
    if (result.comparator == "range") != (len(printed.numbers) > 1) and printed.numbers and result.comparator:
        raise RecordError("R001", field="comparator", value=repr(result.comparator), allowed=_RANGE)
    flagged = facts.printed.get(result.flag.strip().lower()) if result.flag else None
    return _Parsed(
        marker=result.marker,
        interval=_interval(printed.numbers, result.comparator or printed.comparator, facts),
        unit=unit,
        is_index=unit is None and bool(result.unit) and facts.is_index(result.unit or ""),
        is_bare=not result.unit,
        is_log=bool(result.unit) and facts.is_logarithm(result.unit or ""),
        word=_agreed(result.interpretation, printed.interpretation) or flagged,
        reference_high=result.reference_high,
    )


@lru_cache(_REMEMBERED)
def _unit(marker: str, text: str) -> Unit | None:
    return assays().unit(marker, text)


def _agreed(given: str | None, printed: str | None) -> str | None:
    """The word that interpretation and printed value share; ``indeterminate`` where they contradict each other."""
    if given and printed and (given in _MEANS_DETECTED) != (printed in _MEANS_DETECTED):
        return "indeterminate"
    return given or printed


def _interval(numbers: tuple[float, ...], comparator: str | None, facts: Assays) -> Interval | None:
    if not numbers:
        return None
    if len(numbers) > 1:
        low, high = numbers
        if not 0 <= low <= high:
            raise RecordError(
                "R001", field="value", value=list(numbers), allowed="a range from the lower to the higher"
            )
        return Interval(low, high)
    if numbers[0] == inf:
        raise RecordError("R001", field="value", value=numbers[0], allowed=_ALLOWED)
    return Interval.from_comparator(numbers[0], comparator, facts.about)


def _levels_in(interval: Interval, unit: Unit) -> tuple[Interval, ...]:
    """An interval in ``unit`` as canonical intervals."""
    if unit.log10:
        if interval.low > LARGEST_LOG10 or LARGEST_LOG10 < interval.high < inf:
            raise RecordError(
                "R001", field="value", value=interval.low, allowed=f"at most {LARGEST_LOG10} in {unit.name}"
            )
        low = 0.0 if interval.low == 0 and interval.high > 0 else 10.0**interval.low
        interval = Interval(low, 10.0**interval.high if interval.high != inf else inf,
                            interval.low_open, interval.high_open)  # fmt: skip
    return (interval.scaled(unit.low).hull(interval.scaled(unit.high)),)


def _viral_load(result: _Parsed) -> Reading:
    facts, word, interval = assays(), result.word, result.interval
    if interval is not None and _contradicts(word, interval):
        return Reading((ANY,), None, "contradicts_itself")
    if word in _MEANS_UNDETECTED:
        return Reading((_UNDETECTED,), None)
    if interval is None:
        return Reading((_DETECTED if word in _MEANS_DETECTED or word == "elevated" else ANY,), None)
    note = None
    if result.unit is not None:
        levels = _levels_in(interval, result.unit)
    elif interval == _UNDETECTED:
        levels = (_UNDETECTED,)
    else:
        units = facts.units["HBV_DNA"]
        levels = () if result.is_log else (interval.hull(interval.scaled(units["copies/mL"].low)),)
        if result.is_log or interval.high <= facts.log_scale_below:
            levels += _levels_in(interval, units["log10 IU/mL"])
            levels += _levels_in(interval, units["log10 copies/mL"])
        note = "unit_unknown"
    if word in _MEANS_DETECTED:
        levels = tuple(level for level in (item.intersection(_DETECTED) for item in levels) if not level.is_empty)
    return Reading(levels or (_DETECTED,), None, note)


def _contradicts(word: str | None, interval: Interval) -> bool:
    """A number over 0 that is called undetectable ("<20" may be 0 and is none), or 0 that is called detected."""
    if word in _MEANS_UNDETECTED:
        return interval.intersection(_UNDETECTED).is_empty
    return word in _MEANS_DETECTED and interval == _UNDETECTED


def _level(result: _Parsed) -> Reading:
    if result.interval is None:
        return Reading(_level_in_words(result), None)
    if result.unit is not None:
        return Reading(_levels_in(result.interval, result.unit), None)
    facts, interval = assays(), result.interval
    end = interval.high if interval.high != inf else interval.low
    for low, high, factor in facts.plausible.get(result.marker, ()):
        if low <= end <= high:
            return Reading((interval.scaled(factor),), None, "unit_assumed")
    units = facts.units.get(result.marker, {}).values()
    levels = tuple(level for unit in units for level in _levels_in(interval, unit))
    return Reading(levels or None, None, "unit_unknown")


def _level_in_words(result: _Parsed) -> tuple[Interval, ...] | None:
    """``normal`` and ``raised`` against the laboratory's own limit, or any limit that laboratories use."""
    low, high = assays().laboratory_limits.get(result.marker, (0, inf))
    if result.reference_high is not None and result.unit is not None:
        low = high = result.reference_high * result.unit.low
    if result.word in {"normal", "negative"}:
        return (Interval(0, high),)
    if result.word in {"elevated", "positive"}:
        return (Interval(low, inf, low_open=True),)
    return None


def _signs(result: _Parsed) -> frozenset[str]:
    if result.word in _MEANS_DETECTED:
        return frozenset({"positive"})
    if result.word in _MEANS_UNDETECTED:
        return frozenset({"negative"})
    if result.interval is None or result.word == "indeterminate":
        return SIGNS
    for positive_from, negative_below in _cut_offs(result):
        if result.interval.surely(">=", positive_from):
            return frozenset({"positive"})
        if result.interval.surely("<", negative_below):
            return frozenset({"negative"})
    return SIGNS


def _cut_offs(result: _Parsed) -> Iterator[tuple[float, float]]:
    """The laboratory's own limit first, then the one of the assay; none for competitive assays."""
    if result.reference_high is not None and result.marker in DIRECT:
        yield nextafter(result.reference_high, inf), result.reference_high
        return
    unit = _canonical(result) if result.unit else "index" if result.is_index else "none" if result.is_bare else None
    for sign in assays().signs:
        if (sign.marker, sign.unit) == (result.marker, unit):
            yield sign.positive_from, sign.negative_below


def _canonical(result: _Parsed) -> str | None:
    """The marker's canonical unit where the printed one is the same by another name (anti-HBs in IU/L)."""
    same = result.unit is not None and result.unit.low == result.unit.high == 1 and not result.unit.log10
    return assays().canonical[result.marker] if same else result.unit.name if result.unit else None
