"""A picture as shapes, and the canvas on which it is put together. Nothing here knows what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.pictures.lettering import LEADING, SMALLEST, wrap
from assistant.pictures.shapes import Area, Shape, Text, rect


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
