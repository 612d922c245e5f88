"""Questions of patients by their intents: what answers them, and what offers them as buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hepb.yaml_files import parse_yaml

TITLES = Path(__file__).parents[1] / "data" / "responses" / "question_titles.yml"
ASK = "ask"
"""The item of a button that asks a question: its value is an intent."""
NEXT_TEST = "next_test"
ANSWERS = {"express_distress": "utter_answer_distress"}
"""Intents whose answer is not named after them."""


def answer_to(intent: str) -> str:
    """The response that answers an intent: ``utter_answer_<name>`` for questions, else ``utter_<intent>``."""
    name = intent.removeprefix("ask_")
    return ANSWERS.get(intent) or (f"utter_answer_{name}" if name != intent else f"utter_{intent}")


def is_general(response: str) -> bool:
    """Whether a response is the answer to a question that holds for everybody."""
    return response.startswith("utter_answer_")


def question_of(intent: str) -> str:
    """The response that holds the words of a button that asks this."""
    return f"utter_question_{intent.removeprefix('ask_')}"


def title_of(intent: str, language: str | None = None) -> str:
    """The words of a button that asks this, in the patient's language where they are written in it."""
    variations = _titles()[question_of(intent)]
    wanted = {"type": "slot", "name": "language", "value": language}
    spoken = next((item for item in variations if wanted in item.get("condition", ())), None)
    plain = next(item for item in variations if "condition" not in item)
    return str((spoken or plain)["text"])


def can_be_asked(intent: str) -> bool:
    """Whether an intent is a question with an answer, so that a button can offer it."""
    return question_of(intent) in _titles()


@cache
def _titles() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The responses of the buttons: Rasa sends no domain with a call, and their words are no message of their own."""
    return parse_yaml(TITLES.read_text("utf8"), TITLES.name)["responses"]


def asks(intent: str) -> bool:
    """Whether an intent asks something by itself."""
    return intent.startswith("ask_") or intent in ANSWERS or intent == NEXT_TEST
