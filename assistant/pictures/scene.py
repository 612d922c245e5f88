"""A picture as shapes, measured in CSS pixels from the top left corner. Nothing here knows what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Vera", "VeraBd"
"""Fonts that come with reportlab: wide ones, so that a text measured with them is no wider in a reader's own font."""
SMALLEST = 14
"""Pixels: no text is smaller."""
LEADING = 1.3
_ASCENT, _DESCENT = 0.95, 0.25
"""Shares of the size that a line of text takes above and below its base line."""


class Area(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """An SVG element other than text. ``role`` gives its colours (:mod:`assistant.pictures.style`)."""

    element: str
    role: str
    at: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Text:
    """One line. ``x``, ``y``: its anchor on the base line. ``anchor``: ``start``, ``middle`` or ``end``.

    ``ground``: the role of what lies behind it.
    """

    x: float
    y: float
    text: str
    role: str = "ink"
    size: float = SMALLEST
    anchor: str = "start"
    bold: bool = False
    ground: str = "card"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle that it takes: left, top, right, bottom."""
        wide = text_width(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * wide
        return left, self.y - _ASCENT * self.size, left + wide, self.y + _DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture. ``title`` and ``description`` say it in words."""

    width: float
    height: float
    title: str
    description: str
    parts: tuple[Shape | Text, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """The lines of text in it."""
        return tuple(part for part in self.parts if isinstance(part, Text))


@dataclass
class Canvas:
    """Where a painter puts shapes, from top to bottom: ``y`` is where the next one begins."""

    width: float
    margin: float
    y: float = 0.0
    parts: list[Shape | Text] = field(default_factory=list)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def add(self, *parts: Shape | Text) -> None:
        """Put shapes on top of those that are there."""
        self.parts += parts

    def paragraph(self, text: str, *, role: str = "ink", size: float = SMALLEST, bold: bool = False) -> None:
        """Wrapped lines over the whole width at ``y``, which moves below them."""
        for line in wrap(text, size, self.inner, bold=bold):
            self.add(Text(self.margin, self.y + size, line, role, size, bold=bold))
            self.y += size * LEADING

    def scene(self, title: str, description: str) -> Scene:
        """The finished picture, on a card."""
        height = self.y + self.margin
        card = rect("card", Area(0.5, 0.5, self.width - 1, height - 1), radius=8)
        return Scene(self.width, height, title, description, (card, *self.parts))


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


def rect(role: str, area: Area, *, radius: float = 0) -> Shape:
    """A rectangle."""
    return Shape("rect", role, {**area._asdict(), "rx": radius})


def line(role: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """A straight line."""
    return Shape("line", role, {"x1": x1, "y1": y1, "x2": x2, "y2": y2})


def circle(role: str, x: float, y: float, radius: float) -> Shape:
    """A circle around a point."""
    return Shape("circle", role, {"cx": x, "cy": y, "r": radius})


def path(role: str, d: str) -> Shape:
    """A path in the notation of SVG."""
    return Shape("path", role, {"d": d})


def polygon(role: str, points: Iterable[tuple[float, float]]) -> Shape:
    """A closed figure."""
    return path(role, "M" + " L".join(f"{x:.5g},{y:.5g}" for x, y in points) + " Z")


def hatch(role: str, area: Area, step: float = 9) -> Shape:
    """Diagonal lines in a rectangle: a pattern for those who do not see its colour."""
    x, y, width, height = area
    strokes, offset = [], step
    while offset < width + height:
        start = f"{x + max(0.0, offset - height):.1f},{y + min(offset, height):.1f}"
        strokes.append(f"M{start} L{x + min(offset, width):.1f},{y + max(0.0, offset - width):.1f}")
        offset += step
    return path(role, " ".join(strokes))
