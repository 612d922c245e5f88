"""Letters in pictures: their fonts, how wide a text is, and its lines. Measured in CSS pixels."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Vera", "VeraBd"
"""Fonts that come with reportlab: wide ones, so that a text measured with them is no wider in a reader's own font."""
SMALLEST = 14
"""Pixels: no text is smaller."""
LEADING = 1.3


@lru_cache(4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text, in pixels."""
    register_fonts()
    return pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size)


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab, once."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines that are no wider than ``width``; a word that is too long is broken."""
    lines: list[str] = []
    for piece in (piece for word in text.split() for piece in _pieces(word, size, width, bold=bold)):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _pieces(word: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    while len(word) > 1 and text_width(word, size, bold=bold) > width:
        fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or text_width(word[:n], size, bold=bold) <= width)
        yield word[:fits]
        word = word[fits:]
    yield word
