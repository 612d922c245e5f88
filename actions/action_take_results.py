"""Results, buttons and replies to a question: on to the next question or the answer."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.saying import Say
from actions.taking import Progress
from actions.turn import Turn, is_new, resume, step


class ActionTakeResults(ConversationAction):
    """Says what was understood and asks the next question, or answers."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_take_results"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Go one step on; say so when nothing could be read."""
        if is_new(progress) or message.choice is not None:
            return step(progress)
        if message.intent == "provide_results":
            return resume(progress, (Say("utter_no_value_read", "answer"),))
        said = "utter_anything_else" if progress.dialogue.answered else "utter_nothing_yet"
        return resume(progress, (Say(said, "answer"),))
