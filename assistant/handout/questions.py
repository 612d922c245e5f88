"""Which questions to the doctor the hand-out suggests: those that this person's results ask for."""

from __future__ import annotations

from collections.abc import Iterator

from actions.saying import Say
from actions.serology import NEVER_INFECTED, reading_of
from actions.situations import NO_INFECTION, told
from assistant.handout.speaking import SECTION
from hepb.record import Record
from hepb.result import Result

MOST = 6


def questions(record: Record, result: Result) -> tuple[Say, ...]:
    """At most :data:`MOST` questions, those of the person's situation first."""
    found = dict.fromkeys((*_of_situation(result), *_of_answer(record, result), *_of_everybody(result)))
    return tuple(Say(name, SECTION) for name in list(found)[:MOST])


def _of_situation(result: Result) -> Iterator[str]:
    situations = told(result)
    if "pregnancy" in situations:
        yield "utter_handout_ask_baby"
    if "on_treatment" in situations:
        yield "utter_handout_ask_medicine"
    if "immunosuppression" in situations:
        yield "utter_handout_ask_immune"
    if result.serology and result.serology.conflict:
        yield "utter_handout_ask_repeat"
    if reading_of(result) in NEVER_INFECTED:
        yield "utter_handout_ask_vaccine"


def _of_answer(record: Record, result: Result) -> Iterator[str]:
    """What the phase and the guidelines leave to ask."""
    consensus = result.consensus
    answer = consensus.so_far if consensus.decision == "unknown" else consensus.decision
    if "alt_other_cause" in result.warnings:
        yield "utter_handout_ask_cause"
    if "ALT_repeat" in result.phase.missing:
        yield "utter_handout_ask_alt"
    if result.phase.phase == "unknown":
        yield "utter_handout_ask_missing"
    if result.phase.phase == "indeterminate" and not result.phase.likely:
        yield "utter_handout_ask_phase"
    if answer in {"treat", "consider"}:
        yield "utter_handout_ask_treat"
    if answer in {"differ", "unknown"}:
        yield "utter_handout_ask_guideline"
    if answer == "monitor":
        yield "utter_handout_ask_start"
    if answer != "not_applicable" and record.conditions.stiffness_kpa is None:
        yield "utter_handout_ask_scan"


def _of_everybody(result: Result) -> Iterator[str]:
    if result.phase.phase not in NO_INFECTION:
        yield "utter_handout_ask_next"
        yield "utter_handout_ask_cancer"
        yield "utter_handout_ask_family"
        yield "utter_handout_ask_other_viruses"
    yield "utter_handout_ask_results"
