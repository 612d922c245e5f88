"""The final answer: from the result of the core to the responses that say it, in the order the issue asks for.

Phase; is treatment advised; why, with the patient's own numbers; what could change it; next step and next test;
where guidelines differ; sources; that this is education. Everything is chosen by ids of the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from actions import printing
from actions.advice import EXPOSED, HBSAG_LOST, SITUATIONS, advice, gate_name
from actions.alarm import beside_alarm
from actions.contacts import contact
from actions.course import course, is_flaring
from actions.differences import differences, load_hangs_on_hbeag
from actions.fibrosis import fibrosis, said_scores
from actions.guideline_answers import answers, sources, superseded
from actions.next_steps import next_steps
from actions.older_view import named, older_view
from actions.order import DATES, open_markers
from actions.pictures import chart_of, map_of, strip_of
from actions.saying import Say
from actions.serology import NO_PHASE, reading_of, serology
from actions.situations import NO_INFECTION, situations, speaking, told
from actions.understood import said
from actions.unjudged import unjudged
from actions.words import test_name
from hepb.questions import catalogue, spoken
from hepb.record import CONDITIONS, DETAILS, Record
from hepb.result import Reason, Result
from hepb.timeline import newest
from hepb.whole_knowledge import Knowledge

MOST_REASONS = 7
MOST_CHANGES = 3
"""Lines about what could change the answer, what is still open included."""
MOST_OPEN = 2
OPERATORS: Mapping[str, str] = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
_WITHOUT_NUMBER: Mapping[str, tuple[str, str]] = {
    "HBV_DNA": ("undetected", "detected"),
    **dict.fromkeys(("ALT", "bilirubin", "INR"), ("normal", "elevated")),
}
"""What a report prints in place of a low and of a high number."""
NAMED_PHASES = frozenset(
    {"immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative"}
)
CALM_PHASES = ("immune_tolerant", "inactive_carrier")
"""Phases that are called calm, but not beside scars, or a scan or a score in the range of cirrhosis."""
CALM_BUT_FOR = ("possible_cirrhosis", "scarring")
"""Warnings with which a calm phase is not called so."""
_OF_INACTIVE = "inactive_with_detectable_dna"
"""A warning about the name of that phase, where it is named."""
_SPOKEN_ELSEWHERE = ("assumed_absent:", "assumed_present:", "assumed_unit:", "reactivation")
PHASES_OF = "aasld-2018"
"""The guideline whose limits those of the phases are (hepb/knowledge/phases.yaml)."""
BEFORE_ADVICE = frozenset({"pregnancy"})
"""Situations that come before the question of treatment: to a pregnant woman the baby comes first."""
LITTLE_VIRUS = 2000
"""IU/mL: below the lowest viral load that a guideline asks for, it is only open if any virus was found (section 1)."""
_OPEN_BY_ITSELF = frozenset({"pregnant", "on_treatment", "infection_over_6_months"})
"""Items that are named by themselves when they are open, not with their question."""
_OPEN_AS: Mapping[str, str] = {"steatosis": "conditions"}
"""Items that are named with another question when they are open than the first that asks for them."""


def final_answer(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Everything that is said when no further question is asked."""
    return beside_alarm(_final_answer(record, result, knowledge), result)


