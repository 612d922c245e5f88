"""After Rasa has answered thoughts of self-harm: keep the results for later, ask nothing, lose no alarm."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.contacts import contact
from actions.hearing import Heard
from actions.progress import Progress
from actions.saying import Say
from actions.turn import Turn, assessed, new_alarms


class ActionAfterSelfHarm(ConversationAction):
    """Takes in values, says only what needs care today, and offers to go on when the patient wants to."""

    imagines = False

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_after_self_harm"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - the answer is already given
        """Offer to go on, if there is anything to go on with."""
        kept = progress.record or progress.dialogue.doubts
        call = tuple(contact("crisis_line", "urgent"))
        says = (Say("utter_kept_for_later", "notice"),) if kept else ()
        alarms, dialogue = new_alarms(*assessed(progress), progress.dialogue)
        return Turn((*call, *alarms, *says), progress.record, dialogue)
