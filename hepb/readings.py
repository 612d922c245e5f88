"""One observation becomes a reading: the set of true values that what was printed leaves possible.

Numeric markers give a union of intervals in the marker's canonical unit, serology gives the possible signs.
A unit is never invented: a viral load without one spans its reading as IU/mL and as copies/mL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from hepb.assays import Assays, Unit, assays
from hepb.errors import RecordError
from hepb.interval import ANY, Interval

SIGNS = frozenset({"positive", "negative"})
SEROLOGY = frozenset({"HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM"})
_UNDETECTED = Interval.point(0)
_DETECTED = Interval(0, inf, low_open=True)
_MEANS_UNDETECTED = frozenset({"undetectable", "negative"})
_MEANS_DETECTED = frozenset({"detected", "positive"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one result leaves possible.

    ``levels``: possible numbers in the canonical unit, None when the result gives no number.
    ``signs``: possible signs of a serology marker, None for other markers.
    ``note``: ``unit_unknown`` (a viral load without unit), ``unit_assumed`` (ALT read as U/L), or None.
    """

    levels: tuple[Interval, ...] | None
    signs: frozenset[str] | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
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
    number = float(mantissa.replace(",", "")) * 10.0 ** int(match["e"] or match["power"] or 0)
    comparator = match["comparator"]
    return Printed(_COMPARATORS.get(comparator, comparator), (number,), None)


def read_result(
    marker: str,
    value: float | str | tuple[float, float] | None,
    unit: str | None,
    comparator: str | None,
    interpretation: str | None,
    reference_high: float | None,
    flag: str | None,
    field: str,
) -> Reading:
    """The reading of one result. ``field`` names it in errors. Raises :class:`RecordError` (R001)."""
    facts = assays()
    if isinstance(value, str):
        printed = read_printed(value, f"{field}.value", facts)
    elif value is None:
        printed = Printed(None, (), None)
    else:
        printed = Printed(None, value if isinstance(value, tuple) else (value,), None)
    comparator = comparator or printed.comparator
    word = interpretation or printed.interpretation or (facts.printed.get(flag.strip().lower()) if flag else None)
    known_unit = facts.unit(marker, unit) if unit else None
    if unit and known_unit is None and marker not in SEROLOGY:
        allowed = ", ".join(facts.units.get(marker, ())) or "no unit"
        raise RecordError("R001", field=f"{field}.unit", value=repr(unit), allowed=allowed)
    interval = _interval(printed.numbers, comparator, facts, f"{field}.value")
    if marker in SEROLOGY:
        return Reading(
            levels=_levels_in(interval, known_unit, f"{field}.value") if interval and known_unit else None,
            signs=_signs(marker, interval, unit, known_unit, word, reference_high, facts),
        )
    if marker == "HBV_DNA":
        return _viral_load(interval, known_unit, word, facts, f"{field}.value")
    return _level(marker, interval, known_unit, word, reference_high, facts, f"{field}.value")


def _interval(
    numbers: tuple[float, ...], comparator: str | None, facts: Assays, field: str
) -> Interval | None:
    if not numbers:
        return None
    if len(numbers) == 2:
        low, high = numbers
        if not 0 <= low <= high:
            raise RecordError("R001", field=field, value=list(numbers), allowed="a range from the lower to the higher")
        return Interval(low, high)
    if numbers[0] == inf:
        raise RecordError("R001", field=field, value=numbers[0], allowed=_ALLOWED)
    return Interval.from_comparator(numbers[0], comparator, facts.about)


def _levels_in(interval: Interval, unit: Unit, field: str) -> tuple[Interval, ...]:
    """An interval in ``unit`` as canonical intervals."""
    if unit.log10:
        if interval.low > 20 or (interval.high > 20 and interval.high != inf):
            raise RecordError("R001", field=field, value=interval.low, allowed=f"at most 20 in {unit.name}")
        low = 0.0 if interval.low == 0 and interval.high > 0 else 10.0**interval.low
        interval = Interval(low, 10.0**interval.high if interval.high != inf else inf,
                            interval.low_open, interval.high_open)  # fmt: skip
    return (interval.scaled(unit.low).hull(interval.scaled(unit.high)),)


def _viral_load(
    interval: Interval | None, unit: Unit | None, word: str | None, facts: Assays, field: str
) -> Reading:
    if word in _MEANS_UNDETECTED:
        return Reading((_UNDETECTED,), None)
    if interval is None:
        return Reading((_DETECTED if word in _MEANS_DETECTED or word == "elevated" else ANY,), None)
    note = None
    if unit is not None:
        levels = _levels_in(interval, unit, field)
    elif interval == _UNDETECTED:
        levels = (_UNDETECTED,)
    else:
        copies = facts.units["HBV_DNA"]["copies/mL"]
        levels = (interval.hull(interval.scaled(copies.low)),)
        if interval.high <= facts.log_scale_below:
            levels += _levels_in(interval, facts.units["HBV_DNA"]["log10 IU/mL"], field)
            levels += _levels_in(interval, facts.units["HBV_DNA"]["log10 copies/mL"], field)
        note = "unit_unknown"
    if word in _MEANS_DETECTED:
        levels = tuple(level for level in (item.intersection(_DETECTED) for item in levels) if not level.is_empty)
    return Reading(levels or (_DETECTED,), None, note)


def _level(
    marker: str,
    interval: Interval | None,
    unit: Unit | None,
    word: str | None,
    reference_high: float | None,
    facts: Assays,
    field: str,
) -> Reading:
    if interval is None:
        low, high = facts.laboratory_limits.get(marker, (0, inf))
        if reference_high is not None and unit is not None:
            low = high = reference_high * unit.low
        if word in {"normal", "negative"}:
            return Reading((Interval(0, high),), None)
        if word in {"elevated", "positive"}:
            return Reading((Interval(low, inf, low_open=True),), None)
        return Reading(None, None)
    if unit is not None:
        return Reading(_levels_in(interval, unit, field), None)
    end = interval.high if interval.high != inf else interval.low
    for low, high, factor in facts.plausible.get(marker, ()):
        if low <= end <= high:
            return Reading((interval.scaled(factor),), None, "unit_assumed")
    units = facts.units.get(marker, {}).values()
    return Reading(tuple(level for item in units for level in _levels_in(interval, item, field)) or None, None,
                   "unit_unknown")  # fmt: skip


def _signs(
    marker: str,
    interval: Interval | None,
    unit: str | None,
    known_unit: Unit | None,
    word: str | None,
    reference_high: float | None,
    facts: Assays,
) -> frozenset[str]:
    if word in _MEANS_DETECTED:
        return frozenset({"positive"})
    if word in _MEANS_UNDETECTED:
        return frozenset({"negative"})
    if interval is None or word == "indeterminate":
        return SIGNS
    if reference_high is not None and marker in {"HBsAg", "HBeAg", "anti_HBs"}:
        if interval.surely(">", reference_high):
            return frozenset({"positive"})
        return frozenset({"negative"}) if interval.surely("<", reference_high) else SIGNS
    unit_name = known_unit.name if known_unit else "index" if unit and facts.is_index(unit) else None
    for sign in facts.signs:
        if (sign.marker, sign.unit) == (marker, unit_name):
            if interval.surely(">=", sign.positive_from):
                return frozenset({"positive"})
            if interval.surely("<", sign.negative_below):
                return frozenset({"negative"})
    return SIGNS
