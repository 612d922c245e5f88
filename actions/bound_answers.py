"""Answers that hold only for one sign of a result or for one condition (``bound_answers.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from actions.progress import Progress
from actions.questions import can_be_asked
from hepb.record import COINFECTIONS, MARKERS, parse_record
from hepb.record import Record as CoreRecord
from hepb.timeline import newest
from hepb.yaml_files import parse_yaml

_ABSENT = (False, "none")


def fitting(intent: str, progress: Progress) -> tuple[str, ...]:
    """The question itself, or what is answered in its place where the record tells another sign; nothing if nothing is.

    What stands in place is held against the record too.
    """
    entry = _bound().get(intent)
    if entry is None:
        return (intent,)
    core = parse_record(progress.record, progress.today)
    if not _contradicted(entry["holds_for"], core, progress):
        return (intent,)
    other = entry.get("instead")
    return fitting(other, progress) if other and can_be_asked(other) else ()


def own_result(intent: str) -> str:
    """The result that decides whether the answer to ``intent`` holds; empty where none does."""
    return next((name for name in _bound().get(intent, {}).get("holds_for", {}) if name in MARKERS), "")


def _contradicted(holds_for: Mapping[str, Any], core: CoreRecord, progress: Progress) -> bool:
    for name, wanted in holds_for.items():
        if name in MARKERS:
            results = newest((item for item in core.observations if item.marker == name), core.as_of)
            signs = results[-1].reading.signs if results else None
            if signs and len(signs) == 1 and wanted not in signs:
                return True
        elif (there := _is_there(name, progress)) is not None and there != wanted:
            return True
    return False


def _is_there(name: str, progress: Progress) -> bool | None:
    """Whether a condition was told to be there; None where nothing was told of it."""
    conditions = progress.record.get("conditions", {})
    if name in COINFECTIONS:
        if name in conditions.get("coinfection", ()):
            return True
        return False if name in progress.dialogue.ruled_out or conditions.get("coinfection") == [] else None
    value = conditions.get(name)
    return None if value is None else value not in _ABSENT


@cache
def _bound() -> Mapping[str, Mapping[str, Any]]:
    file = Path(__file__).with_suffix(".yaml")
    return parse_yaml(file.read_text("utf8"), file.name)
