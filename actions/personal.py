"""What holds for this patient, beside the general answer to a question (``personal.yaml`` says what for which)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from actions.answer import NAMED_PHASES, reason_values, told_name, whose
from actions.fibrosis import fibrosis
from actions.next_steps import surveillance
from actions.progress import Progress
from actions.saying import Say
from actions.turn import assessed
from actions.understood import said
from actions.words import test_name
from hepb.loader import knowledge
from hepb.printed_result import SEROLOGY
from hepb.record import MARKERS, Record
from hepb.result import Reason, Result
from hepb.timeline import newest
from hepb.yaml_files import parse_yaml

PHASE = "phase"
BEHIND: Mapping[str, Callable[[Record, Result], Iterator[Say]]] = {
    "scores": lambda core, result: fibrosis(core, result, knowledge()),
    "surveillance": lambda _, result: surveillance(result, knowledge()),
}
"""What is said behind the answers, once an answer stands."""


@cache
def parts() -> Mapping[str, tuple[str, ...]]:
    """Intent to the names of what is the patient's own in its answer."""
    file = Path(__file__).with_name("personal.yaml")
    return {intent: tuple(names) for intent, names in parse_yaml(file.read_text("utf8"), file.name).items()}


def before(intent: str, progress: Progress) -> Iterator[Say]:
    """The patient's own values, and the phase once it was named; nothing beside an alarm."""
    names = parts().get(intent, ())
    if not progress.record or not names:
        return
    core, result = assessed(progress)
    if result.alarms:
        return
    for name in names:
        if name == PHASE and progress.dialogue.answered:
            yield from _phase(result)
        elif name in MARKERS:
            yield from _value(name, core, result)


def own_value(marker: str, progress: Progress) -> Iterator[Say]:
    """The newest result of a test in one sentence; nothing beside an alarm."""
    core, result = assessed(progress)
    if not result.alarms:
        yield from _value(marker, core, result)


def after(intents: Iterable[str | None], progress: Progress) -> Iterator[Say]:
    """The patient's own scores and scan, or who advises them to look for liver cancer; nothing beside an alarm."""
    wanted = {name for intent in intents for name in parts().get(intent or "", ())}
    if not wanted & set(BEHIND) or not progress.dialogue.answered:
        return
    core, result = assessed(progress)
    if not result.alarms:
        for name, say in BEHIND.items():
            yield from say(core, result) if name in wanted else ()


def _phase(result: Result) -> Iterator[Say]:
    found = result.phase
    if found.phase in NAMED_PHASES or found.between:
        yield Say(f"utter_phase_{found.phase}", "answer")
    if found.between:
        yield Say(f"utter_between_{found.between[0]}_{found.between[1]}", "answer")


def _value(marker: str, core: Record, result: Result) -> Iterator[Say]:
    """The newest result in one sentence: beside a limit, else its sign, else as it was told."""
    told = said(core)
    counted = (result.decisions[name].because for name in knowledge().counted)
    reasons = (*result.phase.reasons, *(reason for because in counted for reason in because))
    reason = next((reason for reason in reasons if reason.name == marker), None)
    if marker == "ALT":
        reason = _beside_limit(core) or reason
    results = newest((item for item in core.observations if item.marker == marker), core.as_of)
    signs = results[-1].reading.signs if results else None
    if reason:
        values = reason_values(reason, told, whose(reason, result, knowledge()))
        yield Say(f"utter_because_{told_name(reason, told)}", "answer", values)
    elif marker in SEROLOGY and signs and len(signs) == 1:
        yield Say(f"utter_because_{marker}_{next(iter(signs))}", "answer")
    elif marker in told:
        yield Say("utter_your_value", "answer", {"test": test_name(marker), "yours": told[marker]})


def _beside_limit(core: Record) -> Reason | None:
    """The newest ALT beside the upper limit of the phases; beside both where sex is not known; None in between."""
    limits = knowledge().phase_limits
    own = [limits[core.sex]] if core.sex in limits else sorted(limits.values())
    alts = newest((item for item in core.observations if item.marker == "ALT"), core.as_of)
    levels = alts[-1].reading.levels if alts else ()
    for op, limit in ((">", own[-1]), ("<=", own[0])):
        if levels and all(level.surely(op, limit) for level in levels):
            return Reason("marker", "ALT", op, limit, "U/L", "")
    return None
