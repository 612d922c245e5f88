"""What pictures are made of, measured in CSS pixels from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assistant.pictures.lettering import SMALLEST, text_width

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
