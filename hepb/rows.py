"""Rows of a JSON Lines file: read one at a time, in constant memory, whatever a row holds; and how far one has got."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from hepb.errors import RecordError

LONGEST_ROW = 4_000_000
"""Bytes. A record with a thousand results has a twentieth of it."""
_SHOWN = 60
_BETWEEN_DRAWINGS = 0.2
_BAR = 24


def read_rows(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, with its number from 1. Of a row that is too long only the beginning is kept."""
    number = 0
    while line := file.readline(LONGEST_ROW + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_ROW and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_ROW + 1)
        if line.strip():
            yield number, line


def parse_row(line: bytes) -> Any:
    """The JSON of one row. Raises :class:`RecordError` where it is too long, not UTF-8 or not JSON."""
    if len(line) > LONGEST_ROW:
        raise RecordError("R004", limit=LONGEST_ROW)
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError("R006", byte=f"0x{line[error.start]:02x}", place=error.start + 1) from None
    return parse_json(text)


def parse_json(text: str) -> Any:
    """JSON in which each key stands once. Raises :class:`RecordError` (R002, R005)."""
    try:
        return _DECODER.decode(text)
    except _NotANumberError as error:
        raise RecordError("R001", field="record", value=error, allowed="numbers of JSON") from None
    except (ValueError, RecursionError):
        raise RecordError("R002", value=" ".join(text[: 2 * _SHOWN].split())[:_SHOWN]) from None


def take_id(row: Any) -> dict[str, Any]:
    """The ``id`` that a row brings, taken out of it, as ``{"id": ...}``; nothing where it has none.

    Raises :class:`RecordError` where it is neither text nor a number.
    """
    row_id = row.pop("id", None) if isinstance(row, dict) else None
    if row_id is not None and (isinstance(row_id, bool) or not isinstance(row_id, str | int | float)):
        raise RecordError("R001", field="id", value="a list, an object or a truth", allowed="text or a number")
    return {} if row_id is None else {"id": row_id}


def print_json(row: object, out: TextIO) -> None:
    """Print one row."""
    out.write(_ENCODER.encode(row) + "\n")


class _NotANumberError(ValueError):
    """``NaN`` or ``Infinity``, which Python writes and JSON does not know."""


def _no_constant(name: str) -> None:
    raise _NotANumberError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise RecordError("R005", key=next(key for key in keys if keys.count(key) > 1)[:_SHOWN])
    return found


_DECODER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Progress:
    """A bar on a terminal: the share of the file, rows done, and rows a second. ``size``: of the file, 0 if unknown."""

    def __init__(self, out: TextIO, size: int) -> None:
        self._out = out
        self._size = size
        self._begin = time.monotonic()
        self._next_drawing = self._begin
        self._rows = self._bytes = 0

    def advance(self, line: bytes) -> None:
        """Count one row as done."""
        self._rows += 1
        self._bytes += len(line)
        if time.monotonic() >= self._next_drawing:
            self._next_drawing = time.monotonic() + _BETWEEN_DRAWINGS
            self._draw()

    def end(self) -> None:
        """Draw the bar as it stands and leave its line."""
        self._draw()
        self._out.write("\n")

    def _draw(self) -> None:
        seconds = max(time.monotonic() - self._begin, 1e-9)
        share = min(self._bytes / self._size, 1.0) if self._size else None
        full = "" if share is None else "#" * round(share * _BAR)
        bar = "" if share is None else f"[{full:<{_BAR}}] {share:4.0%} "
        self._out.write(f"\r{bar}{self._rows:,} records, {self._rows / seconds:,.0f} a second ")
        self._out.flush()
