"""Numbers as they are printed for a patient. No words: those stand in data/responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hepb.yaml_files import parse_yaml

DEFAULT_LANGUAGE = "en"
_SIGNS = {None: "", "~": "≈ ", "<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> "}


def number(value: float) -> str:
    """``320000000`` as ``320,000,000``, ``22.0`` as ``22``, ``0.35`` as it is."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"  # noqa: PLR2004 - four digits are plenty


def rough(value: float) -> str:
    """A number of which only two digits mean something: ``9310.3`` as ``9,300``."""
    return number(float(f"{value:.2g}"))


def level(numbers: tuple[float, ...], comparator: str | None) -> str:
    """One number with its sign, or a range of two."""
    if len(numbers) == 2:  # noqa: PLR2004 - the two ends of a range
        return f"{number(numbers[0])}–{number(numbers[1])}"
    return f"{_SIGNS.get(comparator, '')}{number(numbers[0])}"


def interval(pair: Any) -> str:
    """A time between tests: ``6``, or ``3–6`` when shortest and longest differ."""
    shortest, longest = pair
    return f"{shortest}" if shortest == longest else f"{shortest}–{longest}"


def span(low: float, high: float) -> str:
    """One number, or two with a dash between them."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def unchecked(language: str | None = None) -> str:
    """The mark behind what no clinician has checked yet."""
    marks = _punctuation()
    return marks.get(language or DEFAULT_LANGUAGE, marks[DEFAULT_LANGUAGE])["unchecked"]


def in_a_row(names: Sequence[str], language: str | None) -> str:
    """Names one after the other, as the language separates them (``punctuation.yaml``)."""
    marks = _punctuation()
    return marks.get(language or DEFAULT_LANGUAGE, marks[DEFAULT_LANGUAGE])["between_names"].join(names)


@cache
def _punctuation() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).with_name("punctuation.yaml")
    return parse_yaml(file.read_text("utf8"), file.name)
