"""Which of several results without a date is the newest: the question, and what its answer does to the record."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from actions.saying import Say
from actions.understood import shown
from actions.words import test_name
from hepb.printed_result import SEROLOGY
from hepb.questions import Question
from hepb.record import Observation, Record, parse_record
from hepb.timeline import is_order_open, newest

DATES = "dates:"
PLACES = ("newest_first", "newest_second", "newest_third")
"""Items of the buttons, in the order of the results that they show."""
_TITLES = ("first", "second", "third")
_NO_BUTTONS = ("unknown",)


def alternatives(record: Record, marker: str) -> tuple[Observation, ...]:
    """The results of which any may be the newest, alike ones once; of signs the positive one first."""
    items = newest((item for item in record.observations if item.marker == marker), record.as_of)
    different = tuple({item.reading: item for item in items if item.date is None}.values())
    if marker not in SEROLOGY:
        return different
    certain = [item for item in different if item.reading.signs and len(item.reading.signs) == 1]
    return tuple(sorted(certain, key=lambda item: item.reading.signs != {"positive"}))


def open_markers(record: Record) -> frozenset[str]:
    """The tests of which nobody knows which result is the newest."""
    by_marker: dict[str, list[Observation]] = {}
    for item in record.observations:
        by_marker.setdefault(item.marker, []).append(item)
    return frozenset(marker for marker, items in by_marker.items() if is_order_open(newest(items, record.as_of)))


def ask_which(record: Record, question: Question) -> Say:
    """Which of the results is the newest? With a button for each, unless they are too many."""
    marker = question.items[0].removeprefix(DATES)
    found = alternatives(record, marker)
    texts = [_text(item) for item in found]
    values = dict(zip_longest(_TITLES, texts[: len(_TITLES)], fillvalue=""))
    fits = len(found) <= len(PLACES)
    return Say(
        "utter_ask_dates_sign" if marker in SEROLOGY else "utter_ask_dates",
        "question",
        {**values, "question": question.id, "test": test_name(marker), "tests": tuple(texts)},
        offered=PLACES[: len(found)] if fits else _NO_BUTTONS,
    )


def with_newest(record: dict[str, Any], marker: str, place: int) -> dict[str, Any]:
    """The record (in contract form) with one of the alternatives told to be the newest, the others to be older."""
    core = parse_record(record)
    found = alternatives(core, marker)
    if not 0 <= place < len(found):
        return record
    open_ones = newest((item for item in core.observations if item.marker == marker), core.as_of)
    last = max((item.sequence or 0 for item in core.observations if item.marker == marker), default=0)
    observations = list(record["observations"])
    for index, item in enumerate(core.observations):
        if item.date is None and any(item is other for other in open_ones):
            sequence = last + 2 if item.reading == found[place].reading else item.sequence or last + 1
            observations[index] = {**observations[index], "sequence": sequence}
    return {**record, "observations": observations}


def same_result(record: dict[str, Any], marker: str, finding: Mapping[str, Any]) -> int | None:
    """The place of the alternative that ``finding`` repeats: the same sign or the same number."""
    printed = {key: finding.get(key) for key in ("value", "unit", "interpretation")}
    [said] = parse_record({"observations": [{"marker": marker, **printed}]}).observations
    for place, item in enumerate(alternatives(parse_record(record), marker)):
        alike = (
            item.reading.signs == said.reading.signs if marker in SEROLOGY else shown(item)["value"] == _number(said)
        )
        if alike:
            return place
    return None


def _number(item: Observation) -> str | None:
    return shown(item)["value"] or None


def _text(item: Observation) -> str:
    level = " ".join(part for part in shown(item).values() if part)
    return level or str(item.interpretation or item.value)
