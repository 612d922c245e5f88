"""Results, buttons and replies to a question: on to the next question or the answer."""

from __future__ import annotations

from dataclasses import replace

from actions.answering import FROM_THE_RECORD, answers, first_steps, go_on_behind
from actions.base import ConversationAction
from actions.follow_ups import meant
from actions.hearing import Heard
from actions.offers import offers
from actions.progress import Progress
from actions.questions import NEXT_TEST, is_general
from actions.saying import Say
from actions.scripts import is_partly_unread, is_unread
from actions.situations import told
from actions.turn import Turn, assessed, is_new, resume, step


class ActionTakeResults(ConversationAction):
    """Says what was understood, answers the questions in the same message, and asks the next question, or answers."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_take_results"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Go one step on; say so when nothing could be read."""
        if message.choice is not None and message.topics:
            return go_on_behind(progress, answers(message.topics, progress), message.topics)
        now = [topic for topic in message.topics if meant(topic, progress) != NEXT_TEST]  # left to the final answer
        steps = first_steps(progress) if len(now) < len(message.topics) else ()
        asked = (*steps, *answers(now, progress), *offers(message))
        before = progress.dialogue.explained
        new = tuple(say for say in asked if say.response not in before)
        explained = (*before, *(say.response for say in new if is_general(say.response)))
        progress = replace(progress, dialogue=replace(progress.dialogue, explained=explained))
        if progress.closed and not is_new(progress):
            return resume(progress, (Say("utter_choice_closed", "notice"),))
        if asked and FROM_THE_RECORD.isdisjoint(now) and _took_no_result(progress):
            return Turn(asked, progress.record, progress.dialogue)
        if is_new(progress) or message.choice is not None:
            partly = message.findings and is_partly_unread(message.text)
            return step(progress, (*((Say("utter_english_only_in_part", "notice"),) if partly else ()), *new))
        if message.intent == "provide_results":
            why = (Say("utter_english_only", "answer"),) if is_unread(message.text) else ()
            return resume(progress, (*why, *(asked or (Say("utter_no_value_read", "answer"),))))
        known = progress.dialogue.answered or progress.record
        said = "utter_anything_else" if known else "utter_nothing_yet"
        return resume(progress, (Say(said, "answer"),))


def _took_no_result(progress: Progress) -> bool:
    """Whether the message told no result ("my son is 5"), none is known, and no situation asks for more than an answer.

    Beside its answer the question for HBsAg would come out of nowhere.
    """
    waiting = progress.record.get("observations") or progress.dialogue.doubts or progress.dialogue.pending
    return not waiting and bool(progress.taken) and told(assessed(progress)[1]) <= {"child"}
