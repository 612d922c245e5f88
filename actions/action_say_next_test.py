"""When to test again."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.next_steps import next_steps
from actions.saying import Say
from actions.taking import Progress
from actions.turn import Turn, assessed, go_on
from hepb.loader import knowledge


class ActionSayNextTest(ConversationAction):
    """Says the next step and the intervals for this patient, or in general where nothing is known yet."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_say_next_test"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - the answer depends on the record
        """Say it, then take up the thread."""
        if progress.dialogue.answered:
            _, result = assessed(progress)
            return go_on(progress, tuple(next_steps(result, knowledge())))
        return go_on(progress, (Say("utter_answer_next_test", "answer"),))
