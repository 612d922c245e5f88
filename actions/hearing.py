"""What the patient has said since an action last listened.

A message whose action failed (the action server was down or slow) is still in the tracker, so it is heard here
with the next one and nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CHOICE_PREFIX = "/choose"


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the patient.

    ``findings``: what the reading found, as plain dicts (``hepb.reading.Finding.to_dict``).
    ``choice``: the payload of one of our buttons, None for a typed message. ``timestamp``: seconds, of the tracker.
    ``topics``: intents of the questions in the message, in order. ``offers``: intents of further questions to offer,
    best first. ``signs``: ids of its urgent signs.
    ``message_id``: Rasa's. ``imagined``: what its question only imagines (``hepb.reading.what_if.Imagined``), as plain
    JSON.
    """

    intent: str
    text: str
    timestamp: float
    message_id: str = ""
    findings: tuple[dict[str, Any], ...] = ()
    choice: Mapping[str, Any] | None = None
    topics: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    imagined: Mapping[str, Any] | None = None


def hear(events: Iterable[Mapping[str, Any]], heard_until: float, heard_last: str = "") -> tuple[Heard, ...]:
    """Every message of the patient that is newer than the last one heard, oldest first.

    That one is known by its id ``heard_last``; where it is no longer there, by its time stamp ``heard_until``.
    """
    said = [_heard(event) for event in events if event.get("event") == "user" and event.get("text")]
    ids = [message.message_id for message in said]
    if heard_last and heard_last in ids:
        return tuple(said[ids.index(heard_last) + 1 :])
    return tuple(message for message in said if message.timestamp > heard_until)


def _heard(event: Mapping[str, Any]) -> Heard:
    parsed = event.get("parse_data") or {}
    reading = parsed.get("reading") or {}
    text = str(event["text"])
    return Heard(
        intent=(parsed.get("intent") or {}).get("name") or "",
        text=text,
        timestamp=float(event.get("timestamp") or 0.0),
        message_id=event.get("message_id") or "",
        findings=tuple(reading.get("findings") or ()),
        choice=_choice(text),
        topics=tuple(parsed.get("topics") or ()),
        offers=tuple(parsed.get("offers") or ()),
        signs=tuple(parsed.get("urgent_signs") or ()),
        imagined=reading.get("imagined"),
    )


def _choice(text: str) -> dict[str, Any] | None:
    if not text.startswith(CHOICE_PREFIX):
        return None
    try:
        payload = json.loads(text.removeprefix(CHOICE_PREFIX))
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}
