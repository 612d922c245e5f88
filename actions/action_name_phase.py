"""The phase and the question of treatment, answered from the patient's own record."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.saying import Say
from actions.taking import Progress
from actions.turn import Turn, step


class ActionNamePhase(ConversationAction):
    """Goes on with what is known, or invites results where there are none."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_name_phase"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - the same for both questions
        """Ask the next question or answer."""
        if progress.record or progress.dialogue.doubts:
            return step(progress)
        return Turn((Say("utter_invite_results", "answer"),), progress.record, progress.dialogue)
