"""The final answer: from the result of the core to the responses that say it, in the order the issue asks for.

Phase; is treatment advised; why, with the patient's own numbers; what could change it; next step and next test;
where guidelines differ; sources; that this is education. Everything is chosen by ids of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from actions import printing
from actions.saying import Say
from actions.understood import said
from hepb.guideline import Knowledge
from hepb.questions import catalogue
from hepb.record import Record
from hepb.result import Decision, Reason, Result, Schedule

MOST_REASONS = 7
MOST_CHANGES = 5
MOST_OPEN = 4
OPERATORS: Mapping[str, str] = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
NAMED_PHASES = frozenset(
    {"immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative"}
)
_NO_INFECTION = frozenset({"resolved", "not_infected"})
_NO_DECISION = frozenset({"unknown", "not_applicable", "differ"})
_GATES_WITH_ADVICE = frozenset({"under_six_months", "on_treatment"})
_SPOKEN_ELSEWHERE = ("assumed_absent:", "assumed_present:", "assumed_unit:")


def final_answer(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Everything that is said when no further question is asked."""
    yield from phase(result)
    yield from advice(result)
    yield from why(record, result)
    yield from change(result, knowledge)
    yield from next_steps(result, knowledge)
    if result.consensus.decision != "not_applicable":
        yield from differ(result, knowledge)
        yield from sources(knowledge)
    yield from warnings(result)
    yield Say("utter_notice_education", "notice")


def phase(result: Result) -> Iterator[Say]:
    """The phase in one sentence, where it lies between two, and the picture."""
    found = result.phase
    name = found.phase
    if name == "not_applicable" and (gate := gate_name(result)):
        name = gate
    yield Say(f"utter_phase_{name}", "phase")
    if found.between:
        yield Say(f"utter_between_{found.between[0]}_{found.between[1]}", "phase")
    if found.likely:
        yield Say(f"utter_likely_{found.likely}_{_doubt(result)}", "phase")
    if found.phase in NAMED_PHASES or found.between:
        places = dict(zip(("between_first", "between_second"), found.between or (), strict=False))
        yield Say(f"utter_map_{found.phase}", "phase", {"phase": found.phase, **places})


def _doubt(result: Result) -> str:
    """What stands between the grey zone and the likely phase: a second ALT, another cause, or both."""
    repeat, cause = (item in result.phase.missing for item in ("ALT_repeat", "alt_cause_excluded"))
    return "both" if repeat and cause else "cause" if cause else "repeat"


def gate_name(result: Result) -> str:
    """Which gate stands before the phase (``under_18``, ``cirrhosis`` ...); empty when none does."""
    rule = result.phase.rule or ""
    return rule.removeprefix("gates.").replace("-", "_") if rule.startswith("gates.") else ""


def advice(result: Result) -> Iterator[Say]:
    """Whether treatment is advised now, by the counted guidelines."""
    consensus, gate = result.consensus, gate_name(result)
    if result.phase.phase in _NO_INFECTION:
        yield Say("utter_advice_no_infection", "advice")
    elif gate in _GATES_WITH_ADVICE:
        yield Say(f"utter_advice_{gate}", "advice")
    elif needs_cause(result):
        yield Say("utter_advice_sort_out_cause", "advice")
    elif consensus.decision != "unknown":
        yield Say(f"utter_advice_{consensus.decision}", "advice", _counts(consensus.counts))
    elif consensus.so_far in {"unknown", "not_applicable"}:
        yield Say("utter_advice_unknown", "advice")
    else:
        yield Say(f"utter_advice_so_far_{consensus.so_far}", "advice", _counts(consensus.so_far_counts))


def needs_cause(result: Result) -> bool:
    """Whether another cause of the raised ALT stands before every answer that rests on ALT."""
    return "alt_other_cause" in result.warnings and result.consensus.so_far == "unknown"


def why(record: Record, result: Result) -> Iterator[Say]:
    """The patient's own values that made the phase and the decisions: per value one comparison to each side."""
    reasons = [*result.phase.reasons]
    for decision in result.decisions.values():
        reasons.extend(decision.because)
    first_of_kind: dict[tuple[str, bool, bool], Reason] = {}
    for reason in reasons:
        if not is_absence(reason):
            first_of_kind.setdefault((reason.name, reason.op in {"<", "<="}, reason.months is not None), reason)
    told = said(record)
    for reason in list(first_of_kind.values())[:MOST_REASONS]:
        yield Say(f"utter_because_{told_name(reason, told)}", "why", _reason_values(reason, told))


def is_absence(reason: Reason) -> bool:
    """Whether the reason is only that a condition is not there; what would change speaks of those."""
    return reason.kind == "condition" and reason.op == "is" and reason.value in {False, "none"}


def reason_name(reason: Reason) -> str:
    """The end of a response's name: subject and comparison, or subject and value."""
    if reason.op == "is":
        value = str(reason.value)
        return f"{reason.name}_{value.lower() if isinstance(reason.value, bool) else value}"
    if reason.name == "HBV_DNA" and reason.value == 0:
        return "HBV_DNA_detected" if reason.op == ">" else "HBV_DNA_undetected"
    return f"{reason.name}_{OPERATORS[reason.op]}{'_for' if reason.months else ''}"


def told_name(reason: Reason, told: Mapping[str, str]) -> str:
    """As :func:`reason_name`; a viral load that the patient gave without a number is not compared with one."""
    if reason.name == "HBV_DNA" and "HBV_DNA" not in told:
        return "HBV_DNA_undetected" if reason.op in {"<", "<="} else "HBV_DNA_detected"
    return reason_name(reason)


