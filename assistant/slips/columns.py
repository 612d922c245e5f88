"""The columns of a slip: which cell is the name, the result, the unit; what is only a reference is no result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from assistant.slips.lines import Cell, Line
from hepb.assays import assays
from hepb.reading import days_in
from hepb.yaml_files import parse_yaml

_LIMIT = re.compile(r"[<>≤≥]?=?\s*\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?")
"""A limit or range at the beginning of a reference; words of a reference ("not detected") are no result."""
_RANGE = re.compile(r"[(\[]?\s*\d[\d.,]*\s*(?:-|–|to)\s*\d[\d.,]*\s*[)\]]?|[(\[]?\s*[<>≤≥]=?\s*\d[\d.,]*\s*[)\]]?")
_NUMBER = re.compile(r"[<>≤≥]?=?\s*\d[\d.,]*")
_DIGITS = re.compile(r"\d+")
_ENDS = " :.*()[]|-,"
Text = tuple[str, tuple[int, int]]
_SHORT = 60
"""Characters of a line that is a result and no sentence about one."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is read of one line. ``text``: as it is read, ``line``: where it stands.

    ``alone``: it is a row of a table and says nothing of other lines. ``is_headed``: its columns have heads; without
    them a word behind a number may be a reference, so it gives the number no sign. ``result``: beginning and end of the
    result in ``text``.
    """

    text: str
    result: tuple[int, int]
    line: Line
    alone: bool = False
    is_headed: bool = False
    written: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    cell: Cell
    written: str = ""


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """Each line: below the head of a table by its columns, in several cells by what they look like, else as it is.

    A line gives a row for each result that it has in columns with dates.
    """
    heads: list[_Head] = []
    for line in lines:
        if found := _heads(line):
            heads = found
        elif heads and (rows := list(_by_column(line, heads))):
            yield from rows
        elif len(line.cells) > 1 and not heads:
            yield replace(_by_look(line), alone=True)
        else:
            yield Row(line.text, (0, 0), line, alone=len(line.text) <= _SHORT)


def _heads(line: Line) -> list[_Head]:
    """The columns that a line names; none unless it names test and result and nothing but columns."""
    heads = [_head(cell) for cell in line.cells]
    known = [head for head in heads if head]
    return known if len(known) == len(heads) and {"name", "result"} <= {head.kind for head in known} else []


def _head(cell: Cell) -> _Head | None:
    """What stands below a cell. A date there, alone or beside "result" or "previous", is that of the results below."""
    if kind := _words().get(cell.text.strip(_ENDS).lower()):
        return _Head(kind, cell)
    written = date_in(cell.text)
    rest = cell.text.replace(written, "", 1).strip(_ENDS).lower()
    is_result = written and (not rest or _words().get(rest) in {"result", "other", "date"})
    return _Head("result", cell, written) if is_result else None


def date_in(text: str) -> str:
    """The date of a day that a text holds, as it is written; empty for none, or for one without its day."""
    found = [text[day.start : day.end] for day in days_in(text, date.max)]
    return next((written for written in found if len(_DIGITS.findall(written)) > 1), "")


def _by_column(line: Line, heads: Sequence[_Head]) -> Iterator[Row]:
    """The line as name, result, unit, flag and numeric reference, once for each column of results."""
    parts: dict[str, list[str]] = {}
    results: dict[str, list[str]] = {}
    for cell in line.cells:
        head = min(heads, key=lambda head: _apart(cell, head.cell))
        where, kind = (results, head.written) if head.kind == "result" else (parts, head.kind)
        where.setdefault(kind, []).append(cell.text)
    joined = {kind: " ".join(texts) for kind, texts in parts.items()}
    for written, texts in results.items():
        shared = joined if len(results) == 1 else {kind: text for kind, text in joined.items() if kind != "flag"}
        if text := _in_order({**shared, "result": " ".join(texts)}):
            day = written or date_in(joined.get("date", ""))
            yield Row(*text, line, alone=True, is_headed=True, written=day)


def _apart(cell: Cell, head: Cell) -> float:
    """How far a cell is from a column that is aligned left, right or in the middle."""
    middle, column = (cell.x0 + cell.x1) / 2, (head.x0 + head.x1) / 2
    return min(abs(cell.x0 - head.x0), abs(cell.x1 - head.x1), abs(middle - column))


def _by_look(line: Line) -> Row:
    """Name and result first; then units, flags and ranges are known by their look, and other words are left out."""
    parts = {"name": line.cells[0].text, "result": line.cells[1].text}
    for cell in line.cells[2:]:
        kind = _look(cell.text)
        parts.setdefault(kind, cell.text)
    numbers = [cell for cell in line.cells[1:] if _NUMBER.fullmatch(cell.text.strip())]
    plain = [cell for cell in numbers if not cell.text.strip().startswith(("<", ">", "≤", "≥"))]
    return Row(*(_in_order(parts) or ("", (0, 0))), line, several=len(plain) > 1)


def _look(text: str) -> str:
    plain = "".join(text.split()).lower()
    if any(plain in spellings for spellings in assays().spellings.values()):
        return "unit"
    return "reference" if _RANGE.fullmatch(text.strip()) else "other"


def _in_order(parts: dict[str, str]) -> Text | None:
    name, result = parts.get("name"), parts.get("result")
    if not name or not result:
        return None
    limit = _LIMIT.match(parts.get("reference", "").lstrip("( ["))
    values = (result, parts.get("unit", ""), parts.get("flag", ""), f"({limit[0].strip()})" if limit else "")
    begin = len(name) + 2
    return f"{name}: {' '.join(value for value in values if value)}", (begin, begin + len(result))


@cache
def _words() -> dict[str, str]:
    file = Path(__file__).with_name("columns.en.yaml")
    return {word: kind for kind, words in parse_yaml(file.read_text("utf8"), file.name).items() for word in words}
