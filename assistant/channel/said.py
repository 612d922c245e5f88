"""What a patient said, as all channels take it in and hand it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channel.tokens import Choice

Send = Callable[[dict[str, Any]], None]
"""Takes one message of the assistant's."""


@dataclass(frozen=True)
class Said:
    """One message of a patient: what was typed, or what the pressed buttons mean together."""

    text: str
    choice: Choice | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON for the inbox."""
        return {"text": self.text, "choice": self.choice and [self.choice.payload, self.choice.title]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Said:
        """Return what :meth:`to_dict` wrote."""
        return cls(data["text"], Choice(*data["choice"]) if data["choice"] else None)


@dataclass(frozen=True)
class Taken:
    """A message that was taken in: whose it is, what it says, and its key in the inbox."""

    conversation: str
    said: Said
    key: str