def _reason_values(reason: Reason, told: Mapping[str, str]) -> dict[str, str]:
    values = {"yours": told.get(reason.name) or reason.observed or ""}
    if reason.op != "is":
        values |= {"value": printing.number(float(reason.value)), "unit": reason.unit or ""}
    if reason.months:
        values["months"] = printing.number(reason.months)
    return values


def change(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The nearest changes that would alter an answer, those that alter most guidelines first; then what is missing."""
    by_reason: dict[Reason, list[str]] = {}
    for guideline_id in knowledge.counted:
        for reason in result.decisions[guideline_id].would_change_if:
            by_reason.setdefault(reason, []).append(knowledge.guideline(guideline_id).title)
    ranked = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, titles in ranked[:MOST_CHANGES]:
        values = _reason_values(reason, {})
        yield Say(f"utter_change_{reason_name(reason)}", "change", {**values, "guidelines": printing.joined(titles)})
    if result.consensus.decision == "unknown" or result.phase.phase == "unknown":
        for question in _open_questions(result)[:MOST_OPEN]:
            yield Say(f"utter_open_{question}", "change")


def _open_questions(result: Result) -> list[str]:
    """The ids of the questions whose items could still change the answer, the most decisive item first."""
    question_of = {item: question.id for question in reversed(catalogue()) for item in question.items}
    return list(dict.fromkeys(question_of[item] for item in result.missing if item in question_of))


def next_steps(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """What to do next, the situation's own steps first, then the tests and their intervals, then warnings."""
    for step in result.next_steps:
        yield Say(f"utter_next_{step}", "next")
    if result.phase.phase in _NO_INFECTION:
        yield Say(f"utter_next_{result.phase.phase}", "next")
        return
    if gate_name(result) not in _GATES_WITH_ADVICE:
        yield from _general_step(result)
        if not result.monitoring:
            yield Say("utter_next_test_ask", "next")
        yield from intervals(result.monitoring, knowledge)
        yield from surveillance(result.surveillance, knowledge)


def _general_step(result: Result) -> Iterator[Say]:
    if needs_cause(result):
        yield Say("utter_next_other_cause", "next")
        return
    consensus = result.consensus
    decision = consensus.so_far if consensus.decision == "unknown" else consensus.decision
    if decision != "not_applicable":
        yield Say(f"utter_next_{decision}", "next")
    if result.phase.likely and "ALT_repeat" in result.phase.missing:
        yield Say("utter_next_alt_repeat", "next")
    elif result.phase.phase == "indeterminate":
        yield Say("utter_next_grey_zone", "next")
    elif result.phase.phase in {"immune_tolerant", "inactive_carrier"}:
        yield Say("utter_next_alt_confirm", "next")


def intervals(schedules: Iterable[Schedule], knowledge: Knowledge) -> Iterator[Say]:
    """One sentence per interval of blood tests, with the guidelines that share it."""
    for (months, first, unverified), titles in _shared_intervals(schedules, knowledge):
        name = "utter_next_test_first_year" if first else "utter_next_test_every"
        end = "_unverified" if unverified else "_many" if len(titles) > 1 else ""
        yield Say(name + end, "next", {"months": months, "first": first, "guidelines": printing.joined(titles)})


def surveillance(schedules: Iterable[Schedule], knowledge: Knowledge) -> Iterator[Say]:
    """One sentence per interval of liver scans, with the guidelines that share it."""
    for (months, _, unverified), titles in _shared_intervals(schedules, knowledge):
        end = "_unverified" if unverified else ""
        values = {"months": months, "guidelines": printing.joined(titles)}
        yield Say(f"utter_next_surveillance{end}", "next", values)


def _shared_intervals(
    schedules: Iterable[Schedule], knowledge: Knowledge
) -> Iterable[tuple[tuple[str, str, bool], list[str]]]:
    shared: dict[tuple[str, str, bool], list[str]] = {}
    for schedule in schedules:
        first = str(schedule.first_year or "")
        key = (printing.months(schedule.every_months), first, schedule.confidence == "unverified")
        shared.setdefault(key, []).append(knowledge.guideline(schedule.guideline).title)
    return shared.items()


def warnings(result: Result) -> Iterator[Say]:
    """The warnings that have a sentence of their own, each kind once."""
    kinds = dict.fromkeys(
        warning.split(":")[0] for warning in result.warnings if not warning.startswith(_SPOKEN_ELSEWHERE)
    )
    for kind in kinds:
        yield Say(f"utter_warning_{kind}", "notice")
    if any(warning.startswith("assumed_unit:") for warning in result.warnings):
        yield Say("utter_warning_unit_assumed", "notice")


def differ(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """One line per guideline, counted ones first, marked when it rests on an unverified rule."""
    ordered = sorted(result.decisions.items(), key=lambda item: item[0] not in knowledge.counted)
    for guideline_id, decision in ordered:
        yield Say(line_name(decision), "differ", {"guideline": knowledge.guideline(guideline_id).title})


def line_name(decision: Decision) -> str:
    """The response that says one guideline's answer."""
    name = f"utter_line_{decision.decision}"
    if decision.decision == "unknown" and decision.so_far not in _NO_DECISION:
        name = f"utter_line_so_far_{decision.so_far}"
    return f"{name}_unverified" if decision.confidence == "unverified" else name


def sources(knowledge: Knowledge) -> Iterator[Say]:
    """Where the guidelines were published."""
    for guideline in knowledge.guidelines:
        citation = (
            guideline.citation if guideline.doi is None else f"{guideline.citation} https://doi.org/{guideline.doi}"
        )
        yield Say("utter_source", "sources", {"guideline": guideline.title, "citation": citation})


def _counts(counts: Mapping[str, int]) -> dict[str, str]:
    numbers = {name: str(counts.get(name, 0)) for name in ("treat", "consider", "monitor", "unknown")}
    return {**numbers, "total": str(sum(int(number) for number in numbers.values()))}
