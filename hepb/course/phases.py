"""The phases a person went through: on each day of which enough is known, merged, and the way they take now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hepb.compiler import Compiled
from hepb.course.history import LEVELS_OF_PHASE, SIGNS_OF_PHASE, history, without_old
from hepb.course.outcome import Event, Stretch
from hepb.course.series import one_of
from hepb.facts import Facts
from hepb.interval import ANY, Interval
from hepb.phase import NAMED
from hepb.printed_result import SIGNS
from hepb.reasons import shown
from hepb.record import Observation
from hepb.result import Phase
from hepb.timeline import alt_days, combined_levels, months_above, months_between, newest

_GREY = "indeterminate"
_QUIET = "inactive_carrier"
_DAYS_OF_A_YEAR = 365.25
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which something was known, and the ``phases`` that were possible then, none where that is open.

    ``day`` is None for a result without a date of which a later one was told. ``seen``: the newest results then.
    """

    day: date | None
    phases: frozenset[str]
    seen: tuple[Observation, ...]

    @property
    def phase(self) -> str | None:
        """The phase, where it was known."""
        return next(iter(self.phases)) if len(self.phases) == 1 else None

    @property
    def fits(self) -> str | None:
        """The one named phase that nothing speaks against but that it may have been the grey zone.

        The quiet phase only where a viral load of that time is known: without one a normal ALT fits too much.
        """
        named = self.phases - {_GREY}
        name = next(iter(named)) if len(named) == 1 else None
        if name == _QUIET and not any(item.marker == "HBV_DNA" for item in self.seen):
            return None
        return name if name in NAMED else None

    def signs(self, marker: str) -> frozenset[str]:
        """What was possible for a sign; both where it was not known."""
        return (
            SIGNS.intersection(*(item.reading.signs or SIGNS for item in self.seen if item.marker == marker)) or SIGNS
        )

    def levels(self, marker: str) -> tuple[Interval, ...]:
        """What was possible for a number; all where it was not known."""
        return combined_levels([item for item in self.seen if item.marker == marker])[0] or (ANY,)


def moments(what: Compiled, facts: Facts, phase: Phase) -> tuple[Moment, ...]:
    """Every moment in the order of time, the last one with the phase of the result.

    Of a person who takes or took a medicine nobody knows since when: nothing is said of earlier days.
    """
    record = facts.record
    past = history(record.observations, record.as_of)
    if not past.days:
        return ()
    *earlier, last = past.days
    now = _now(what, facts, phase, past.known_on(last), last)
    if record.conditions.on_treatment or record.conditions.stopped_treatment:
        return (now,)
    if not earlier and past.early:
        return (*(_moment(what, facts, None, items) for items in past.before_today()), now)
    return (*(_moment(what, facts, day, without_old(past.known_on(day), day)) for day in earlier), now)


def _now(what: Compiled, facts: Facts, phase: Phase, items: tuple[Observation, ...], day: date) -> Moment:
    """The last moment: the phase of the result, unless that rests on results that were old already."""
    fresh = without_old(items, day)
    known = phase.phase != "unknown" and (fresh is items or _moment(what, facts, day, fresh).phase == phase.phase)
    return Moment(day, frozenset({phase.phase}) if known else _NOTHING, _newest(fresh, day))


def _newest(items: Iterable[Observation], day: date) -> tuple[Observation, ...]:
    items = tuple(items)
    return tuple(
        found
        for marker in (*SIGNS_OF_PHASE, *LEVELS_OF_PHASE)
        for found in newest((item for item in items if item.marker == marker), day)
    )


def _moment(what: Compiled, facts: Facts, day: date | None, items: tuple[Observation, ...]) -> Moment:
    """The phases that ``items`` left possible, with everything else as it is today."""
    as_of = day or facts.record.as_of
    space, cube = what.space, list(facts.as_shown)
    moment = Moment(day, _NOTHING, _newest(items, as_of))
    for marker in SIGNS_OF_PHASE:
        cube[space.index[marker]] = space.axis(marker).choice_mask(moment.signs(marker))
    for marker in LEVELS_OF_PHASE:
        cube[space.index[marker]] = space.axis(marker).number_mask(moment.levels(marker))
    days = alt_days((item for item in items if item.marker == "ALT"), as_of)
    needed = what.diagrams.support(what.phases)
    for index, key in space.months:
        if index in needed:
            lasting = Interval.point(months_above(key.op, key.limit, days)) if days else ANY
            cube[index] = space.axes[index].number_mask([lasting])
    if facts.record.age is not None:
        cube[space.index["age"]] = space.axis("age").number_mask([_age_on(facts, as_of)])
    phases = what.diagrams.outcomes(what.phases, tuple(cube))
    return replace(moment, phases=frozenset(str(name) for name in phases))


