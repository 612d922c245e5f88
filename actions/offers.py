"""Questions offered as buttons: what else was asked, what else may have been meant, what a message may have meant."""

from __future__ import annotations

from actions.hearing import Heard
from actions.saying import Say

MOST_ANSWERED = 3
"""So many questions of one message are answered at once (:mod:`assistant.nlu.routing`)."""


def offers(message: Heard) -> tuple[Say, ...]:
    """Behind an answer: the questions beyond those answered, or what else may have been meant."""
    if not message.offers:
        return ()
    name = "utter_more_questions" if len(message.topics) >= MOST_ANSWERED else "utter_meant_something_else"
    return (Say(name, "answer", questions=message.offers),)


def which_one(message: Heard) -> tuple[Say, ...]:
    """In place of an answer: the questions that the message may ask."""
    return (Say("utter_which_question", "answer", questions=message.offers),) if message.offers else ()
