"""Observations in time: the newest ones, what those of one day say together, and how long ALT has been raised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hepb.interval import Interval
from hepb.record import Observation


def newest(observations: Iterable[Observation], as_of: date) -> tuple[Observation, ...]:
    """The observations of the latest day; one without a date counts as of ``as_of``."""
    last, found = date.min, []
    for item in observations:
        if item.reading.levels is None and item.reading.signs is None:
            continue
        day = item.date or as_of
        if day > last:
            last, found = day, [item]
        elif day == last:
            found.append(item)
    return tuple(found)


def combined_levels(observations: Sequence[Observation]) -> tuple[tuple[Interval, ...], bool]:
    """What same-day results say together, and whether they contradict each other (then all stay possible)."""
    readings = [item.reading.levels for item in observations if item.reading.levels is not None]
    together = readings[0] if readings else ()
    for levels in readings[1:]:
        together = tuple(part for one in together for other in levels if not (part := one.intersection(other)).is_empty)
        if not together:
            return tuple(level for levels in readings for level in levels), True
    return together, False


def months_between(first: date, last: date) -> float:
    """Calendar months from ``first`` to ``last``, with the days of a begun month as a share."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    if last.day < first.day:
        whole -= 1
        return max(0.0, whole + (last.day + 30 - first.day) / 31)
    return max(0.0, whole + (last.day - first.day) / 31)


@dataclass(frozen=True)
class AltDay:
    """What ALT was on one day. ``since``: the earliest day since when a result of that day says it held."""

    day: date
    levels: tuple[Interval, ...]
    since: date


def alt_days(observations: Iterable[Observation], as_of: date) -> tuple[AltDay, ...]:
    """The days with an ALT, newest first."""
    by_day: dict[date, list[Observation]] = {}
    for item in observations:
        if item.reading.levels:
            by_day.setdefault(item.date or as_of, []).append(item)
    return tuple(
        AltDay(day, combined_levels(items)[0], min(item.since or day for item in items))
        for day, items in sorted(by_day.items(), reverse=True)
    )


def months_above(op: str, limit: float, days: Sequence[AltDay]) -> float:
    """How long ALT has shown itself on the far side of ``limit`` (U/L), without a break, in months."""
    start = later = None
    for alt in days:
        if not all(level.surely(op, limit) for level in alt.levels):
            if start is not None and start <= alt.day:  # "raised since" is contradicted by this value
                start = later
            break
        start = min(start or alt.since, alt.since)
        later = alt.day
    return 0.0 if start is None else months_between(start, days[0].day)
