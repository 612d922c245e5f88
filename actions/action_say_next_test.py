"""When to test again."""

from __future__ import annotations

from actions.answering import answers, go_on_behind
from actions.base import ConversationAction
from actions.hearing import Heard
from actions.offers import offers
from actions.progress import Progress
from actions.turn import Turn


class ActionSayNextTest(ConversationAction):
    """Says the next step and the intervals for this patient, or in general where nothing is known yet."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_say_next_test"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Say it and what else was asked, then take up the thread."""
        asked = tuple(dict.fromkeys((message.intent, *message.topics)))
        return go_on_behind(progress, (*answers(asked, progress), *offers(message)), asked)
