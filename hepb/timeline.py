"""Observations in time: the newest ones, what those of one day say together, and how long ALT has been raised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from hepb.interval import Interval
from hepb.record import Observation


def newest(observations: Iterable[Observation], as_of: date) -> tuple[Observation, ...]:
    """The observations of the latest day; one without a date counts as of ``as_of``, those told in order last."""
    last, found = (date.min, inf), []
    for item in observations:
        if item.reading.levels is None and item.reading.signs is None:
            continue
        place = place_in_time(item, as_of)
        if place > last:
            last, found = place, [item]
        elif place == last:
            found.append(item)
    return tuple(found)


def place_in_time(item: Observation, as_of: date) -> tuple[date, float]:
    """What orders the results of one marker; those without a date by their ``sequence``, without one the last."""
    return (item.date, inf) if item.date else (as_of, item.sequence or inf)


def overtaken(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The results of one marker without a date of which a later one was told: they belong to no known day."""
    undated = [item for item in observations if item.date is None]
    last = max((item.sequence or inf for item in undated), default=inf)
    return tuple(item for item in undated if (item.sequence or inf) < last)


def is_order_open(latest: Iterable[Observation]) -> bool:
    """Whether the newest results of one marker contradict each other and nobody said which is the newer one."""
    undated = [item for item in latest if item.date is None]
    signs = [item.reading.signs for item in undated if item.reading.signs is not None]
    return len(undated) > 1 and (combined_levels(undated)[1] or bool(signs and not frozenset.intersection(*signs)))


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


def positive_for(observations: Iterable[Observation], as_of: date, months: float) -> bool | None:
    """Whether a sign that is positive now has been so for ``months``: by its oldest positive result up to the newest.

    False when all results before the positive ones are negative and the last of them is nearer. None when it is open.
    """
    seen = [(item.date or as_of, item) for item in observations]
    positive = [(day, item.since or day) for day, item in seen if item.reading.signs == {"positive"}]
    negative = [day for day, item in seen if item.reading.signs == {"negative"} and item.date]
    if not positive:
        return None
    first, last = min(since for _, since in positive), max(day for day, _ in positive)
    if months_between(first, last) >= months:
        return True
    new = negative and max(negative) < first and months_between(max(negative), as_of) < months
    return False if new else None


def is_lost(observations: Iterable[Observation], as_of: date) -> bool:
    """Whether a sign is surely negative now and surely was positive before."""
    told = tuple(observations)
    now = [item.reading.signs for item in newest(told, as_of)]
    return (
        bool(now)
        and all(signs == {"negative"} for signs in now)
        and any(item.reading.signs == {"positive"} for item in told)
    )


@dataclass(frozen=True)
class AltDay:
    """What ALT was on one day. ``since``: the earliest day since when a result of that day says it held.

    ``before``: what it was at some time before, nobody knows when: a break since any other day, unless it was alike.
    """

    day: date
    levels: tuple[Interval, ...]
    since: date
    before: tuple[Interval, ...] = ()


def alt_days(observations: Iterable[Observation], as_of: date) -> tuple[AltDay, ...]:
    """The days with an ALT, newest first."""
    numbers = [item for item in observations if item.reading.levels]
    early = overtaken(numbers)
    by_day: dict[date, list[Observation]] = {}
    for item in numbers:
        if not early or item not in early:
            by_day.setdefault(item.date or as_of, []).append(item)
    days = [
        AltDay(day, combined_levels(items)[0], min(item.since or day for item in items))
        for day, items in sorted(by_day.items(), reverse=True)
    ]
    if early:
        days[0] = replace(days[0], before=tuple(level for item in early for level in item.reading.levels or ()))
    return tuple(days)


def months_above(op: str, limit: float, days: Sequence[AltDay]) -> float:
    """How long ALT has shown itself on the far side of ``limit`` (U/L), without a break, in months."""
    if not days or not _all_above(op, limit, days[0].levels):
        return 0.0
    start = later = None
    for alt in days:
        if not _all_above(op, limit, alt.levels):
            if start is not None and start <= alt.day:  # "raised since" is contradicted by this value
                start = later
            break
        start = min(start or alt.since, alt.since)
        later = alt.day
        if not _all_above(op, limit, alt.before):
            break
    return 0.0 if start is None else months_between(start, days[0].day)


def _all_above(op: str, limit: float, levels: Iterable[Interval]) -> bool:
    for level in levels:  # noqa: SIM110 (a loop: it is run for every limit of every person)
        if not level.surely(op, limit):
            return False
    return True
