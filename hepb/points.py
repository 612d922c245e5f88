"""Tables of points, from which a score such as PAGE-B is summed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hepb.interval import Interval


@dataclass(frozen=True, slots=True)
class Steps:
    """From which value on (``starts``, ascending) how many points."""

    starts: tuple[float, ...]
    points: tuple[int, ...]

    def touched(self, levels: Sequence[Interval]) -> Collection[int]:
        """The points of every step that some of the levels touch; all where nothing is known."""
        found: list[int] = []
        for level in levels:
            first = max(bisect_right(self.starts, level.low) - 1, 0)
            end = (bisect_left if level.high_open else bisect_right)(self.starts, level.high)
            found += self.points[first:end]
        return found if levels else self.points


@dataclass(frozen=True, slots=True)
class Points:
    """A table of points: of the age in years, of platelets in 10^9/L, and of the sex."""

    age: Steps
    platelets: Steps
    sex: Mapping[str, int]
