"""After Rasa has sent the answer to urgent signs: take in what else was said, offer to go on."""

from __future__ import annotations

from actions.base import ConversationAction
from actions.contacts import contact
from actions.hearing import Heard
from actions.progress import Progress
from actions.saying import Say
from actions.turn import Turn, is_new, pause


class ActionAfterUrgent(ConversationAction):
    """Keeps the thread without pushing it before the emergency."""

    imagines = False

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_after_urgent"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - the urgent answer is already given
        """Say whom to call, that everything is kept, and offer to go on; nothing is asked."""
        call = tuple(contact("emergency", "urgent"))
        if is_new(progress) or progress.dialogue.pending:
            return pause(progress, (*call, Say("utter_after_urgent", "notice")))
        return Turn(call, progress.record, progress.dialogue)
