"""The day of the sample, as it is written on a slip. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.slips.columns import Row
from hepb.reading import days_in
from hepb.yaml_files import parse_yaml

_LABEL_BEFORE = 40
"""Characters before a date in which its label stands."""


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
