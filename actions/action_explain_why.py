"""A bare "why?": about the open question, or about the answer given."""

from __future__ import annotations

from actions import answer
from actions.base import ConversationAction
from actions.hearing import Heard
from actions.progress import DOUBT, Progress
from actions.saying import Say
from actions.turn import Turn, assessed, go_on
from hepb.loader import knowledge
from hepb.questions import spoken


class ActionExplainWhy(ConversationAction):
    """Explains the question that is open, else the reasons for the answer."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_explain_why"

    def respond(self, progress: Progress, message: Heard) -> Turn:  # noqa: ARG002 - a bare "why?" says no more
        """Say why, then take up the thread."""
        pending = progress.dialogue.pending
        if pending and pending != DOUBT:
            return go_on(progress, (Say(f"utter_why_ask_{spoken(pending)}", "answer"),))
        if progress.dialogue.answered:
            core, result = assessed(progress)
            if reasons := tuple(answer.why(core, result, knowledge())):
                return go_on(progress, reasons)
        return go_on(progress, (Say("utter_nothing_to_explain", "answer"),))
