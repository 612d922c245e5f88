"""What an action wants to say: names of responses, never words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.facts import values_for
from actions.printing import in_a_row
from actions.questions import ASK, title_of

RESERVED = frozenset(
    {"text", "image", "custom", "buttons", "elements", "attachment", "template", "response", "tracker", "utter_action",
     "output_channel", "quick_replies", "metadata", "section", "offered", "select", "picture"}
)  # fmt: skip
"""Keyword arguments that have a meaning of their own for Rasa or the channel: no placeholder may be named so."""


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the patient.

    ``response``: key in ``data/responses``. ``section``: group of bubbles (``docs/architecture.md``).
    ``values``: its placeholders, ready to print, or several names in a row. ``offered``: items whose buttons are
    shown, all when empty. ``select``: ``many`` makes a checklist of the buttons. ``questions``: intents that buttons
    offer, in their order; the words on them are those of ``utter_question_<name>``. ``picture``: what the channel
    draws in place of words (:mod:`actions.pictures`).
    """

    response: str
    section: str
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    select: str = ""
    questions: tuple[str, ...] = ()
    picture: Mapping[str, Any] | None = None


def utter(dispatcher: CollectingDispatcher, says: Iterable[Say], language: str | None = None) -> None:
    """Send the messages in order, names in a row as ``language`` does it.

    Empty arguments are left out, so that the channel sees only what means something.
    """
    for say in says:
        extra: dict[str, object] = {"section": say.section, **filled(say, language)}
        if say.offered:
            extra["offered"] = list(say.offered)
        if say.select:
            extra["select"] = say.select
        if say.picture:
            extra["picture"] = {**say.picture, "language": language}
        if say.questions:
            extra["buttons"] = [_button(intent, language) for intent in say.questions]
        dispatcher.utter_message(response=say.response, **extra)


def filled(say: Say, language: str | None) -> dict[str, str]:
    """The placeholders of a message: those that are the same for every patient, then its own, ready to print."""
    values = {
        name: in_a_row(value, language) if isinstance(value, tuple) else value for name, value in say.values.items()
    }
    return {**values_for(say.response), **values}


def _button(intent: str, language: str | None) -> dict[str, str]:
    """A button that asks a question: it belongs to no open one, so its payload names none."""
    return {"title": title_of(intent, language), "payload": f"/choose{json.dumps({ASK: intent})}"}
