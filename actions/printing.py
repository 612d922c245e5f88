"""Numbers as they are printed for a patient. No words: those stand in data/responses."""

from __future__ import annotations

from typing import Any

_SIGNS = {None: "", "~": "≈ ", "<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> "}


def number(value: float) -> str:
    """``320000000`` as ``320,000,000``, ``22.0`` as ``22``, ``0.35`` as it is."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"  # noqa: PLR2004 - four digits are plenty


def level(numbers: tuple[float, ...], comparator: str | None) -> str:
    """One number with its sign, or a range of two."""
    if len(numbers) == 2:  # noqa: PLR2004 - the two ends of a range
        return f"{number(numbers[0])}–{number(numbers[1])}"
    return f"{_SIGNS.get(comparator, '')}{number(numbers[0])}"


def months(pair: Any) -> str:
    """An interval of months: ``6``, or ``3–6`` when shortest and longest differ."""
    shortest, longest = pair
    return f"{shortest}" if shortest == longest else f"{shortest}–{longest}"


def joined(names: list[str]) -> str:
    """Names of guidelines in a row."""
    return ", ".join(names)
