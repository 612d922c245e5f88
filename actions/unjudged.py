"""Results that no guideline here judges: they do not pass in silence, a doctor is to look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from actions import printing
from actions.marks import mark, noted
from actions.saying import Say
from actions.understood import said
from actions.words import test_name
from hepb.assays import assays
from hepb.record import Observation, Record
from hepb.result import Result
from hepb.timeline import newest
from hepb.usual import Unusual
from hepb.usual import unusual as beyond_usual

WITHOUT_LIMIT = ("albumin", "platelets", "AFP")
"""Tests for which no guideline has a limit of their own."""
WITH_ALARM = ("bilirubin", "INR")
"""Tests for which it has only the limit of an alarm: spoken of below it where the report itself calls them high."""


def unusual(record: Record, section: str, only: Collection[str] | None = None) -> Iterator[Say]:
    """One sentence for each result that leaves what is usual (``only`` those tests): what it can mean, and how soon."""
    told = said(record)
    found = [item for item in beyond_usual(record) if only is None or item.limit.marker in only]
    yield from noted((_say(item, told.get(item.limit.marker, ""), section) for item in found), section)


def is_unusual(say: Say) -> bool:
    """Whether a message is one of :func:`unusual`."""
    return say.response.startswith("utter_unusual_")


def far_off(record: Record, only: Collection[str]) -> frozenset[str]:
    """The tests among ``only`` whose result is far from what is usual."""
    return frozenset(item.limit.marker for item in beyond_usual(record) if item.far and item.limit.marker in only)


def unjudged(record: Record, result: Result) -> Iterator[Say]:
    """What leaves the usual, then one sentence that names the other results, but for what the report calls normal."""
    yield from unusual(record, "next")
    spoken_of = {item.limit.marker for item in beyond_usual(record)}
    names = [name for name in WITHOUT_LIMIT if any(_word(item) != "normal" for item in _newest(record, name))]
    if not result.alarms:
        names += [name for name in WITH_ALARM if any(_is_high(item) for item in _newest(record, name))]
    if names := [name for name in names if name not in spoken_of]:
        yield Say("utter_next_show_results", "next", {"tests": tuple(map(test_name, names))})


def _say(found: Unusual, yours: str, section: str) -> Say:
    limit = found.limit
    value = limit.far if found.far else limit.value
    numbers = {"yours": yours, "value": printing.number(value), "unit": limit.unit, "mark": mark(limit.confidence)}
    return Say(f"utter_unusual_{limit.marker}_{limit.side}{'_far' if found.far else ''}", section, numbers)


def _newest(record: Record, marker: str) -> tuple[Observation, ...]:
    return tuple(newest((item for item in record.observations if item.marker == marker), record.as_of))


def _word(item: Observation) -> str | None:
    """What the report says of the result (``normal``, ``elevated``), None where it says nothing."""
    return item.interpretation or assays().printed.get((item.flag or "").strip().lower())


def _is_high(item: Observation) -> bool:
    over = isinstance(item.value, float | int) and item.reference_high is not None and item.value > item.reference_high
    return over or _word(item) == "elevated"
