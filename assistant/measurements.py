"""What the reports of measurements share: rounded figures, when and on what they were measured, and a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

DIGITS = 4
SECONDS_PER_MINUTE = 60
NONE = "–"
"""Stands in a table for a figure that is not there."""


def rounded(value: Any) -> Any:
    """Return the figures with floats of few digits, so that the file can be read and compared."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def occasion(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return day and minutes of a measurement and its machine, by the names that templates of reports have for them."""
    machine = figures["machine"]
    return {
        "date": figures["date"],
        "minutes": figures["seconds"] / SECONDS_PER_MINUTE,
        **{name: machine[name] for name in ("processor", "cores", "python")},
    }


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table that can also be read as it is."""
    cells = [tuple(headings), *map(tuple, rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(headings))]
    aligned = [_line(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join([aligned[0], _line("-" * width for width in widths), *aligned[1:]])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
