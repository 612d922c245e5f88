"""What answers the questions of a message, and how the conversation goes on behind the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from actions.bound_answers import fitting, own_result
from actions.contacts import contact
from actions.follow_ups import VERDICT, follow_ups, meant
from actions.next_steps import next_steps
from actions.personal import after, before, own_value
from actions.progress import Progress
from actions.questions import NEXT_TEST, answer_to, asks, can_be_asked
from actions.saying import Say
from actions.situations import in_place_of
from actions.turn import Turn, assessed, go_on, is_new, resume, step
from actions.verdict import short_answer, verdict
from hepb.loader import knowledge

CONTACTS: Mapping[str, tuple[str, ...]] = {
    "ask_which_doctor": ("clinic",),
    "ask_whom_to_call": ("clinic", "emergency"),
    "ask_violence": ("emergency",),
}
"""Questions whose answers end with whom the clinic names in ``clinic.yml``."""
FROM_THE_RECORD = frozenset({"ask_my_phase", "ask_treat_now"})
"""Questions that the final answer answers."""
TOLD: Mapping[str, str] = {"ask_normal_alt": "utter_normal_alt_told"}
"""Answers that ask for the patient's own result and sex, in the words for who has told both."""
NEWLY_DIAGNOSED = "ask_newly_diagnosed"
_INFECTED = "utter_because_HBsAg_positive"
LEAVES_THE_THREAD = frozenset(
    {"goodbye", "correct_value", "express_distress", "ask_shame", "ask_fear_of_future", "ask_tell_family",
     "ask_support", "ask_violence"}
)  # fmt: skip
"""After these the open question is not repeated: it waits until the patient goes on."""


def answers(intents: Iterable[str], progress: Progress) -> tuple[Say, ...]:
    """The answers in the order of the questions, the person's own values before each; no answer to small talk.

    What the final answer says is left to it.
    """
    wanted = (intent for intent in intents if asks(intent) or intent in follow_ups())
    asked = tuple(dict.fromkeys(meant(intent, progress) for intent in wanted))
    says: list[Say] = []
    for intent in asked:
        if intent is None:
            says.append(Say("utter_which_is_meant", "answer"))
        elif intent == NEXT_TEST:
            says += next_test(progress)
        elif intent == VERDICT:
            says += verdict(progress)
        elif intent not in FROM_THE_RECORD:
            says += [say for say in answer(intent, progress) if say not in says]
    return (*says, *after(asked, progress))


def answer(intent: str, progress: Progress) -> Iterator[Say]:
    """The person's own values, then the answer; where it holds for another sign only, what stands in its place."""
    meant_by = fitting(intent, progress)
    if meant_by != (intent,) and (marker := own_result(intent)):
        yield from own_value(marker, progress)
    for question in meant_by:
        own = tuple(before(question, progress))
        yield from own
        told = TOLD.get(question) if own and progress.record.get("sex") else None
        yield Say(told or answer_to(question), "answer")
        yield from (say for kind in CONTACTS.get(question, ()) for say in contact(kind, "answer"))


def next_test(progress: Progress) -> tuple[Say, ...]:
    """The next step and the intervals for this patient, or in general where nothing is known yet."""
    if progress.dialogue.answered:
        return tuple(next_steps(assessed(progress)[1], knowledge()))
    return (Say("utter_answer_next_test", "answer"),)


def first_steps(progress: Progress) -> tuple[Say, ...]:
    """What to do after a positive test, while no answer stands; nothing where no infection was told."""
    newly = fitting(NEWLY_DIAGNOSED, progress) if can_be_asked(NEWLY_DIAGNOSED) else ()
    infected = any(say.response == _INFECTED for say in own_value("HBsAg", progress)) if newly else False
    return (Say(answer_to(NEWLY_DIAGNOSED), "answer"),) if infected and not progress.dialogue.answered else ()


def go_on_behind(progress: Progress, says: tuple[Say, ...], asked: Sequence[str]) -> Turn:
    """Behind the answers to ``asked``: the results where they were asked for, else the thread, if it is not left."""
    questions = {meant(intent, progress) for intent in asked}
    if not FROM_THE_RECORD.isdisjoint(questions):
        return from_results(progress, says, questions)
    if progress.record and not is_new(progress):
        says = tuple(in_place_of(says, assessed(progress)[1], knowledge(), ()))
    if not LEAVES_THE_THREAD.isdisjoint(asked) and not is_new(progress):
        return Turn(says, progress.record, progress.dialogue)
    return go_on(progress, says)


def from_results(progress: Progress, says: tuple[Say, ...], asked: Collection[str | None]) -> Turn:
    """Go on with what is known, or invite results where there are none.

    Where a question is open, or the answer was given and nothing is new, what can be said so far comes in few lines.
    """
    waits = progress.dialogue.pending or progress.dialogue.answered
    if progress.record and waits and not is_new(progress):
        short = short_answer(progress, of_phase="ask_my_phase" in asked, of_treatment="ask_treat_now" in asked)
        return resume(progress, (*says, *short))
    if progress.record or progress.dialogue.doubts:
        return step(progress, says)
    return Turn((*says, Say("utter_invite_results", "answer")), progress.record, progress.dialogue)
