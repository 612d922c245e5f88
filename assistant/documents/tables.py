"""Markdown tables whose cells may hold anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hepb.guideline import Provenance


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of one table; empty where there are no rows."""
    lines = [_line(row) for row in rows]
    return [_line(head), "|" + "---|" * len(head), *lines, ""] if lines else []


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") or "–" for cell in cells) + " |"


def source_of(provenance: Provenance) -> str:
    """The sources of a rule, with the place where it stands if that was seen, and what is noted about it."""
    place = "" if provenance.place == "not seen" else f" ({provenance.place})"
    note = f"; note: {provenance.note}" if provenance.note else ""
    return ", ".join(provenance.source) + place + note


def span(low: float, high: float, unit: str) -> str:
    """One number or two, with their unit."""
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"
