"""The columns of a slip: which cell is the name, the result, the unit; what is only a reference is no result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.slips.lines import Cell, Line
from hepb.assays import assays
from hepb.yaml_files import parse_yaml

_LIMIT = re.compile(r"[<>≤≥]?=?\s*\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?")
"""A limit or range at the beginning of a reference; words of a reference ("not detected") are no result."""
_RANGE = re.compile(r"[(\[]?\s*\d[\d.,]*\s*(?:-|–|to)\s*\d[\d.,]*\s*[)\]]?|[(\[]?\s*[<>≤≥]=?\s*\d[\d.,]*\s*[)\]]?")
_ENDS = " :.*()[]|"
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


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """Each line: below the head of a table by its columns, in several cells by what they look like, else as it is."""
    heads: list[tuple[str, Cell]] = []
    for line in lines:
        if found := _heads(line):
            heads = found
        elif heads and (text := _by_column(line, heads)):
            yield Row(*text, line, alone=True, is_headed=True)
        elif len(line.cells) > 1 and not heads:
            yield Row(*_by_look(line.cells), line, alone=True)
        else:
            yield Row(line.text, (0, 0), line, alone=len(line.text) <= _SHORT)


def _heads(line: Line) -> list[tuple[str, Cell]]:
    """The columns that a line names; none unless it names test and result and nothing but columns."""
    kinds = [_words().get(cell.text.strip(_ENDS).lower()) for cell in line.cells]
    if not {"name", "result"} <= set(kinds) or None in kinds:
        return []
    return [(kind, cell) for kind, cell in zip(kinds, line.cells, strict=True) if kind]


def _by_column(line: Line, heads: Sequence[tuple[str, Cell]]) -> Text | None:
    """The line as name, result, unit, flag and numeric reference; None when it has no name or no result."""
    parts: dict[str, list[str]] = {}
    for cell in line.cells:
        kind, _ = min(heads, key=lambda head: _apart(cell, head[1]))
        parts.setdefault(kind, []).append(cell.text)
    return _in_order({kind: " ".join(texts) for kind, texts in parts.items()})


def _apart(cell: Cell, head: Cell) -> float:
    """How far a cell is from a column that is aligned left, right or in the middle."""
    middle, column = (cell.x0 + cell.x1) / 2, (head.x0 + head.x1) / 2
    return min(abs(cell.x0 - head.x0), abs(cell.x1 - head.x1), abs(middle - column))


def _by_look(cells: Sequence[Cell]) -> Text:
    """Name and result first; then units, flags and ranges are known by their look, and other words are left out."""
    parts = {"name": cells[0].text, "result": cells[1].text}
    for cell in cells[2:]:
        kind = _look(cell.text)
        parts.setdefault(kind, cell.text)
    return _in_order(parts) or ("", (0, 0))


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