def _age_on(facts: Facts, day: date) -> Interval:
    """The age on an earlier day, none before birth; one in whole years leaves a year open."""
    age, years = facts.record.age or 0.0, (facts.record.as_of - day).days / _DAYS_OF_A_YEAR
    low, high = max(0.0, age - years), max(0.0, age - years + 1)
    return Interval(low, high, high_open=low < high) if years else Interval.point(age)


def stretches(found: Iterable[Moment]) -> tuple[Stretch, ...]:
    """The phases that were known, days of the same phase merged."""
    merged: list[Stretch] = []
    for moment in found:
        if moment.day is None or moment.phase is None:
            continue
        if merged and merged[-1].phase == moment.phase:
            merged[-1] = Stretch(merged[-1].start, moment.day, moment.phase)
        else:
            merged.append(Stretch(moment.day, moment.day, moment.phase))
    return tuple(merged)


def moving(
    what: Compiled, phase: Phase, found: tuple[Moment, ...], happened: Iterable[Event]
) -> tuple[str, str] | None:
    """From which phase to which the results move: out of one that was known or fitted, into one of today's that is new.

    None once today's phase has lasted for as long as the knowledge calls ``settled``. A phase that only fitted is left
    when HBeAg or ALT is known to have changed since (``happened``).
    """
    rules = what.knowledge.course
    before = _phase_before(found, rules.settled)
    if before is None or (before.phase is None and not any(_left(event, before) for event in happened)):
        return None
    for target in _targets(phase):
        if (before.fits, target) in rules.transitions and not (target == _QUIET and _rising(before, found[-1])):
            return str(before.fits), target
    return None


def _phase_before(found: tuple[Moment, ...], settled: float) -> Moment | None:
    """The last moment of the phase before today's, if today's is known and not yet ``settled`` (months)."""
    if not found or found[-1].phase not in NAMED | {_GREY}:
        return None
    *earlier, now = found
    lasting = now.day
    while earlier and earlier[-1].phase in {None, now.phase} and earlier[-1].fits in {None, now.phase}:
        same = earlier.pop()
        lasting = same.day if same.phase == now.phase else lasting
    if lasting and now.day and months_between(lasting, now.day) >= settled:
        return None
    return next((moment for moment in reversed(earlier) if moment.phase not in {None, _GREY} or moment.fits), None)


def _targets(phase: Phase) -> tuple[str, ...]:
    """Where results may go that show ``phase``: there, or out of the grey zone."""
    if phase.phase != _GREY:
        return (phase.phase,)
    return (phase.likely,) if phase.likely else phase.between or ()


def _left(event: Event, before: Moment) -> bool:
    """Whether HBeAg or ALT has changed since a moment, and not back."""
    changed = event.now and event.marker in {"HBeAg", "ALT"} and len(event.values) > 1
    return changed and (before.day is None or event.end is None or event.end > before.day)


def _rising(before: Moment, now: Moment) -> bool:
    """Whether virus or ALT is surely higher than before: no way to a quiet phase."""
    return any(_higher(marker, before, now) for marker in LEVELS_OF_PHASE)


def _higher(marker: str, before: Moment, now: Moment) -> bool:
    return min(level.low for level in now.levels(marker)) > max(level.high for level in before.levels(marker))


def reactivation(what: Compiled, facts: Facts, found: tuple[Moment, ...]) -> Event | None:
    """Detectable virus now, after a dated record of the quiet phase that had less or none."""
    rule = what.knowledge.course.reactivation
    now = facts.current.get("HBV_DNA", ())
    levels, _ = combined_levels(now)
    if not levels or not all(level.surely(">", 0) for level in levels):
        return None
    day = max(item.date or facts.record.as_of for item in now)
    for before in reversed(found[:-1]):
        then = [item for item in before.seen if item.marker == "HBV_DNA"]
        known = before.day is not None and before.day < day and then and before.signs("HBeAg") == {"negative"}
        if not known or before.fits != rule.phase:
            continue
        none_then = all(level.high == 0 for level in before.levels("HBV_DNA"))
        if not none_then and (found[-1].phase == rule.phase or not _higher("HBV_DNA", before, found[-1])):
            return None
        values = (shown(one_of(then)), shown(one_of(now)))
        start = max(item.date or before.day for item in then)
        return Event(rule.name, "HBV_DNA", start, day, values, now=True, confidence=rule.provenance.confidence)
    return None
