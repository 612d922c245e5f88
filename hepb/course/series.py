"""The results of one marker in the order of time, and whether one of them satisfies a comparison."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from hepb.course.history import since_their_day, steps
from hepb.criteria import Test
from hepb.interval import Interval
from hepb.printed_result import SIGNS
from hepb.record import Observation
from hepb.timeline import combined_levels, overtaken, place_in_time


@dataclass(frozen=True, slots=True)
class Point:
    """What the results of one marker say of one moment. ``day`` is None where nobody gave one.

    ``levels`` and ``signs``: what is possible, as in :class:`hepb.printed_result.Reading`.
    """

    day: date | None
    shown: Observation
    levels: tuple[Interval, ...]
    signs: frozenset[str]

    def surely(self, test: Test, upper_limits: Iterable[float]) -> bool:
        """Whether ``test`` holds for every value that is possible, and for each of the upper limits."""
        if test.op == "is":
            return self.signs <= set(cast("tuple[str, ...]", test.value))
        value = cast("float", test.value)
        limits = [value * limit for limit in upper_limits] if test.times_upper_limit else [value]
        return bool(self.levels) and all(level.surely(test.op, limit) for level in self.levels for limit in limits)


def timelines(
    observations: Iterable[Observation], as_of: date, markers: Container[str], alone: Container[str]
) -> Mapping[str, tuple[tuple[Point, ...], ...]]:
    """Per marker of ``markers`` its chains of points, oldest first. One result alone is one only in ``alone``.

    Results without a date, of which later ones were told, make a chain of their own, since nobody knows whether they
    are older than those with a date.
    """
    by_marker: dict[str, list[Observation]] = {}
    for item in observations:
        if item.marker in markers and (item.reading.levels is not None or item.reading.signs is not None):
            by_marker.setdefault(item.marker, []).append(item)
    return {
        marker: tuple(_chains(items, as_of)) for marker, items in by_marker.items() if len(items) > 1 or marker in alone
    }


def _chains(items: Iterable[Observation], as_of: date) -> Iterator[tuple[Point, ...]]:
    items = since_their_day(items)
    early = overtaken(items)
    known = [item for item in items if item not in early]
    chain = _points(known, as_of)
    if len(chain) > 1 or not early:
        yield chain
    if early:
        yield (*(_point(None, step) for step in steps(early)), chain[-1])


def _points(items: Iterable[Observation], as_of: date) -> tuple[Point, ...]:
    """One point per day; a result that has held since a day is a point there too."""
    by_day: dict[date, list[Observation]] = {}
    for item in items:
        day = place_in_time(item, as_of)[0]
        for seen in {day, min(item.since or day, day)}:
            by_day.setdefault(seen, []).append(item)
    return tuple(_point(day, by_day[day]) for day in sorted(by_day))


def _point(day: date | None, items: Sequence[Observation]) -> Point:
    levels, _ = combined_levels(items)
    signs = SIGNS.intersection(*(item.reading.signs or SIGNS for item in items)) or SIGNS
    return Point(day, one_of(items), levels, signs)


def one_of(items: Sequence[Observation]) -> Observation:
    """The result to show of several that count alike: always the same one, in whatever order they stand."""
    return items[0] if len(items) == 1 else min(items, key=repr)
