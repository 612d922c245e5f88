"""What the person's situation asks for besides the decision to treat: one sentence per advice, with who says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from actions import printing
from actions.marks import mark, noted
from actions.saying import Say
from hepb.guideline import Guideline
from hepb.result import Advice, Result, Situation
from hepb.whole_knowledge import Knowledge

SECTION = "situation"
NO_INFECTION = frozenset({"resolved", "not_infected"})
"""Phases of somebody whose HBsAg is negative."""
ASKED_UNLESS: Mapping[str, str] = {"virus_found": "tell_viral_load"}
"""What need not be asked for where the other is said: a load that was told with one of before it is found."""
IF_NONE_TREATS = frozenset({"utter_situation_child_most_wait"})
"""What is said only where none of the guidelines that count would treat this person."""
URGED: Mapping[str, str] = {"stopped_treatment": "call_today"}
"""What of a situation is said at once when the patient tells of it; the rest waits for the answer."""
COUNTED_ALONE = frozenset({"pregnancy"})
"""Situations with so much advice that older guidelines are left out where one that counts speaks."""
MOTHERS = "utter_answer_pregnancy"
"""The general answer for mothers who have hepatitis B."""
ANSWERED: Mapping[str, str] = {
    "acute_infection": "utter_answer_acute_infection",
    "birth": MOTHERS,
    "child": "utter_answer_children",
    "on_treatment": "utter_answer_on_treatment",
    "postpartum": MOTHERS,
    "pregnancy": MOTHERS,
    "recent_exposure": "utter_answer_acute_infection",
    "stopped_treatment": "utter_answer_on_treatment",
}
"""The general answer to a question about a situation, in place of which the person's own advice is said."""
WHEN_TO_TREAT = "utter_answer_when_is_best_time_to_treat"
"""The general answer on when to treat, which is about the liver: in a pregnancy the week decides too."""


def at_once(result: Result, knowledge: Knowledge) -> tuple[str, ...]:
    """The person's situations in which hours count."""
    pressing = {pathway.id for pathway in knowledge.pathways if pathway.at_once}
    return tuple(situation.situation for situation in result.situations if situation.situation in pressing)


def in_place_of(
    answers: Iterable[Say], result: Result, knowledge: Knowledge, heard: Collection[str], taken: Collection[str] = ()
) -> Iterator[Say]:
    """The answers, but for a general one about the person's own situation its advice, unless it is ``heard`` anyway.

    ``taken``: names of what the same message told. Who tells of a pregnancy without the virus, or that there is none,
    asks nothing about mothers with hepatitis B.
    """
    own = told(result)
    for say in answers:
        if say.response == MOTHERS and not own & {"pregnancy", "postpartum"}:
            negative = result.phase.phase in NO_INFECTION
            if negative and "pregnant" in result.warnings:
                yield Say("utter_answer_pregnancy_hbsag_negative", say.section)
                continue
            if "pregnant" in taken or (negative and taken):
                continue
        meant = MOTHERS if say.response == WHEN_TO_TREAT and "pregnancy" in own else say.response
        about = [situation for situation, answer in ANSWERED.items() if answer == meant and situation in own]
        if not about:
            yield say
        else:
            yield from situations(result, knowledge, [situation for situation in about if situation not in heard])


def urged(result: Result, knowledge: Knowledge, taken: Collection[str]) -> Iterator[Say]:
    """The one sentence that cannot wait for the next question, of a situation that was just told (``taken``)."""
    wanted = {f"utter_situation_{name}_{says}" for name, says in URGED.items() if name in taken}
    says = (
        say for situation in result.situations for say in _sentences(situation, knowledge) if say.response in wanted
    )
    yield from noted(says, SECTION)


def told(result: Result) -> frozenset[str]:
    """The situations that the person is in."""
    return frozenset(situation.situation for situation in result.situations)


def advised(result: Result, situation: str) -> frozenset[str]:
    """What is said of one situation; nothing where the person is not in it."""
    return frozenset(
        advice.says for found in result.situations if found.situation == situation for advice in found.advice
    )


def situations(result: Result, knowledge: Knowledge, only: Collection[str] | None = None) -> Iterator[Say]:
    """Per situation (``only`` those named) its sentences; at the end what the mark behind some of them means.

    Those in which hours count come first.
    """
    pressing = at_once(result, knowledge)
    wanted = [situation for situation in result.situations if only is None or situation.situation in only]
    wanted.sort(key=lambda situation: situation.situation not in pressing)
    says = (say for situation in wanted for say in _sentences(situation, knowledge))
    treated = any(result.decisions[name].so_far in {"treat", "consider"} for name in knowledge.counted)
    yield from noted((say for say in says if not (treated and say.response in IF_NONE_TREATS)), SECTION)


def _sentences(situation: Situation, knowledge: Knowledge) -> Iterator[Say]:
    """First what the patient could tell to hear more. Guidelines with the same advice and numbers share a sentence."""
    pathway = next(pathway for pathway in knowledge.pathways if pathway.id == situation.situation)
    for item in pathway.asks:
        if item in situation.missing:
            yield Say(f"utter_situation_{situation.situation}_needs_{item}", SECTION)
    shared: dict[tuple[object, ...], list[Advice]] = {}
    for advice in _heard(situation, knowledge):
        shared.setdefault((advice.says, advice.numbers), []).append(advice)
    for same in shared.values():
        values: dict[str, str | tuple[str, ...]] = {
            number.name: printing.span(number.low, number.high) for number in same[0].numbers
        }
        if same[0].guideline is None:
            values["mark"] = mark(same[0].confidence)
        else:
            values["guidelines"] = tuple(
                knowledge.guideline(item.guideline).title + mark(item.confidence) for item in same if item.guideline
            )
        yield Say(f"utter_situation_{situation.situation}_{same[0].says}", SECTION, values)


def speaking(result: Result, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """The guidelines that are named in the person's situations."""
    heard = (advice for situation in result.situations for advice in _heard(situation, knowledge))
    return tuple(map(knowledge.guideline, dict.fromkeys(item.guideline for item in heard if item.guideline)))


def _heard(situation: Situation, knowledge: Knowledge) -> tuple[Advice, ...]:
    """The advice that is common or of a guideline that is shown.

    Where a guideline that counts says nothing, so is that of the older one which then still stands.
    """
    said_by = {advice.guideline for advice in situation.advice}
    counted = map(knowledge.guideline, knowledge.counted)
    still_standing = {item.falls_back_on for item in counted if item.id not in said_by}
    shown = (
        knowledge.counted
        if situation.situation in COUNTED_ALONE and said_by & {*knowledge.counted}
        else knowledge.shown
    )
    heard = {None, *shown, *still_standing}
    too_much = {ASKED_UNLESS[advice.says] for advice in situation.advice if advice.says in ASKED_UNLESS}
    return tuple(advice for advice in situation.advice if advice.guideline in heard and advice.says not in too_much)
