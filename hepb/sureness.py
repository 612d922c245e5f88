"""How sure something is: no surer than the least sure thing that it rests on."""

from __future__ import annotations

from collections.abc import Iterable

CONFIDENCES = ("P", "R", "T", "unverified")
"""From the surest to the least sure: guideline text, review, tertiary source, not yet seen by us."""


def least_sure(confidences: Iterable[str]) -> str:
    """The least sure of these; there is at least one."""
    return max(confidences, key=CONFIDENCES.index)
