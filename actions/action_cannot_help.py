"""What was not understood. Also Rasa's core fallback: it answers once and reverts nothing."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ConversationAction
from actions.hearing import Heard
from actions.offers import which_one
from actions.progress import Progress
from actions.saying import Say
from actions.scripts import is_unread
from actions.turn import Turn, is_new, resume, step


class ActionCannotHelp(ConversationAction):
    """Says what the assistant can do, unless the message was a bare answer to the open question."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_cannot_help"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Take a bare answer as such; else ask which question was meant, or say so; then repeat the open question."""
        if is_new(progress):
            return step(progress)
        if questions := which_one(message):
            return resume(progress, questions)
        why = (Say("utter_english_only", "answer"),) if is_unread(message.text) else ()
        return resume(progress, (*why, Say("utter_cannot_help", "answer")))

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Run it, then listen: as core fallback it would otherwise be predicted again and again."""
        return [*super().run(dispatcher, tracker, domain), FollowupAction("action_listen")]
