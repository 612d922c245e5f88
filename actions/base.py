"""Base of all actions: hear, answer, remember; and answer also when something breaks."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.another import worded
from actions.dialogue import Dialogue
from actions.follow_ups import meant
from actions.hearing import Heard, hear
from actions.progress import Progress
from actions.questions import asks
from actions.saying import Say, utter
from actions.taking import take_in
from actions.turn import Turn, go_on
from actions.what_if import what_if

logger = logging.getLogger(__name__)


class ConversationAction(Action, ABC):
    """Takes in every message not yet heard, then lets :meth:`respond` say what belongs to this intent.

    Whatever fails, the patient is answered, the slots stay as they were, and the message is heard again next time.
    """

    imagines: ClassVar[bool] = True
    """Whether a question that only imagines a value is answered in place of what :meth:`respond` says."""

    @abstractmethod
    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Return what is said and what is remembered. ``message`` is the newest one."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:  # noqa: ARG002 - the SDK's signature
        """Run the action for rasa-sdk."""
        try:
            turn = self._turn(tracker)
        except Exception as error:  # noqa: BLE001 - whatever it is, the patient is answered
            # The error itself may quote the patient, so only its kind and its place are logged.
            logger.error("%s failed: %s at %s", self.name(), type(error).__name__, _place(error))  # noqa: TRY400 - as said
            utter(dispatcher, [Say("utter_technical_problem", "notice")])
            return []
        says = worded(turn.says, turn.dialogue.person, turn.record)
        utter(dispatcher, says, tracker.get_slot("language"))
        return [SlotSet("record", turn.record), SlotSet("dialogue", turn.dialogue.to_slot())]

    def _turn(self, tracker: Tracker) -> Turn:
        dialogue = Dialogue.from_slot(tracker.get_slot("dialogue"))
        messages = hear(tracker.events, dialogue.heard_until, dialogue.heard_last)
        start = Progress(tracker.get_slot("record") or {}, dialogue, today=date.today())  # noqa: DTZ011 - the server's day
        newest = messages[-1] if messages else Heard("", "", dialogue.heard_until)
        progress = take_in(start, messages)
        if self.imagines and (imagined := what_if(progress, newest)):
            turn = go_on(progress, imagined)
            return replace(turn, dialogue=replace(turn.dialogue, last_topic=""))  # what follows is about the results
        turn = self.respond(progress, newest)
        return replace(turn, dialogue=replace(turn.dialogue, last_topic=_last_topic(progress, newest)))


def _last_topic(progress: Progress, message: Heard) -> str:
    """What the next "is that bad?" hangs on: the last question of the message, else that before unless results came."""
    said = message.topics[-1] if message.topics else message.intent
    topic = meant(said, progress) or ""
    if asks(topic):
        return topic
    return "" if progress.taken else progress.dialogue.last_topic


def _place(error: BaseException) -> str:
    """File and line where the error was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
