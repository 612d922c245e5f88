"""Is treatment advised now: the patient's situation first, then the consensus of the counted guidelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from actions.guideline_answers import needs_virus
from actions.saying import Say
from actions.serology import NEVER_INFECTED, NO_PHASE, reading_of
from actions.situations import NO_INFECTION, advised, told
from hepb.result import Decision, Result
from hepb.whole_knowledge import Knowledge

EXPOSED = "recent_exposure"
INFECTED, PROTECTED = "infected_already", "protected"
"""What a contact with the virus finds in who needs no vaccine after it: statements of that situation."""
HBSAG_LOST = "hbsag_lost"
GATES_WITH_ADVICE = frozenset({"under_six_months", "on_treatment", EXPOSED, HBSAG_LOST})
LEADING_STEPS = ("before_immunosuppression", "during_immunosuppression")
"""Next steps that come before all advice: what the doctor must know before the first dose."""
SITUATIONS = (
    "pregnant", "coinfection", "immunosuppression", "cirrhosis", "possible_cirrhosis", "scarring", "under_18",
)  # fmt: skip
"""Warnings about the person's situation: they belong to the advice."""
_FEW = {1: "_one", 2: "_two"}
_OPEN = frozenset({"unknown", "not_applicable"})
WITHOUT_VIRUS = "monitor_cirrhosis"
_COUNTED = ("treat", "consider", "monitor", WITHOUT_VIRUS, "unknown")
"""Answers of a guideline in the order in which they are counted."""
SPOKEN = ("treat", "consider", "monitor", "unknown")
"""The same where cirrhosis without virus is not told apart."""


