"""The patient wants an answer with what is known so far."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.progress import Progress
from actions.saying import Say
from actions.turn import Turn, step


class ActionAnswerNow(ConversationAction):
    """Answers at once, whatever is still open."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer_now"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - no matter how it was said
        """Give the final answer, if there is anything to answer from."""
        if progress.record:
            return step(progress, answer_now=True)
        return Turn((Say("utter_nothing_yet", "answer"),), progress.record, progress.dialogue)
