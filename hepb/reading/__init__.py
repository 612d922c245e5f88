"""Reading laboratory results, conditions, age and sex out of what a patient writes.

``read_text`` is the way in; spaCy is imported with the first text, so that the rest of the core stays light.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hepb.reading.findings import Finding, Reading, WrittenDay
from hepb.reading.lexicon import data_files

__all__ = [
    "Finding", "Reading", "WrittenDay", "data_files", "days_in", "read_row", "read_text", "warm_up",
]  # fmt: skip


def read_text(text: str, as_of: date | None = None) -> Reading:
    """Read one message. ``as_of`` is the day from which "two years ago" is counted; default today.

    Never raises, whatever the text holds.
    """
    from hepb.reading.pipeline import read  # noqa: PLC0415 - imports spaCy

    return read(text, as_of or date.today())  # noqa: DTZ011 - the patient's own calendar day


def read_row(text: str, row_id: str | int | None = None, as_of: date | None = None) -> dict[str, Any]:
    """What was understood of one text, as ``hepb read`` prints it (``docs/contract.md``)."""
    reading = read_text(text, as_of)
    return {"id": row_id, "markers": reading.markers(), "others": reading.others()}


def days_in(text: str, as_of: date | None = None) -> tuple[WrittenDay, ...]:
    """The days that a text names, in its order, each with all that it can mean ("05/10/2026" is two)."""
    from hepb.reading.pipeline import days  # noqa: PLC0415 - imports spaCy

    return days(text, as_of or date.today())  # noqa: DTZ011 - as above


def warm_up(language: str = "en") -> None:
    """Build the pipeline now rather than with the first message."""
    from hepb.reading.pipeline import pipeline  # noqa: PLC0415 - imports spaCy

    pipeline(language)
