"""What happened between the results of one marker: changes, rises and what lasted for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf

from hepb.compiler import Compiled
from hepb.course.outcome import Event
from hepb.course.rules import EventRule
from hepb.course.series import Point
from hepb.criteria import Test
from hepb.facts import Facts
from hepb.reasons import shown

Chain = tuple[Point, ...]


def events(what: Compiled, facts: Facts, chains: Mapping[str, tuple[Chain, ...]]) -> tuple[Event, ...]:
    """Every event; of several about the same change that of the first rule."""
    if not chains:
        return ()
    limits = _upper_limits(what, facts)
    found: list[Event] = []
    for rule in what.knowledge.course.events:
        if rule.id in what.events and what.diagrams.outcomes(what.events[rule.id], facts.strict) != {True}:
            continue
        for chain in chains.get(rule.marker, ()):
            for event in _of_rule(rule, chain, limits):
                if not any(_same(event, other) for other in found):
                    found.append(event)
    return tuple(found)


def _same(event: Event, other: Event) -> bool:
    """The same change by another rule, or the same event seen from another earlier result."""
    if event.marker != other.marker or event.end != other.end:
        return False
    return event.start == other.start or event.name == other.name


def _upper_limits(what: Compiled, facts: Facts) -> tuple[float, ...]:
    """That of the person's sex; both where it is not known."""
    limits = what.knowledge.phase_limits
    sex = facts.record.sex
    return (limits[sex],) if sex in limits else tuple(limits.values())


def _of_rule(rule: EventRule, chain: Chain, limits: tuple[float, ...]) -> Iterator[Event]:
    if rule.before and rule.after:
        yield from _changes(rule, rule.before, rule.after, chain, limits)
    elif rule.during:
        yield from _whiles(rule, rule.during, chain, limits)
    elif rule.rise:
        yield from _rises(rule, rule.rise, chain)


def _changes(rule: EventRule, before: Test, after: Test, chain: Chain, limits: tuple[float, ...]) -> Iterator[Event]:
    """From the last point at which ``before`` held to the first at which ``after`` did."""
    found: list[tuple[Point, Point]] = []
    first: int | None = None
    now = False
    for place, point in enumerate(chain):
        if point.surely(before, limits):
            first, now = place, False
        elif point.surely(after, limits):
            if first is not None and _held_before(rule, chain[:first], limits):
                found.append((chain[first], point))
            first, now = None, True
    for place, (start, end) in enumerate(found, 1):
        yield _event(rule, start, end, (start, end), now=now and place == len(found))


def _held_before(rule: EventRule, chain: Chain, limits: tuple[float, ...]) -> bool:
    return rule.earlier is None or any(point.surely(rule.earlier, limits) for point in chain)


def _whiles(rule: EventRule, during: Test, chain: Chain, limits: tuple[float, ...]) -> Iterator[Event]:
    """Points without a break at which ``during`` held; where sex is open the lower upper limit counts."""
    lowest = (min(limits),)
    run: list[Point] = []
    for point in (*chain, None):
        if point is not None and point.surely(during, lowest):
            run.append(point)
        elif run and (point is None or _surely_not(point, during, lowest)):
            if rule.peak is None or any(peak.surely(rule.peak, lowest) for peak in run):
                highest = max(run, key=lambda peak: min(level.low for level in peak.levels))
                yield _event(rule, run[0], run[-1], (highest,), now=point is None and run[-1] is chain[-1])
            run = []


def _surely_not(point: Point, test: Test, limits: tuple[float, ...]) -> bool:
    opposite = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}[test.op]
    return point.surely(Test(test.subject, opposite, test.value, test.unit, test.times_upper_limit), limits)


def _rises(rule: EventRule, times: float, chain: Chain) -> Iterator[Event]:
    """From the lowest point to the first that is surely over zero and at least so many times as high, if it still is.

    What has come down again is left out: nobody knows what the person took at that time.
    """
    found: tuple[Point, Point] | None = None
    lowest: Point | None = None
    for point in chain:
        if lowest is not None and _over(point, times, lowest):
            found, lowest = (lowest, point), point
        elif point.levels and (lowest is None or _most(point) <= _most(lowest)):
            lowest = point
    if found and _over(chain[-1], times, found[0]):
        yield _event(rule, *found, found, now=True)


def _most(point: Point) -> float:
    return max((level.high for level in point.levels), default=inf)


def _over(point: Point, times: float, lowest: Point) -> bool:
    limit = times * _most(lowest)
    return bool(point.levels) and all(level.surely(">", 0) and level.surely(">=", limit) for level in point.levels)


def _event(rule: EventRule, start: Point, end: Point, values: Iterable[Point], *, now: bool) -> Event:
    texts = tuple(shown(point.shown) for point in values)
    return Event(rule.name, rule.marker, start.day, end.day, texts, now, rule.provenance.confidence)
