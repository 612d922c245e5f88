"""A button's words, typed: "copes" where a button says "The liver still copes"."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from actions.words import without_small_words
from hepb.yaml_files import parse_yaml

RESPONSES = Path(__file__).parents[1] / "data" / "responses"
FILES = ("flow.yml", "questions.yml")
"""Where the questions with buttons stand: Rasa sends no domain with a call."""
_BARE = frozenset({"question", "unknown", "confirm", "none"})
"""Buttons with nothing else say "I don't know" or "none of these", which replies say in many words."""
_SHORTEST = 4
"""Letters of a word that can tell one button from the others."""


def typed(response: str, text: str) -> dict[str, Any] | None:
    """The payload of the one button of ``response`` whose words ``text`` is made of; None where there is none.

    One of the words must stand on that button alone.
    """
    said = _words(without_small_words(text))
    if not said or "?" in text:
        return None
    titles = {button["payload"]: _words(button["title"]) for button in _buttons(response)}
    fitting = [payload for payload, title in titles.items() if all(_among(word, title) for word in said)]
    if len(fitting) != 1:
        return None
    others = [word for payload, title in titles.items() if payload != fitting[0] for word in title]
    telling = [word for word in said if len(word) >= _SHORTEST and not _among(word, others)]
    payload: dict[str, Any] = json.loads(fitting[0].removeprefix("/choose"))
    items = {name: value for name, value in payload.items() if name not in _BARE}
    return items if telling and items else None


def _among(word: str, title: Sequence[str]) -> bool:
    """Whether a word stands in a title, in whatever form ("cope", "copes")."""
    return any(word == other or (min(len(word), len(other)) >= _SHORTEST and _alike(word, other)) for other in title)


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _buttons(response: str) -> Sequence[Mapping[str, str]]:
    variations = _responses().get(response, ())
    plain = next((item for item in variations if "condition" not in item), {})
    return plain.get("buttons", ())


@cache
def _responses() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    files = (RESPONSES / name for name in FILES)
    return {
        name: variations
        for file in files
        for name, variations in parse_yaml(file.read_text("utf8"), file.name)["responses"].items()
    }
