"""Results before treatment and on it: kept apart, and asked about where it decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.dialogue import Dialogue
from actions.memory import Record
from actions.progress import WHEN_TAKEN, Progress, doubted
from hepb.printed_result import SEROLOGY
from hepb.record import MARKERS, parse_record
from hepb.timeline import newest

LOAD = "HBV_DNA"


def is_from_before(finding: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a result is told as one from before treatment, and none of the time since is told with it."""
    if not finding.get("before_treatment") or finding["name"] not in MARKERS or finding.get("date"):
        return False
    return not any(
        other.get("current") and other["name"] == finding["name"] and other.get("person") == finding.get("person")
        for other in findings
    )


def set_aside(progress: Progress, observations: Iterable[Mapping[str, Any]]) -> Progress:
    """Results from before treatment wait: alone they say nothing of today."""
    before = (*progress.dialogue.before, *(dict(item) for item in observations))
    return replace(progress, dialogue=replace(progress.dialogue, before=before), kept_from_before=True)


def with_earlier(record: Record, dialogue: Dialogue, marker: str) -> tuple[Record, Dialogue]:
    """The record with a result from before treatment in front of the new one of the same test, which has no date."""
    observations = record.get("observations", [])
    earlier = [item for item in dialogue.before if item["marker"] == marker]
    new = [item for item in observations if item["marker"] == marker]
    if not earlier or len(new) != 1 or new[0].get("date"):
        return record, dialogue
    others = [item for item in observations if item["marker"] != marker]
    pair = [{**earlier[-1], "sequence": 1}, {**new[0], "sequence": 2}]
    kept = tuple(item for item in dialogue.before if item["marker"] != marker)
    return {**record, "observations": [*others, *pair]}, replace(dialogue, before=kept)


def of_today(progress: Progress, name: str) -> Progress:
    """A viral load of today needs no question whether it was taken before treatment."""
    asked = (*progress.dialogue.asked, WHEN_TAKEN) if name == LOAD else progress.dialogue.asked
    return replace(progress, dialogue=replace(progress.dialogue, asked=asked))


def asking_when(progress: Progress) -> Progress:
    """Ask once, of somebody on treatment, when virus was found: before it, or while it should work."""
    if WHEN_TAKEN in progress.dialogue.asked or not {LOAD, "on_treatment"} & set(progress.taken):
        return progress
    record = parse_record(progress.record, progress.today)
    if record.conditions.on_treatment is not True:
        return progress
    loads = newest((item for item in record.observations if item.marker == LOAD), record.as_of)
    found = any(item.reading.levels and all(level.surely(">", 0) for level in item.reading.levels) for item in loads)
    if not found or any(item.date or item.sequence for item in loads):
        return progress
    dialogue = replace(progress.dialogue, asked=(*progress.dialogue.asked, WHEN_TAKEN))
    return doubted(replace(progress, dialogue=dialogue), {"name": LOAD, "doubt": WHEN_TAKEN})


def all_from_before(progress: Progress) -> Progress:
    """The results without a date were taken before treatment; signs of the antigens stand."""
    observations = progress.record.get("observations", [])
    early = [item for item in observations if item["marker"] not in SEROLOGY and not item.get("date")]
    kept = [item for item in observations if item not in early]
    return set_aside(replace(progress, record={**progress.record, "observations": kept}), early)
