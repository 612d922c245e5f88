"""What a turn was about, for the event ``done`` and for ``hepb ask``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.nlu.topics import contract_topic


@dataclass(frozen=True)
class TurnSummary:
    """Intent and confidence (0 to 1) of the classifier, topic ids in order, and the kind of urgency if any."""

    intent: str | None = None
    confidence: float = 0.0
    topics: tuple[str, ...] = ()
    urgent: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {**asdict(self), "topics": list(self.topics)}


def summarise(parsed: Mapping[str, Any]) -> TurnSummary:
    """Return the summary of a message from its parse data, whose ``topics`` are the intents of its questions."""
    intent = parsed["intent"].get("name")
    asked = [contract_topic(name) for name in parsed.get("topics") or [intent]]
    return TurnSummary(
        intent=intent,
        confidence=round(float(parsed["intent"].get("confidence") or 0.0), 4),
        topics=tuple(dict.fromkeys(topic for topic in asked if topic)),
        urgent=parsed.get("urgent"),
    )
