"""How the patient's results look as a whole, in few lines: "is that bad?", "so do I need treatment?"."""

from __future__ import annotations

from collections.abc import Iterator

from actions.advice import EXPOSED, GATES_WITH_ADVICE, HBSAG_LOST, advice, gate_name
from actions.alarm import beside_alarm
from actions.answer import open_points, phase
from actions.contacts import contact
from actions.personal import own_value
from actions.progress import Progress
from actions.saying import Say
from actions.situations import NO_INFECTION, situations
from actions.turn import assessed, is_new
from actions.unjudged import far_off, unusual
from hepb.loader import knowledge
from hepb.record import MARKERS, Record
from hepb.result import Result

MOST_OPEN = 2
_PHASE = ("utter_phase_", "utter_between_", "utter_likely_")
LEADS = (
    "alarm", "no_infection", EXPOSED, HBSAG_LOST, "on_treatment", "under_six_months", "treat", "consider", "monitor",
    "differ", "unknown",
)  # fmt: skip
"""What the first line can say, each a response ``utter_verdict_<name>``."""


def verdict(progress: Progress) -> Iterator[Say]:
    """One line that answers "is that bad?", then what the guidelines advise and what is still open.

    Beside new results it is that line and what leaves the usual: what they mean, or the next question, comes behind it.
    """
    core, result = assessed(progress)
    if result.alarms and is_new(progress):
        return
    lead = "alarm" if far_off(core, MARKERS) else _lead(result)
    yield Say(f"utter_verdict_{lead}", "answer")
    if result.alarms:
        yield from contact("emergency", "answer")
    elif is_new(progress):
        yield from unusual(core, "answer")
    elif lead == "unknown":
        yield from (say for marker in ("ALT", "HBV_DNA") for say in own_value(marker, progress))
        yield from unusual(core, "answer")
        yield from () if progress.dialogue.pending else open_points(core, result, knowledge(), MOST_OPEN)
    else:
        yield from unusual(core, "answer")
        yield from _treatment(core, result, asking=bool(progress.dialogue.pending))


def _treatment(core: Record, result: Result, *, asking: bool) -> Iterator[Say]:
    """Whether treatment is advised now, and what is still open for that, unless a question asks for it (``asking``)."""
    yield from beside_alarm(advice(result, knowledge()), result)
    if gate_name(result) in GATES_WITH_ADVICE:
        only = {EXPOSED, "on_treatment"}
        yield from beside_alarm(situations(result, knowledge(), only), result)
    if not asking:
        yield from open_points(core, result, knowledge(), MOST_OPEN)


def short_answer(progress: Progress, *, of_phase: bool, of_treatment: bool) -> tuple[Say, ...]:
    """The phase, and whether treatment is advised now, as far as it can be said."""
    core, result = assessed(progress)
    named = (say for say in phase(core, result) if say.response.startswith(_PHASE)) if of_phase else ()
    asking = bool(progress.dialogue.pending)
    advised = _treatment(core, result, asking=asking) if of_treatment else ()
    return (*beside_alarm(named, result), *advised)


def _lead(result: Result) -> str:
    gate = gate_name(result)
    if result.alarms:
        return "alarm"
    if gate in GATES_WITH_ADVICE:
        return gate
    if result.phase.phase in NO_INFECTION:
        return "no_infection"
    decision, so_far = result.consensus.decision, result.consensus.so_far
    answer = so_far if decision == "unknown" else decision
    return answer if answer in LEADS else "unknown"
