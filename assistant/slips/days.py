"""The day of the sample, as it is written on a slip. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.slips.columns import Row
from hepb.reading import days_in
from hepb.yaml_files import parse_yaml

_NUMERIC = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
_MONTHS = 12
_LABEL_BEFORE = 40
"""Characters before a date in which its label stands."""


@dataclass(frozen=True, slots=True)
class SampleDay:
    """A day on which samples were taken. ``written``: as it stands over or beside their results, empty where it stands
    for the whole slip. ``days``: what it can be, empty where the slip does not tell.
    """

    written: str
    days: tuple[date, ...]


def sample_days(rows: Sequence[Row], used: Iterable[str], today: date) -> tuple[SampleDay, ...]:
    """The days that values have, by what is ``used`` of :attr:`Row.written`, each once and in this order.

    A slip writes all its dates in one way: one that can only begin with the day, or only with the month, tells it for
    the others.
    """
    told = dict.fromkeys(used)
    ways = {way for written in told if (way := _begins_with_day(written)) is not None}
    way = ways.pop() if len(ways) == 1 else None
    return tuple(
        SampleDay(written, _meant(written, today, begins_with_day=way) if written else days_of(rows, today))
        for written in told
    )


def _meant(written: str, today: date, *, begins_with_day: bool | None) -> tuple[date, ...]:
    """What a date can be that is not after ``today``."""
    found = next((one.days for one in days_in(written, today)), ())
    numbers = _NUMERIC.match(written)
    if begins_with_day is not None and numbers and len(found) > 1:
        found = tuple(day for day in found if day.day == int(numbers[1 if begins_with_day else 2]))
    return tuple(sorted(day for day in found if day <= today))


def _begins_with_day(written: str) -> bool | None:
    """Whether a date in numbers begins with its day; None where both ways can be."""
    numbers = _NUMERIC.match(written)
    if not numbers or max(int(numbers[1]), int(numbers[2])) <= _MONTHS:
        return None
    return int(numbers[1]) > _MONTHS


def days_of(rows: Sequence[Row], today: date) -> tuple[date, ...]:
    """The day of the sample, or of the report where none is named; several where it can be read in two ways.

    A date without a label is none: it may be that of a birth. Empty where nothing is sure.
    """
    found: dict[str, list[tuple[date, ...]]] = {}
    for row in rows:
        text = row.line.text
        before = 0
        for written in days_in(text, today):
            label = _kind(text[max(before, written.start - _LABEL_BEFORE) : written.start])
            before = written.end
            past = tuple(sorted(day for day in written.days if day <= today))
            if label and past:
                found.setdefault(label, []).append(past)
    for label in ("of_the_sample", "of_the_report"):
        meant = set(found.get(label, ()))
        if meant:
            return meant.pop() if len(meant) == 1 else ()
    return ()


def _kind(text: str) -> str | None:
    """What the last label in a text says the date is."""
    plain = " ".join(text.lower().split())
    best = max(((plain.rfind(word), len(word), kind) for word, kind in _labels().items()), default=(-1, 0, ""))
    return best[2] if best[0] >= 0 else None


@cache
def _labels() -> dict[str, str]:
    file = Path(__file__).with_name("words.en.yaml")
    words: dict[str, Any] = parse_yaml(file.read_text("utf8"), file.name)
    return {word: kind for kind, labels in words["date_labels"].items() for word in labels}
