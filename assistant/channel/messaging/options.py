"""Buttons as a list in the text, answered by label or by word.

Labels are numbers, but letters while a number is asked for: "5" must stay a value then. A platform's own buttons need
no label; their words may be typed all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from assistant.channel.rendering import issued
from assistant.channel.tokens import Choice, join, split_payload
from hepb.questions import catalogue

MANY = "many"
BETWEEN = re.compile(r"(?:[\s,;.+&)]|\band\b)+", re.IGNORECASE)


@dataclass(frozen=True)
class Option:
    """What can be answered. ``label``: empty for a platform's own button. ``many``: several go together."""

    choice: Choice
    label: str = ""
    many: bool = False


def wants_number(message: Mapping[str, Any]) -> bool:
    """Tell whether a message asks for a number, so that a bare number is a value and no label."""
    numeric = {question.id for question in catalogue() if question.kind == "number"}
    return any(split_payload(choice.payload)[1].get("question") in numeric for choice in issued(message))


def options_of(messages: Sequence[Mapping[str, Any]], is_native: Iterable[bool]) -> list[tuple[Option, ...]]:
    """Return the options of each message of a turn; ``is_native`` tells which show the platform's own buttons.

    Labels run through the whole turn, so that each means one thing.
    """
    labels = iter(_letters() if any(wants_number(message) for message in messages) else _numbers())
    return [
        tuple(
            Option(choice, "" if native else next(labels), message.get("select") == MANY) for choice in issued(message)
        )
        for message, native in zip(messages, is_native, strict=True)
    ]


def answered(options: Sequence[Option], text: str) -> Choice | None:
    """Return what a typed answer chooses: the words of an option, or labels; None when it is no such answer."""
    words = _plain(text)
    meant = {option.choice for option in options if _plain(option.choice.title) == words}
    if len(meant) == 1:
        return meant.pop()
    labelled = {option.label.casefold(): option for option in options if option.label}
    labels = [part for part in BETWEEN.split(words) if part]
    chosen = [labelled[label] for label in dict.fromkeys(labels) if label in labelled]
    if not chosen or len(chosen) < len(set(labels)) or (len(chosen) > 1 and not all(item.many for item in chosen)):
        return None
    return join([item.choice for item in chosen])


def _plain(text: str) -> str:
    """Return a text as it is compared: small letters, no typographic apostrophes, nothing around it."""
    return text.replace("\u2019", "'").casefold().strip(" \t\n.!()")


def _numbers() -> Iterable[str]:
    number = 0
    while True:
        number += 1
        yield str(number)


def _letters() -> Iterable[str]:
    yield from ascii_uppercase
    for first in ascii_uppercase:
        yield from (first + second for second in ascii_uppercase)
