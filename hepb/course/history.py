"""What was known on which day: the results that decide a phase, laid out in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from hepb.assays import assays
from hepb.printed_result import SEROLOGY
from hepb.record import Observation
from hepb.timeline import months_between, overtaken

SIGNS_OF_PHASE = ("HBsAg", "HBeAg", "anti_HBc")
LEVELS_OF_PHASE = ("HBV_DNA", "ALT")


@dataclass(frozen=True)
class History:
    """The results of one person that decide a phase.

    ``timed``: result, its day, and the day since which it has held. ``holding``: signs without a date, of markers
    that never changed: they are taken to have held all along. ``early``: by marker, results without a date of which
    a later one was told.
    """

    timed: tuple[tuple[Observation, date, date], ...]
    holding: tuple[Observation, ...]
    early: tuple[tuple[Observation, ...], ...]
    days: tuple[date, ...]

    def known_on(self, day: date) -> tuple[Observation, ...]:
        """What was known on ``day``, each with the day up to then on which it was last so."""
        known = [_dated(item, day) for item in self.holding if item.since is None or item.since <= day]
        known += [_dated(item, min(own, day)) for item, own, first in self.timed if first <= day]
        return tuple(known)

    def before_today(self) -> tuple[tuple[Observation, ...], ...]:
        """For results that were told in order without a date: each of the earlier ones, beside what holds."""
        return tuple((*self.holding, *step) for items in self.early for step in steps(items))


def history(observations: Iterable[Observation], as_of: date) -> History:
    """Lay the results out in time; one without a date counts as of ``as_of``."""
    by_marker: dict[str, list[Observation]] = {}
    for item in observations:
        if item.marker in SIGNS_OF_PHASE or item.marker in LEVELS_OF_PHASE:
            by_marker.setdefault(item.marker, []).append(item)
    holding: list[Observation] = []
    timed: list[tuple[Observation, date, date]] = []
    early: list[tuple[Observation, ...]] = []
    for marker, told in by_marker.items():
        items = since_their_day(told)
        before = overtaken(items)
        if before:
            early.append(before)
        if marker in SEROLOGY and not before and all(item.date is None for item in items):
            holding += items
            continue
        for item in items:
            if item not in before:
                own = item.date or as_of
                timed.append((item, own, min(item.since or own, own)))
    days = {day for _, own, first in timed for day in (own, first)} or ({as_of} if holding else set())
    return History(tuple(timed), tuple(holding), tuple(early), tuple(sorted(days)))


def since_their_day(items: Iterable[Observation]) -> tuple[Observation, ...]:
    """``items``, of which those that a later one overtook but that held since a day are results of that day."""
    items = tuple(items)
    early = [item for item in overtaken(items) if item.since]
    return tuple(replace(item, date=item.since, since=None) if item in early else item for item in items)


def steps(items: Iterable[Observation]) -> tuple[tuple[Observation, ...], ...]:
    """Results of one marker without a date in their order, oldest first; those told in no order together."""
    by_place: dict[float, list[Observation]] = {}
    for item in items:
        by_place.setdefault(item.sequence or inf, []).append(item)
    return tuple(tuple(by_place[place]) for place in sorted(by_place))


def without_old(items: Iterable[Observation], day: date) -> tuple[Observation, ...]:
    """``items`` without the numbers of markers whose newest result was old on ``day``."""
    items = tuple(items)
    last = {
        marker: max((item.date for item in items if item.marker == marker and item.date), default=day)
        for marker in LEVELS_OF_PHASE
    }
    old = {marker for marker, when in last.items() if months_between(when, day) > assays().old_result_months}
    return tuple(item for item in items if item.marker not in old) if old else items


def _dated(item: Observation, day: date) -> Observation:
    return item if item.date == day else replace(item, date=day)
