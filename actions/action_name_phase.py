"""The phase and the question of treatment, answered from the patient's own record."""

from __future__ import annotations

from actions.answering import answers, from_results
from actions.base import ConversationAction
from actions.hearing import Heard
from actions.offers import offers
from actions.progress import Progress
from actions.turn import Turn


class ActionNamePhase(ConversationAction):
    """Goes on with what is known, or invites results where there are none."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_name_phase"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Answer what else was asked, then ask the next question or answer."""
        asked = {message.intent, *message.topics}
        return from_results(progress, (*answers(message.topics, progress), *offers(message)), asked)