def advice(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Care today where a result needs it, the situation, whether treatment is advised now, and what that rests on."""
    if result.alarms:
        yield Say("utter_advice_alarm", "advice")
    reading = reading_of(result)
    steps = [step for step in LEADING_STEPS if step in result.next_steps and reading not in NEVER_INFECTED]
    yield from (Say(f"utter_next_{step}", "advice") for step in steps)
    for_baby = _for_the_baby(result, knowledge)
    protecting = protecting_the_baby(result, knowledge)
    if protecting:
        titles = tuple(knowledge.guideline(guideline).title for guideline in protecting)
        yield Say("utter_advice_pregnancy", "advice", {"guidelines": titles})
    gate = gate_name(result)
    if result.phase.phase in NO_INFECTION and gate != HBSAG_LOST:
        yield from (
            () if steps or result.alarms or reading in NO_PHASE else (Say("utter_advice_no_infection", "advice"),)
        )
        return
    spoken_of = {"pregnant" if protecting else "", "under_18" if gate == "under_18" else ""}
    situations = [name for name in SITUATIONS if name in result.warnings and name not in spoken_of]
    yield from (Say(f"utter_warning_{name}", "advice") for name in situations)
    if gate == EXPOSED and PROTECTED in advised(result, EXPOSED):
        yield Say("utter_advice_recent_exposure_protected", "advice")
    elif gate == HBSAG_LOST and "immunosuppression" in result.warnings:
        yield Say("utter_advice_hbsag_lost_protected", "advice")
    elif gate in GATES_WITH_ADVICE:
        yield Say(f"utter_advice_{gate}", "advice")
    elif needs_cause(result):
        yield from _sort_out_cause(result, knowledge)
    else:
        yield from _consensus(result, knowledge, led=bool(steps), for_baby=for_baby)


def gate_name(result: Result) -> str:
    """Which gate stands before the phase (``under_18``, ``cirrhosis`` ...); empty when none does.

    Treatment and a new infection settle the question of treatment also where HBsAg, and so the phase, is not known; a
    contact with the virus puts it off, unless the infection is there already. Without HBsAg on treatment there is an
    infection that is held down, or gone.
    """
    situations = told(result)
    held_down = "on_treatment" in situations and reading_of(result) not in NO_PHASE
    if held_down and result.phase.phase in NO_INFECTION:
        return HBSAG_LOST
    if result.phase.phase == "unknown" and EXPOSED in situations and INFECTED not in advised(result, EXPOSED):
        return EXPOSED
    rule = result.phase.rule or ""
    if rule.startswith("gates."):
        return rule.removeprefix("gates.").replace("-", "_")
    if result.phase.phase == "unknown" and result.consensus.decision == "not_applicable":
        return next((step for step in result.next_steps if step in GATES_WITH_ADVICE), "")
    return ""


def needs_cause(result: Result) -> bool:
    """Whether another cause of the raised ALT stands before every answer that rests on ALT."""
    return "alt_other_cause" in result.warnings and result.consensus.so_far == "unknown"


def _answers(result: Result, knowledge: Knowledge) -> Mapping[str, Decision]:
    """The counted guidelines that cover the case."""
    decisions = {name: result.decisions[name] for name in knowledge.counted}
    return {name: decision for name, decision in decisions.items() if decision.so_far != "not_applicable"}


def counted_answers(result: Result, knowledge: Knowledge) -> Mapping[str, str]:
    """What each counted guideline that covers the case answers so far."""
    return {name: decision.so_far for name, decision in _answers(result, knowledge).items()}


def _for_the_baby(result: Result, knowledge: Knowledge) -> tuple[str, ...]:
    """The counted guidelines that consider treatment because of the pregnancy."""
    return tuple(
        name
        for name, decision in _answers(result, knowledge).items()
        if decision.so_far == "consider" and any(reason.name == "pregnant" for reason in decision.because)
    )


def protecting_the_baby(result: Result, knowledge: Knowledge) -> tuple[str, ...]:
    """The counted guidelines that consider treatment for the baby, or begin a medicine for it at some time."""
    for_baby = _for_the_baby(result, knowledge)
    starting = {
        advice.guideline
        for situation in result.situations
        if situation.situation == "pregnancy"
        for advice in situation.advice
        if advice.says.startswith("start_") and advice.says != "start_open"
    }
    return tuple(name for name in knowledge.counted if name in for_baby or name in starting)


def _consensus(result: Result, knowledge: Knowledge, *, led: bool, for_baby: tuple[str, ...]) -> Iterator[Say]:
    """One sentence for what the counted guidelines say together, and whether a clinician has checked any of it.

    ``led``: the advice about immunosuppression went before. ``for_baby``: as :func:`_for_the_baby`.
    """
    answers = _answers(result, knowledge)
    yield from _leading(result, knowledge)
    shared, so_far = result.consensus.decision, result.consensus.decision == "unknown"
    shared = result.consensus.so_far if so_far else shared
    given = {name: decision.so_far if so_far else decision.decision for name, decision in answers.items()}
    partly = shared == "unknown" and any(answer != "unknown" for answer in given.values())
    if partly or shared == "differ":
        name = "partly" if partly else _name(shared, so_far=so_far, total=len(answers))
        yield Say(f"utter_advice_{name}", "advice")
        yield from _counts(given, result, knowledge)
    elif shared not in _OPEN and set(for_baby) != set(answers):
        titles = tuple(knowledge.guideline(name).title for name in answers)
        name = "monitor_apart" if led and shared == "monitor" else _name(shared, so_far=so_far, total=len(answers))
        yield Say(f"utter_advice_{name}", "advice", {"total": str(len(answers)), "guidelines": titles})
    elif shared in _OPEN:
        yield Say("utter_advice_not_applicable" if not answers else "utter_advice_unknown", "advice")
    behind = answers.values() if shared not in _OPEN else [answers[name] for name in for_baby]
    if partly:
        behind = [answers[name] for name, answer in given.items() if answer != "unknown"]
    if behind and all(decision.confidence == "unverified" for decision in behind):
        yield Say("utter_advice_unverified", "advice")


def _sort_out_cause(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """That another cause comes first, and what those guidelines say that answer without it."""
    given = {name: decision.so_far for name, decision in _answers(result, knowledge).items()}
    if set(given.values()) <= {"unknown"}:
        yield Say("utter_advice_sort_out_cause", "advice")
        return
    yield from _leading(result, knowledge)
    yield Say("utter_advice_sort_out_cause_partly", "advice")
    yield from _counts(given, result, knowledge)


def _leading(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """What the guideline that the clinic goes by says; nothing where the clinic has named none."""
    if result.leading:
        decision = result.decisions[result.leading]
        answer = decision.so_far if decision.decision == "unknown" else decision.decision
        values = {"guideline": knowledge.guideline(result.leading).title}
        yield Say(f"utter_advice_leading_{answer}", "advice", values)


def _name(decision: str, *, so_far: bool, total: int) -> str:
    few = "" if decision == "differ" else _FEW.get(total, "")
    return f"{'so_far_' if so_far else ''}{decision}{few}"


def _counts(given: Mapping[str, str], result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """One sentence per answer that some guideline gives. ``given``: the answer of each guideline."""
    given = {name: WITHOUT_VIRUS if needs_virus(result, name) else answer for name, answer in given.items()}
    for answer in _COUNTED:
        titles = tuple(knowledge.guideline(name).title for name, one in given.items() if one == answer)
        if titles:
            values = {"count": str(len(titles)), "total": str(len(given)), "guidelines": titles}
            yield Say(f"utter_advice_{answer}_count", "advice", values)
