"""Results that no limit in the knowledge judges: they do not pass in silence, a doctor is to look at them."""

from __future__ import annotations

from collections.abc import Iterator

from actions.saying import Say
from actions.words import test_name
from hepb.assays import assays
from hepb.record import Observation, Record
from hepb.result import Result
from hepb.timeline import newest

WITHOUT_LIMIT = ("albumin", "platelets", "AFP")
"""Tests for which the knowledge has no limit of their own."""
WITH_ALARM = ("bilirubin", "INR")
"""Tests for which it has only the limit of an alarm: spoken of below it where the report itself calls them high."""


def unjudged(record: Record, result: Result) -> Iterator[Say]:
    """One sentence that names those results, but for what the report calls normal."""
    names = [name for name in WITHOUT_LIMIT if any(_word(item) != "normal" for item in _newest(record, name))]
    if not result.alarms:
        names += [name for name in WITH_ALARM if any(_is_high(item) for item in _newest(record, name))]
    if names:
        yield Say("utter_next_show_results", "next", {"tests": tuple(map(test_name, names))})


def _newest(record: Record, marker: str) -> tuple[Observation, ...]:
    return tuple(newest((item for item in record.observations if item.marker == marker), record.as_of))


def _word(item: Observation) -> str | None:
    """What the report says of the result (``normal``, ``elevated``), None where it says nothing."""
    return item.interpretation or assays().printed.get((item.flag or "").strip().lower())


def _is_high(item: Observation) -> bool:
    over = isinstance(item.value, float | int) and item.reference_high is not None and item.value > item.reference_high
    return over or _word(item) == "elevated"
