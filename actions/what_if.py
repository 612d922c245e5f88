"""What would change if a result or the age were another: the record with that value in it, assessed once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from actions import printing
from actions.advice import SPOKEN, counted_answers
from actions.answer import NAMED_PHASES
from actions.dialogue import SELF
from actions.hearing import Heard
from actions.memory import Record, is_usable, read_bare, take_finding
from actions.progress import Progress
from actions.saying import Say
from actions.understood import said
from actions.words import test_name
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.reading.findings import OTHER
from hepb.record import MARKERS, parse_record
from hepb.result import Result

ABOUT_RESULTS = frozenset(
    {
        "ask_my_phase", "ask_treat_now", "ask_normal_alt", "ask_lower_alt", "ask_what_is_alt", "ask_why_alt_rises",
        "ask_what_is_hbv_dna", "ask_high_viral_load", "ask_low_viral_load", "ask_viral_load_changes",
        "ask_when_is_best_time_to_treat", "ask_why_no_treatment_in_tolerance", "is_that_bad", "what_if_it_goes_up",
    }
)  # fmt: skip
"""Questions that a mere "if" asks of one's own results; behind "what if" every question does."""
LASTING = timedelta(days=366)
"""So long an imagined ALT is taken to have lasted: a single one would leave open what guidelines say."""


def what_if(progress: Progress, message: Heard) -> tuple[Say, ...]:
    """What the guidelines would say with the value that the question imagines; nothing where it imagines none.

    The record stays as it is. A viral load without a unit has that of the patient's own; without one it is asked for.
    """
    asked = message.imagined
    if not asked or not progress.record.get("observations"):
        return ()
    if any(_was_told(finding, message) for finding in asked["findings"]):
        return ()
    if not asked["plain"] and ABOUT_RESULTS.isdisjoint({message.intent, *message.topics}):
        return ()
    whose = {SELF} if progress.dialogue.person == SELF else {progress.dialogue.person, OTHER}
    findings = [item for item in asked["findings"] if item["person"] in whose] or _of_it(asked["of_it"], progress)
    if any(_lacks_unit(finding, progress.record) for finding in findings):
        return (Say("utter_what_if_unit", "answer"),)
    imagined = _imagined(progress, findings)
    return tuple(_answer(progress, imagined, findings)) if imagined else ()


def _was_told(finding: Mapping[str, Any], message: Heard) -> bool:
    """Whether the same value was read as a fact: "when I was 40 my ALT was 100"."""
    keys = ("name", "value", "interpretation")
    return any(all(finding.get(key) == told.get(key) for key in keys) for told in message.findings)


def _of_it(text: str, progress: Progress) -> list[Mapping[str, Any]]:
    """The value of the result that was given last ("what if it goes to 100?")."""
    finding = read_bare(progress.dialogue.last_marker, text) if text else None
    return [finding] if finding else []


def _unit_of(marker: str, record: Record) -> str | None:
    units = [item.get("unit") for item in record.get("observations", ()) if item["marker"] == marker]
    return units[-1] if units else None


def _lacks_unit(finding: Mapping[str, Any], record: Record) -> bool:
    number = finding["name"] == "HBV_DNA" and isinstance(finding.get("value"), int | float | list)
    return number and not finding.get("unit") and not _unit_of("HBV_DNA", record)


def _imagined(progress: Progress, findings: list[Mapping[str, Any]]) -> Record | None:
    """The record with the imagined values in the place of what was told; None where the core refuses them."""
    record = progress.record
    for finding in findings:
        name = finding["name"]
        if name in MARKERS:
            kept = [item for item in record["observations"] if item["marker"] != name]
            unit = finding.get("unit") or _unit_of(name, record)
            since = (progress.today - LASTING).isoformat() if name == "ALT" else None
            finding = {**finding, "unit": unit, "since": since, "date": None}  # noqa: PLW2901 - a copy
            record = {**record, "observations": kept}
        change = take_finding(record, finding)
        if not change.taken:
            return None
        record = change.record
    return record if findings and is_usable(record) else None


def _answer(progress: Progress, imagined: Record, findings: list[Mapping[str, Any]]) -> Iterator[Say]:
    now = assess(parse_record(progress.record, progress.today), signs=progress.dialogue.signs)
    core = parse_record(imagined, progress.today)
    then = assess(core, signs=progress.dialogue.signs)
    told = said(core)
    for finding in findings:
        name = finding["name"]
        if name == "age":
            yield Say("utter_what_if_age", "answer", {"value": printing.number(core.age or 0)})
        elif name in told:
            lasting = "_lasting" if name == "ALT" else ""
            yield Say(f"utter_what_if_value{lasting}", "answer", {"test": test_name(name), "value": told[name]})
        else:
            yield Say("utter_what_if_sign", "answer", {"test": test_name(name)})
    if then.alarms:
        yield Say("utter_what_if_alarm", "answer")
    if then.phase.phase in NAMED_PHASES or then.phase.phase == "indeterminate":
        yield Say(f"utter_what_if_phase_{then.phase.phase}", "answer")
    yield from _guidelines(now, then)


def _guidelines(now: Result, then: Result) -> Iterator[Say]:
    """How many guidelines would say what, and whose answer would be another."""
    before, after = counted_answers(now, knowledge()), counted_answers(then, knowledge())
    if not after:
        yield Say("utter_what_if_no_answer", "answer")
        return
    for answer in SPOKEN:
        titles = tuple(knowledge().guideline(name).title for name, one in after.items() if one == answer)
        if titles:
            values = {"count": str(len(titles)), "total": str(len(after)), "guidelines": titles}
            yield Say(f"utter_what_if_{answer}", "answer", values)
    changed = tuple(knowledge().guideline(name).title for name, one in after.items() if before.get(name) != one)
    if changed:
        yield Say("utter_what_if_changed", "answer", {"guidelines": changed})
    else:
        yield Say("utter_what_if_same", "answer")
    yield Say("utter_what_if_only", "answer")
