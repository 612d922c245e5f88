"""What a turn was about, for the event ``done`` and for ``hepb ask``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TOPICS = Path(__file__).resolve().parents[1] / "nlu" / "topics.yaml"


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
    """Return the summary of a message from its parse data."""
    intent = parsed["intent"].get("name")
    topics = parsed.get("topics") or [topic for topic in (topic_of_intent().get(intent),) if topic]
    return TurnSummary(
        intent=intent,
        confidence=round(float(parsed["intent"].get("confidence") or 0.0), 4),
        topics=tuple(topics),
        urgent=_kind(parsed.get("urgent")),
    )


@cache
def topic_of_intent() -> dict[str, str | None]:
    """Return the topic id of each intent, from ``assistant/nlu/topics.yaml``."""
    groups = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    return {intent: topic for intents in groups.values() for intent, topic in intents.items()}


def _kind(urgent: Any) -> str | None:
    """Return the kind out of the message key ``urgent``: a kind, a sign (``{"kind": ...}``), a list of signs."""
    if isinstance(urgent, list | tuple):
        kinds = [_kind(sign) for sign in urgent]
        return kinds[0] if kinds else None
    if isinstance(urgent, Mapping):
        return urgent.get("kind")
    return urgent or None
