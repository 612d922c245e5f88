"""The rows that ``hepb read`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any


def read_row(text: str, row_id: str | int | None = None, as_of: date | None = None) -> dict[str, Any]:
    """What was understood of one text, as ``docs/contract.md`` lays it out."""
    from hepb.reading import read_text  # noqa: PLC0415 - this module is imported by the package

    reading = read_text(text, as_of)
    return {"id": row_id, "markers": reading.markers(), "others": reading.others()}


def read_jsonl(lines: Iterable[str], as_of: date | None = None) -> Iterator[dict[str, Any]]:
    """One row for every JSON line with ``text`` (and ``id``), in input order.

    A line that is no such object gives ``{"line": number, "error": text}`` in its place.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _parsed(line)
        if row is None:
            yield {"line": number, "error": 'not a JSON object with a "text"'}
        else:
            yield read_row(row["text"], row.get("id"), as_of)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) and isinstance(row.get("text"), str) else None
