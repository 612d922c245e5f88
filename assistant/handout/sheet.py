"""What stands on the hand-out, part by part, before it becomes a page or a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a heading over what it holds. ``name`` is one of the parts of ``docs/architecture.md``, *Hand-out*.

    ``head``: the names of the columns of ``rows``. ``picture``: what is drawn (:mod:`assistant.pictures`).
    """

    name: str
    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.sentences or self.points or self.rows or self.picture)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page. ``lines`` stand below the title, ``footer`` at the end, in small print."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    footer: tuple[str, ...]
    language: str

    def part(self, name: str) -> Part | None:
        """The part of this name, None where there is nothing to say."""
        return next((part for part in self.parts if part.name == name), None)