def _final_answer(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    yield from phase(record, result)
    yield from course(record, result, knowledge)
    yield from chart_of(record, result, knowledge)
    own = told(result)
    yield from situations(result, knowledge, own & BEFORE_ADVICE)
    yield from advice(result, knowledge)
    yield from strip_of(result, knowledge)
    yield from situations(result, knowledge, own - BEFORE_ADVICE)
    yield from why(record, result, knowledge)
    yield from fibrosis(record, result, knowledge)
    exposed = gate_name(result) == EXPOSED
    yield from () if exposed else change(record, result, knowledge)
    yield from next_steps(result, knowledge)
    yield from warnings(record, result, knowledge)
    yield from unjudged(record, result)
    yield from contact("emergency" if result.alarms else "clinic", "next")
    if result.consensus.decision != "not_applicable" and not exposed:
        yield from differences(result, knowledge)
        yield from answers(result, knowledge)
        yield from older_view(result, knowledge)
        yield from sources(knowledge, (*speaking(result, knowledge), *named(result, knowledge)))
    yield Say("utter_notice_education", "notice")


def phase(record: Record, result: Result) -> Iterator[Say]:
    """The phase in one sentence, where it lies between two, and the picture; before or after it the serology panel."""
    found = result.phase
    name = found.phase
    gate = gate_name(result)
    beside_phase = name in NAMED_PHASES or name == "indeterminate"
    if not beside_phase and gate != HBSAG_LOST:
        yield from serology(record, result)
    if name in NO_INFECTION and reading_of(result) in NO_PHASE:
        return
    if gate and (name in {"not_applicable", "unknown"} or gate == HBSAG_LOST):
        name = gate
    doubts = (doubt for doubt in CALM_BUT_FOR if name in CALM_PHASES and doubt in result.warnings)
    yield Say("_".join((f"utter_phase_{name}", *islice(doubts, 1))), "phase")
    if found.between:
        yield Say(f"utter_between_{found.between[0]}_{found.between[1]}", "phase")
    if found.likely and not ((result.alarms or is_flaring(result)) and _doubt(result) != "cause"):
        yield Say(f"utter_likely_{found.likely}_{_doubt(result)}", "phase")
    yield from map_of(result)
    if beside_phase:
        yield from serology(record, result)


def _doubt(result: Result) -> str:
    """What stands between the grey zone and the likely phase: a second ALT, another cause, or both."""
    repeat, cause = (item in result.phase.missing for item in ("ALT_repeat", "alt_cause_excluded"))
    return "both" if repeat and cause else "cause" if cause else "repeat"


def why(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The patient's own values that made the phase and the decisions: per value one comparison to each side.

    Scores have sentences of their own (:mod:`actions.fibrosis`).
    """
    open_order = open_markers(record)
    reasons = [*result.phase.reasons]
    for guideline_id in knowledge.counted:
        reasons.extend(result.decisions[guideline_id].because)
    first_of_kind: dict[tuple[str, bool, bool], Reason] = {}
    for reason in reasons:
        if not is_absence(reason) and reason.name not in open_order:
            first_of_kind.setdefault((reason.name, reason.op in {"<", "<="}, reason.months is not None), reason)
    told = said(record)
    scored = {score.score for score in said_scores(result)}
    first_of_kind = {key: reason for key, reason in first_of_kind.items() if reason.name not in scored}
    shown = list(first_of_kind.values())[:MOST_REASONS]
    times = Counter(map(_subject, shown))
    for reason in shown:
        if _twin(reason) in shown and reason.op == "<=":
            continue
        values = reason_values(reason, told, whose(reason, result, knowledge, named=times[_subject(reason)] > 1))
        name = f"{reason.name}_at" if _twin(reason) in shown else told_name(reason, told)
        yield Say(f"utter_because_{name}", "why", values)


def _subject(reason: Reason) -> str:
    return reason.name.removesuffix("_repeat")


def _twin(reason: Reason) -> Reason | None:
    """The other half of "exactly at the limit", which a viral load is by the one operator and by the other."""
    other = {">=": "<=", "<=": ">="}.get(reason.op)
    return replace(reason, op=other) if other and reason.name == "HBV_DNA" else None


def whose(reason: Reason, result: Result, knowledge: Knowledge, *, named: bool = False) -> str:
    """The guidelines that set a limit, in brackets; of the phases' own limits only beside another one (``named``)."""
    if reason.op == "is" or (reason in result.phase.reasons and not named):
        return ""
    titles = [knowledge.guideline(name).title for name in knowledge.counted if reason in result.decisions[name].because]
    if not titles and reason in result.phase.reasons:
        titles = [knowledge.guideline(PHASES_OF).title]
    return f" ({', '.join(titles)})" if titles else ""


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
    """As :func:`reason_name`; a result that the patient gave without a number is not compared with one."""
    if reason.name in _WITHOUT_NUMBER and reason.name not in told and reason.op != "is":
        low, high = _WITHOUT_NUMBER[reason.name]
        return f"{reason.name}_{low if reason.op in {'<', '<='} else high}"
    return reason_name(reason)


def reason_values(reason: Reason, told: Mapping[str, str], whose: str = "") -> dict[str, str]:
    """The numbers of a reason, ready to print: the limit and ``whose`` it is, and what the patient told (``told``)."""
    values = {"yours": told.get(reason.name, ""), "whose": whose}
    if reason.op != "is":
        values |= {"value": printing.number(float(reason.value)), "unit": reason.unit or ""}
    if reason.months:
        values["months"] = printing.number(reason.months)
    return values


def change(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The nearest changes that would alter an answer, those that alter most guidelines first; then what is missing.

    The end of an illness or of a medicine is no change to hope for, or to bring about by oneself; and what a grown-up
    of some age would be told is nothing to a child.
    """
    still_open = tuple(open_points(record, result, knowledge, MOST_OPEN))
    by_reason: dict[Reason, list[str]] = {}
    for guideline_id in knowledge.counted:
        for reason in result.decisions[guideline_id].would_change_if:
            too_far = reason.name == "age" and "child" in told(result)
            open_load = reason.name == "HBV_DNA" and load_hangs_on_hbeag(result)
            if not (is_absence(reason) or too_far or open_load or reason.name in DETAILS):
                by_reason.setdefault(reason, []).append(knowledge.guideline(guideline_id).title)
    ranked = sorted(by_reason.items(), key=lambda item: (_is_denied(item[0], record), -len(item[1])))
    if any(not _is_denied(reason, record) for reason, _ in ranked):
        ranked = [(reason, titles) for reason, titles in ranked if not _is_denied(reason, record)]
    for reason, titles in ranked[: MOST_CHANGES - len(still_open)]:
        values = reason_values(reason, {})
        yield Say(f"utter_change_{reason_name(reason)}", "change", {**values, "guidelines": tuple(titles)})
    yield from still_open


def _is_denied(reason: Reason, record: Record) -> bool:
    """Whether the patient has said that this condition is not there."""
    told = getattr(record.conditions, reason.name, None) if reason.kind == "condition" else None
    return reason.op == "is" and (told is False or told in ("none", ()))


def open_points(record: Record, result: Result, knowledge: Knowledge, most: int) -> Iterator[Say]:
    """At most ``most`` things that could still change the answer while it is open; the most decisive first."""
    if "unknown" not in {result.consensus.decision, result.phase.phase}:
        return
    for name in _still_open(record, result, knowledge)[:most]:
        values = {"test": test_name(name.removeprefix(DATES))} if name.startswith(DATES) else {}
        yield Say(f"utter_open_{spoken(name)}", "change", values)


def _still_open(record: Record, result: Result, knowledge: Knowledge) -> list[str]:
    """What could still change the answer: ids of questions, or items by themselves.

    Results come before conditions, of which what was not mentioned is taken as absent; then the most decisive first.
    """
    question_of = {item: question.id for question in reversed(catalogue()) for item in question.items}
    question_of |= {item: item for item in _OPEN_BY_ITSELF} | _OPEN_AS
    missing = sorted(result.missing, key=lambda item: item in CONDITIONS)
    names = list(dict.fromkeys(question_of[item] for item in missing if item in question_of))
    loads = newest((item for item in record.observations if item.marker == "HBV_DNA"), record.as_of)
    if loads:
        little = all(level.surely("<", LITTLE_VIRUS) for item in loads for level in item.reading.levels or ())
        load = "hbv_dna_found" if little and any(item.reading.levels for item in loads) else "hbv_dna_exact"
        names = [load if name == "hbv_dna" else name for name in names]
    if any(item.marker == "ALT" for item in record.observations):
        names = ["alt_exact" if name == "alt" else name for name in names]
    if not alt_is_raised(record, knowledge):
        names = [name for name in names if name != "other_causes"]
    return [name for name in names if not ((result.alarms or is_flaring(result)) and name == "alt_repeat")]


def alt_is_raised(record: Record, knowledge: Knowledge) -> bool:
    """Whether the newest ALT is surely over the upper limit of the phases; the lower one where sex is not known."""
    limits = knowledge.phase_limits
    limit = limits[record.sex] if record.sex in limits else min(limits.values())
    alts = newest((item for item in record.observations if item.marker == "ALT"), record.as_of)
    return any(item.reading.levels and all(level.surely(">", limit) for level in item.reading.levels) for item in alts)


def warnings(record: Record, result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """The warnings about results and about the answer, each kind once; those about the person lead the advice.

    Results without a date of which nobody knows the order contradict each other on no day.
    """
    without_order = {f"conflict:{marker}" for marker in open_markers(record)}
    hidden = (*_SPOKEN_ELSEWHERE, *(f"at_threshold:{guideline.id}." for guideline in superseded(knowledge)))
    not_said = without_order if result.phase.phase == "inactive_carrier" else {*without_order, _OF_INACTIVE}
    shown = [item for item in result.warnings if item not in not_said and not item.startswith(hidden)]
    kinds = dict.fromkeys(warning.split(":")[0] for warning in shown)
    yield from (Say(f"utter_warning_{kind}", "next") for kind in kinds if kind not in SITUATIONS)
    if record.conditions.kidney_disease is None and any(item.marker == "creatinine" for item in record.observations):
        yield Say("utter_next_kidneys", "next")
    assumed = [warning for warning in result.warnings if warning.startswith("assumed_unit:")]
    if assumed:
        yield Say("utter_warning_units_assumed" if len(assumed) > 1 else "utter_warning_unit_assumed", "next")
