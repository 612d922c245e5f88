"""What the items of a button mean for the record: those that depend on the day or on the open question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.facts import lasting_months
from actions.order import DATES, PLACES
from actions.questions import ASK

NO_ITEMS = frozenset({"question", "none", "unknown", "confirm", "continue", ASK})
"""Keys of a button that are no item of a record."""


def resolved(items: Mapping[str, Any], asked: tuple[str, ...], today: date) -> dict[str, Any]:
    """The items of a button as items of the record. ``asked``: those of the question, none when it is closed.

    "For some months" becomes the day since when; the newest of several results answers the question which one it is.
    """
    found = {item: value for item, value in items.items() if item not in {*PLACES, *NO_ITEMS}}
    if "ALT_lasting" in found:
        found["ALT_since"] = months_before(today, lasting_months()[found.pop("ALT_lasting")]).isoformat()
    places = [PLACES.index(item) for item in items if item in PLACES]
    if places and asked and asked[0].startswith(DATES):
        found[asked[0]] = places[0]
    return found


def months_before(day: date, months: int) -> date:
    """The day ``months`` months before ``day``, at most the 28th so that it exists in every month."""
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, min(day.day, 28))
