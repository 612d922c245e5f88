"""What the course of a person's results is, and its JSON form (``docs/contract.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened between ``start`` and ``end``; a day is None where nobody gave one.

    ``values``: the results as they were given, before and after; the highest one where it lasted. ``now``: whether
    the newest result still shows it. ``confidence``: that of the rule.
    """

    name: str
    marker: str
    start: date | None
    end: date | None
    values: tuple[str, ...]
    now: bool
    confidence: str

    @property
    def text(self) -> str:
        """The event in one line, for a clinician."""
        days = " - ".join(day.isoformat() if day else "?" for day in dict.fromkeys((self.start, self.end)))
        return f"{self.marker} {' -> '.join(self.values)} ({days})"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "event": self.name,
            "marker": self.marker,
            "from": _iso(self.start),
            "to": _iso(self.end),
            "values": list(self.values),
            "now": self.now,
            "confidence": self.confidence,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase from the first to the last day on which results showed it, with no other phase seen between."""

    start: date
    end: date
    phase: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"from": _iso(self.start), "to": _iso(self.end), "phase": self.phase}


@dataclass(frozen=True, slots=True)
class Course:
    """Events and phases in the order of time. ``moving``: the phase left and the one that the results move to.

    ``missing``: what would tell more: ``dates:MARKER`` where the order of results is open and matters, and markers.
    """

    events: tuple[Event, ...] = ()
    phases: tuple[Stretch, ...] = ()
    moving: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()

    def has(self, event: str) -> bool:
        """Whether an event goes on or its outcome still stands."""
        return any(item.name == event and item.now for item in self.events)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "events": [event.to_dict() for event in self.events],
            "phases": [stretch.to_dict() for stretch in self.phases],
            "moving": list(self.moving) if self.moving else None,
            "missing": list(self.missing),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
