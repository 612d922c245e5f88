"""Urgent messages: how many are found, and how often ordinary ones raise an alarm."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.sets import UrgentSet
from hepb.safety.urgent import find_urgent

Detect = Callable[[str], Collection[str]]
"""Text to the kinds of urgency found in it."""


@dataclass(frozen=True)
class UrgentScore:
    """``missed``: urgent rows whose kind was not found; ``alarms``: ordinary texts in which one was."""

    messages: UrgentSet
    missed: tuple[tuple[str, str], ...]
    alarms: tuple[str, ...]

    def figures(self) -> dict[str, Any]:
        """Return the score as JSON."""
        urgent, ordinary = len(self.messages.urgent), len(self.messages.ordinary)
        return {
            "urgent": urgent,
            "recall": 1 - len(self.missed) / urgent,
            "ordinary": ordinary,
            "false_alarms": len(self.alarms) / ordinary,
        }


def measure_urgency(detect: Detect, messages: UrgentSet) -> UrgentScore:
    """Look for urgent signs in every message of a set."""
    return UrgentScore(
        messages,
        missed=tuple((kind, text) for kind, text in messages.urgent if kind not in detect(text)),
        alarms=tuple(text for text in messages.ordinary if detect(text)),
    )


def rule_kinds(text: str) -> set[str]:
    """Return the kinds of urgency that the rules alone find in a text."""
    return {sign.kind for sign in find_urgent(text)}
