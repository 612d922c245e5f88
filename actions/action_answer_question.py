"""Questions and small talk: the answer of the intent, then the thread is taken up again."""

from __future__ import annotations

from collections.abc import Iterable

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.personal import personal
from actions.saying import Say
from actions.taking import Progress
from actions.turn import Turn, go_on, is_new, step

ANSWERS = {"express_distress": "utter_answer_distress"}
"""Intents whose answer is not named after them."""
LEAVES_THE_THREAD = frozenset({"goodbye", "correct_value", "express_distress"})
"""After these the open question is not repeated: it waits until the patient goes on."""


def answer_to(intent: str) -> str:
    """The response that answers an intent: ``utter_answer_<topic>`` for questions, else ``utter_<intent>``."""
    name = intent.removeprefix("ask_")
    return ANSWERS.get(intent) or (f"utter_answer_{name}" if name != intent else f"utter_{intent}")


def answers_to(intents: Iterable[str]) -> tuple[Say, ...]:
    """The answers to several questions, in their order."""
    return tuple(Say(answer_to(intent), "answer") for intent in intents if is_question(intent))


def is_question(intent: str) -> bool:
    """Whether an intent asks something that a response answers."""
    return intent.startswith("ask_") or intent in ANSWERS


class ActionAnswerQuestion(ConversationAction):
    """Answers a question out of its response."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer_question"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Answer; but a bare "96" that was taken for a question is an answer to ours."""
        if progress.settled and not message.findings:
            return step(progress)
        others = [intent for intent in message.topics if intent != message.intent]
        says = (Say(answer_to(message.intent), "answer"), *answers_to(others))
        says += tuple(personal((message.intent, *others), progress))
        if message.intent in LEAVES_THE_THREAD and not is_new(progress):
            return Turn(says, progress.record, progress.dialogue)
        return go_on(progress, says)
