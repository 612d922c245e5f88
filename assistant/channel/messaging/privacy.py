"""What of a message may go to the dialogue where results are not read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from assistant.channel.tokens import Choice, split_payload
from assistant.nlu.topics import intent_topics, is_answerable

OWN_RESULTS = "flow"
"""The topic file whose intents are about the patient's own results."""
CHOOSE, ASK = "choose", "ask"
CONSENT, AGREE = "consent", "agree"
LEFT_OUT = "(left out)"
"""Kept in place of a text that holds results."""


class Results(Enum):
    """Whether a channel reads results: never (general education only), or after the person agreed."""

    NEVER = "never"
    AFTER_CONSENT = "after_consent"


def consent_choice(title: str, *, agree: bool) -> Choice:
    """Return what a button of the question for consent means; the channel itself takes it in."""
    return Choice(f'/{CONSENT}{{"{AGREE}": {str(agree).lower()}}}', title)


def agreed(choice: Choice | None) -> bool | None:
    """Return the answer to the question for consent, None for any other choice."""
    if choice is None:
        return None
    intent, items = split_payload(choice.payload)
    return bool(items.get(AGREE)) if intent == CONSENT else None


def is_personal(parsed: Mapping[str, Any]) -> bool:
    """Tell whether a message is about the sender's own results or state, so that it does not go on as it is."""
    if parsed["intent"]["name"] == CHOOSE:
        return ASK not in split_payload(parsed["text"])[1]
    return bool(_findings(parsed)) or _is_own(parsed["intent"]["name"])


def holds_results(parsed: Mapping[str, Any]) -> bool:
    """Tell whether a message gives test results; a condition alone ("I am pregnant") only colours a question."""
    return any(finding["kind"] == "marker" for finding in _findings(parsed))


def without_results(parsed: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the message with its general questions only, its words left out; None when nothing is left.

    An urgent message keeps its urgency.
    """
    left = {**parsed, "reading": {"findings": []}, "text": LEFT_OUT, "shown": LEFT_OUT}
    topics = [topic for topic in parsed.get("topics") or () if is_answerable(topic) and not _is_own(topic)]
    left["topics"] = topics
    left["offers"] = [topic for topic in parsed.get("offers") or () if not _is_own(topic)]
    if parsed.get("urgent"):
        return left
    if parsed["intent"]["name"] == CHOOSE or not topics:
        return None
    return {**left, "intent": {**parsed["intent"], "name": topics[0]}}


def _is_own(intent: str) -> bool:
    entry = intent_topics().get(intent)
    return entry is not None and entry.file == OWN_RESULTS


def _findings(parsed: Mapping[str, Any]) -> list[Any]:
    return (parsed.get("reading") or {}).get("findings") or []
