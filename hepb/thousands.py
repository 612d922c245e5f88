"""Whether the point of a number such as "25.000" begins its decimals or, as in much of Europe, parts thousands."""

from __future__ import annotations

import re
from typing import Any

from hepb.assays import assays
from hepb.printed_result import SEROLOGY

POINT = "point_notation"
"""The doubt about such a number where both meanings are possible."""
_THOUSAND = 1000
_DIGITS = re.compile(r"\d+")
_PRINTED = re.compile(r"(?P<before>[<>≤≥~=\s]*)(?P<number>[1-9]\d{0,2}\.\d{3})")

Ends = tuple[float, float | None]
"""A number, and the upper end where it is a range."""


def as_thousands(text: str) -> float | None:
    """What a number is if its point parts thousands; None where it can only begin decimals ("0.005", "1.25")."""
    match = _PRINTED.fullmatch(text)
    return float(match["number"].replace(".", "")) if match else None


def settled(marker: str, decimal: Ends, thousands: Ends, unit: str | None) -> tuple[Ends, str | None]:
    """The only possible meaning, else the likelier one (thousands: three decimals are seldom printed) with doubt."""
    facts = assays()
    known = facts.unit(marker, unit) if unit else None
    is_log = known.log10 if known else (unit or "").startswith("log")
    large = known is not None and known.low > 1  # kIU/mL, ukat/L: large units go with decimals
    if marker not in facts.thousands_point or is_log or large or (marker in SEROLOGY and known is None):
        return decimal, None
    factor = known.low if known is not None else None
    plain, grouped = _meaning(marker, decimal, factor), _meaning(marker, thousands, factor)
    if grouped is None:
        return decimal, None
    return thousands, None if plain is None or plain == grouped else POINT


def read_point(marker: str, printed: str, unit: str | None) -> tuple[str, str | None]:
    """A value as printed ("< 25.000") in its likelier meaning, and the doubt about it."""
    thousands = as_thousands(printed.strip())
    if thousands is None:
        return printed, None
    match = _PRINTED.fullmatch(printed.strip())
    (number, _), doubt = settled(marker, (float(match["number"]), None), (thousands, None), unit)
    return f"{match['before']}{number:.0f}" if number == thousands else printed, doubt


def is_ambiguous(marker: str, printed: str, unit: str | None) -> bool:
    """Whether the point of a value as printed may part thousands: "25.000 IU/mL" is 25 or 25,000."""
    read, doubt = read_point(marker, printed, unit)
    return doubt is not None or read != printed


def with_decimals(value: Any) -> Any:
    """The other meaning of a number, a pair or a text whose point was taken to part thousands: 25000 as 25."""
    if isinstance(value, str):
        digits = _DIGITS.search(value)
        return value if digits is None else value.replace(digits[0], f"{int(digits[0]) / _THOUSAND:g}")
    if isinstance(value, (list, tuple)):
        return type(value)(with_decimals(end) for end in value)
    return value / _THOUSAND


def _meaning(marker: str, ends: Ends, factor: float | None) -> float | None:
    """The lower end in the marker's canonical unit; None when no person has such a value."""
    bands = assays().plausible.get(marker)
    if not bands:
        return ends[0]
    for low, high, band_factor in bands:
        by = band_factor if factor is None else factor
        if all(low * band_factor <= end * by <= high * band_factor for end in ends if end is not None):
            return ends[0] * by
    return None
