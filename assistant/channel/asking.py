"""Buttons that ask a question: ``/choose{"ask": "ask_alcohol"}``."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.nlu.topics import is_answerable

ASK = "ask"


def questions_of(items: Mapping[str, object]) -> list[str]:
    """The intents that the items of a button ask; none for one that this version no longer answers.

    A signed button outlives the version that made it, so its intent is looked up in ``topics.yaml``.
    """
    asked = items.get(ASK)
    return [asked] if isinstance(asked, str) and is_answerable(asked) else []
