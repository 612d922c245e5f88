"""After Rasa has answered thoughts of self-harm: keep the results for later, ask nothing."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.contacts import contact
from actions.hearing import Heard
from actions.progress import Progress
from actions.saying import Say
from actions.turn import Turn


class ActionAfterSelfHarm(ConversationAction):
    """Takes in values silently and offers to go on when the patient wants to."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_after_self_harm"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - the answer is already given
        """Offer to go on, if there is anything to go on with."""
        kept = progress.record or progress.dialogue.doubts
        call = tuple(contact("crisis_line", "urgent"))
        says = (Say("utter_kept_for_later", "notice"),) if kept else ()
        return Turn((*call, *says), progress.record, progress.dialogue)
