"""The mark behind what no clinician has checked yet, and the line that says what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions import printing
from actions.saying import Say


def mark(confidence: str) -> str:
    """The mark behind something of this confidence, empty where it was checked."""
    return printing.unchecked() if confidence == "unverified" else ""


def noted(says: Iterable[Say], section: str) -> Iterator[Say]:
    """The messages; at the end what the mark means, where one stands in them."""
    given = list(says)
    yield from given
    sign = printing.unchecked()
    if any(sign in "".join(map("".join, say.values.values())) for say in given):
        yield Say("utter_situation_unchecked", section, {"mark": sign})
