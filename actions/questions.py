"""Questions of patients by their intents: what answers them, and what offers them as buttons."""

from __future__ import annotations

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


def asks(intent: str) -> bool:
    """Whether an intent asks something by itself."""
    return intent.startswith("ask_") or intent in ANSWERS or intent == NEXT_TEST
