"""From a message of Rasa's to what a channel shows. Pure functions on dictionaries, shared by all channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.channel.tokens import Choice, split_payload
from assistant.pictures.picture import drawn

Sign = Callable[[Choice], str]

DEFAULT_SECTION, URGENT_SECTION = "answer", "urgent"
# Answers that belong to any question: none of the offered items, and "I don't know".
ALWAYS_OFFERED = frozenset({"none", "unknown"})
CHOOSE = "choose"


def render(message: Mapping[str, Any], sign: Sign) -> dict[str, Any] | None:
    """Return what to show of one message (``docs/architecture.md``, event ``message``), None when there is nothing.

    ``message`` is what ``BotUttered.message()`` gives: text, buttons, custom, and the key words that came along.
    """
    buttons = [
        {"title": choice.title, "choice": sign(choice), "alone": _stands_alone(choice.payload)}
        for choice in issued(message)
    ]
    text, card = message.get("text") or None, message.get("custom") or None
    if picture := message.get("picture"):
        card = drawn(picture)
    if not (text or card or buttons):
        return None
    return {
        "text": text,
        "section": section_of(message),
        "buttons": buttons,
        "select": message.get("select") or "one",
        "card": card,
        "response": message.get("utter_action"),
    }


def section_of(message: Mapping[str, Any]) -> str:
    """Return the section of a message of Rasa's."""
    return message.get("section") or (message.get("metadata") or {}).get("section") or DEFAULT_SECTION


def issued(message: Mapping[str, Any]) -> list[Choice]:
    """Return what the buttons of a message mean that a patient gets to see, in their order."""
    return [
        Choice(button["payload"], button["title"])
        for button in message.get("buttons") or ()
        if _is_offered(button["payload"], message.get("offered"))
    ]


def stored_message(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message of a stored ``bot`` event as :func:`render` takes it."""
    return {"text": event.get("text"), **(event.get("data") or {}), **(event.get("metadata") or {})}


def render_stored(event: Mapping[str, Any], sign: Sign) -> dict[str, Any] | None:
    """Return one line of the transcript for a stored ``user`` or ``bot`` event."""
    if event["event"] == "user":
        shown = (event.get("parse_data") or {}).get("shown")
        return {"from": "patient", "text": event.get("text") if shown is None else shown}
    rendered = render(stored_message(event), sign)
    return rendered and {"from": "assistant", **rendered}


def _stands_alone(payload: str) -> bool:
    """Tell whether a choice excludes all others of its question."""
    return bool(split_payload(payload)[1].keys() & ALWAYS_OFFERED)


def _is_offered(payload: str, offered: list[str] | None) -> bool:
    if not offered:
        return True
    intent, items = split_payload(payload)
    return intent != CHOOSE or bool(items.keys() & ALWAYS_OFFERED) or bool(items.keys() & set(offered))
