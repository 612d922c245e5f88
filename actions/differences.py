"""Why the guidelines differ for this person: what counts for some, and what others ask for or leave aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from actions import printing
from actions.saying import Say
from hepb.result import Difference, Reason, Result
from hepb.whole_knowledge import Knowledge

SECTION = "differ"
MOST_DIFFERENCES = 2
_NO_UNITS = frozenset({"ratio", "METAVIR", "points"})
"""Units of the core that no report prints."""


def differences(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """For the subjects that part most guidelines: who counts it, who asks for more, who has no rule on it."""
    for difference in result.differences[:MOST_DIFFERENCES]:
        for name, counts in _counted(difference):
            yield Say(f"utter_differ_counts_{name}", SECTION, _values(counts, knowledge))
        if difference.asks:
            values = _values(difference.asks, knowledge)
            if difference.name == "HBV_DNA" and load_hangs_on_hbeag(result):
                values["limits"] = ()
            yield Say("utter_differ_asks" if values["limits"] else "utter_differ_asks_more", SECTION, values)
        if difference.ignores:
            yield Say("utter_differ_ignores", SECTION, {"guidelines": _titles(difference.ignores, knowledge)})


def load_hangs_on_hbeag(result: Result) -> bool:
    """Whether HBeAg is open, on which it hangs what viral load a guideline asks for."""
    return "HBeAg" in {*result.phase.missing, *result.missing}


def _counted(difference: Difference) -> Iterator[tuple[str, Mapping[str, Reason]]]:
    """Who counts the subject, those apart to whom any virus in the blood counts."""
    counts = difference.counts
    any_virus = {key: reason for key, reason in counts.items() if difference.name == "HBV_DNA" and reason.value == 0}
    if any_virus:
        yield "HBV_DNA_detected", any_virus
    if others := {key: reason for key, reason in counts.items() if key not in any_virus}:
        yield difference.name, others


def _values(reasons: Mapping[str, Reason], knowledge: Knowledge) -> dict[str, str | tuple[str, ...]]:
    limits = dict.fromkeys(limit for reason in reasons.values() if (limit := _limit(reason)))
    return {"limits": tuple(limits), "guidelines": _titles(reasons, knowledge)}


def _limit(reason: Reason) -> str:
    """The comparison as a report would print it (``≥ 70 U/L``); empty where there is no number."""
    if reason.op == "is" or not isinstance(reason.value, float) or reason.value == 0:
        return ""
    unit = "" if reason.unit in _NO_UNITS else reason.unit or ""
    return f"{printing.level((reason.value,), reason.op)} {unit}".strip()


def _titles(guidelines: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(knowledge.guideline(name).title for name in guidelines)
