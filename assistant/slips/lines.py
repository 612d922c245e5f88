"""From words with their places to lines of cells, as they stand on the slip."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SAME_LINE = 0.5
"""Share of the smaller height by which two words on one line overlap."""
_CELL_GAP = 0.9
"""Gap between cells, in heights of a word; between words of one cell it is about a third."""
_RAISED_SIZE = 0.8
_RAISED_BY = 0.2
_TOUCHING = 0.12
_WORD_LEVEL = "5"
_LOOKALIKES = (
    (re.compile(r"([mk]?)[Il1i|]U/(m?)[LlI1|]"), r"\1IU/\2L"),
    (re.compile(r"U/[LlI1|]"), "U/L"),
    (re.compile(r"[Ss]{1,2}/?[Cc][Oo0]"), "S/CO"),
)
"""Units that look like another one when a letter is taken for one of its look-alikes; none is another unit."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place: ``page`` from 1, the rest in points or pixels. ``sure``: 0 to 100, of recognition."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    sure: float = 100
    row: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """Height of the letters, roughly."""
        return max(self.bottom - self.top, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one line that stand close together."""

    text: str
    x0: float
    x1: float
    sure: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``is_recognised``: from a picture, so letters may be wrong."""

    cells: tuple[Cell, ...]
    is_recognised: bool = False

    @property
    def text(self) -> str:
        """The cells with a tab between them."""
        return "\t".join(cell.text for cell in self.cells)


def words_of_pdf(answer: bytes) -> list[Word]:
    """The words that the reader of PDF printed."""
    return [Word(str(text), page, x0, x1, top, bottom) for text, page, x0, x1, top, bottom in json.loads(answer)]


def words_of_picture(answer: bytes) -> list[Word]:
    """The words of tesseract's table; it knows itself which stand on one line, also where the photo is askew."""
    rows = csv.DictReader(io.StringIO(answer.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for row in rows:
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
        place = tuple(int(row[key]) for key in ("page_num", "block_num", "par_num", "line_num"))
        found.append(Word(_unit(text), 1, left, left + width, top, top + height, float(row["conf"]), place))
    return found


def _unit(text: str) -> str:
    """A unit in which recognition took one letter for another that looks the same."""
    for pattern, unit in _LOOKALIKES:
        if match := pattern.fullmatch(text):
            return match.expand(unit)
    return text


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines from top to bottom."""
    words = list(words)
    rows = _known_rows(words) if any(word.row for word in words) else _rows(words)
    return [_line(sorted(row, key=lambda word: word.x0)) for row in rows]


def _known_rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: dict[tuple[int, ...], list[Word]] = {}
    for word in words:
        rows.setdefault(word.row, []).append(word)
    return list(rows.values())


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that overlap in height stand on one line; tall words first, so that raised digits join theirs."""
    rows: list[tuple[Word, list[Word]]] = []
    for word in sorted(words, key=lambda one: -one.height):
        for first, row in rows:
            overlap = min(first.bottom, word.bottom) - max(first.top, word.top)
            if first.page == word.page and overlap >= _SAME_LINE * min(first.height, word.height):
                row.append(word)
                break
        else:
            rows.append((word, [word]))
    rows.sort(key=lambda pair: (pair[0].page, pair[0].top))
    return [row for _, row in rows]


def _line(words: Sequence[Word]) -> Line:
    height = median(word.height for word in words)
    cells: list[list[Word]] = []
    for word in words:
        if cells and word.x0 - cells[-1][-1].x1 < _CELL_GAP * height:
            cells[-1].append(word)
        else:
            cells.append([word])
    return Line(tuple(map(_cell, cells)), is_recognised=bool(words[0].row))


def _cell(words: Sequence[Word]) -> Cell:
    text = words[0].text
    for before, word in pairwise(words):
        touches = word.x0 - before.x1 < _TOUCHING * before.height
        if touches and _is_raised(before, word):
            text += f"^{word.text}"
        else:
            text += word.text if touches and not word.row else f" {word.text}"
    return Cell(text, words[0].x0, words[-1].x1, min(word.sure for word in words))


def _is_raised(before: Word, word: Word) -> bool:
    """Whether a small number behind a ten stands higher: the exponent of a power."""
    small = word.height < _RAISED_SIZE * before.height
    return small and before.text.endswith("10") and before.bottom - word.bottom > _RAISED_BY * before.height
