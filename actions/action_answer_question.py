"""Questions and small talk: the answer of the intent, then the thread is taken up again."""

from __future__ import annotations

from actions.answering import answers, go_on_behind
from actions.base import ConversationAction
from actions.follow_ups import follow_ups
from actions.hearing import Heard
from actions.offers import offers
from actions.progress import Progress
from actions.questions import answer_to, asks
from actions.saying import Say
from actions.turn import Turn, step


class ActionAnswerQuestion(ConversationAction):
    """Answers a question out of its response."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer_question"

    def respond(self, progress: Progress, message: Heard) -> Turn:
        """Answer; but a bare "96" that was taken for a question is an answer to ours."""
        if progress.settled and not message.findings:
            return step(progress)
        asked = tuple(dict.fromkeys((message.intent, *message.topics)))
        is_talk = not asks(message.intent) and message.intent not in follow_ups()
        talk = (Say(answer_to(message.intent), "answer"),) if is_talk else ()
        return go_on_behind(progress, (*talk, *answers(asked, progress), *offers(message)), asked)
