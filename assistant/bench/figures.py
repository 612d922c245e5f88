"""Statistics of measured times. Pure functions."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PERCENTILE = 95
MILLISECONDS = 1000


@dataclass(frozen=True)
class Times:
    """Times of many turns: how many, and their median and 95th percentile in milliseconds."""

    count: int
    median_ms: float
    p95_ms: float


def times_of(seconds: Sequence[float]) -> Times:
    """Summarise measured times given in seconds. Raises ValueError when there are none."""
    return Times(len(seconds), median(seconds) * MILLISECONDS, percentile(seconds, PERCENTILE) * MILLISECONDS)


def median(values: Sequence[float]) -> float:
    """Return the median. Raises ValueError when there are no values."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value below which ``percent`` (0 to 100) of the values lie, interpolated between neighbours.

    Raises ValueError when there are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def window_medians(
    conversations: Sequence[Sequence[float]], windows: Mapping[int, tuple[int, int]]
) -> dict[int, float | None]:
    """Return the median time in milliseconds around some turns of long conversations.

    ``windows`` gives for each turn the first and the last turn, counted from 1, whose times are taken together; the
    result is None where no conversation got that far.
    """
    return {turn: _window_median(conversations, first, last) for turn, (first, last) in windows.items()}


def _window_median(conversations: Sequence[Sequence[float]], first: int, last: int) -> float | None:
    taken = [
        seconds
        for conversation in conversations
        if len(conversation) >= last
        for seconds in conversation[first - 1 : last]
    ]
    return median(taken) * MILLISECONDS if taken else None
