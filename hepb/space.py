"""The space of everything that could be true of a person, cut into cells by the numbers that rules use.

Each subject of a criterion is an axis. A choice has one cell per value. A number has, for limits a < b < c, the
cells below a, exactly a, between a and b, exactly b ... above c: within a cell every rule answers alike.
How long ALT has stayed above a limit is an axis of its own per limit (:class:`Months`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf
from typing import cast

from hepb.criteria import CHOICES, NUMBERS, Test
from hepb.interval import Interval

ORDER: tuple[str, ...] = (
    "HBsAg", "anti_HBc", "infection_over_6_months", "on_treatment", "sex", "age", "HBeAg", "ALT", "HBV_DNA",
    "alcohol", "hepatotoxic_drugs", "steatosis", "alt_cause_excluded",
)  # fmt: skip
"""Axes that diagrams ask first: they are shared by most rules, which keeps the diagrams small."""


@dataclass(frozen=True, slots=True)
class Months:
    """How many months ALT has stayed on the far side of ``limit`` (U/L), up to the newest value."""

    op: str
    limit: float

    def __str__(self) -> str:
        return f"ALT{self.op}{self.limit:g}:months"


Subject = str | Months


@dataclass(frozen=True)
class Axis:
    """One subject with its cells. ``choices`` for a choice, ``limits`` (ascending) for a number."""

    subject: Subject
    choices: tuple[str, ...] = ()
    limits: tuple[float, ...] = ()

    @cached_property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.choices) or 2 * len(self.limits) + 1

    @cached_property
    def everything(self) -> int:
        """The mask of all cells."""
        return (1 << self.size) - 1

    def cell(self, index: int) -> Interval:
        """The numbers of one cell: even indices lie between limits, odd ones are a limit."""
        if index % 2:
            return Interval.point(self.limits[index // 2])
        low = self.limits[index // 2 - 1] if index else 0.0
        high = self.limits[index // 2] if index // 2 < len(self.limits) else inf
        return Interval(low, high, low_open=index > 0, high_open=True)

    def choice_mask(self, values: Iterable[str]) -> int:
        """The cells of these choices."""
        mask = 0
        for value in values:
            mask |= self._choice_masks[value]
        return mask

    @cached_property
    def _choice_masks(self) -> Mapping[str, int]:
        return {choice: 1 << cell for cell, choice in enumerate(self.choices)}

    def number_mask(self, levels: Iterable[Interval]) -> int:
        """The cells that some of the intervals touch."""
        mask = 0
        for level in levels:
            if not level.is_empty:
                low = self._cell_of(level.low, after=level.low_open)
                high = self._cell_of(level.high, before=level.high_open)
                mask |= (1 << high + 1) - (1 << low)
        return mask

    def _cell_of(self, value: float, *, after: bool = False, before: bool = False) -> int:
        """The cell of ``value``, or the next one where only what lies after (or before) it counts."""
        place = bisect_left(self.limits, value)
        if place == len(self.limits) or self.limits[place] != value:
            return 2 * place
        return 2 * place + 1 + after - before

    def comparison_mask(self, op: str, value: float) -> int:
        """The cells in which ``op value`` holds; ``value`` is one of the limits."""
        at = 2 * self.limits.index(value) + 1
        below, up_to = (1 << at) - 1, (1 << at + 1) - 1
        return {"<": below, "<=": up_to, ">=": self.everything & ~below, ">": self.everything & ~up_to}[op]


class Space:
    """All axes, in the order in which diagrams ask them."""

    def __init__(self, axes: Iterable[Axis]) -> None:
        self.axes = tuple(axes)
        self.index: Mapping[Subject, int] = {axis.subject: i for i, axis in enumerate(self.axes)}
        self.months: tuple[tuple[int, Months], ...] = tuple(
            (i, axis.subject) for i, axis in enumerate(self.axes) if isinstance(axis.subject, Months)
        )
        """The axes of how long ALT has been raised."""

    def axis(self, subject: Subject) -> Axis:
        """The axis of one subject."""
        return self.axes[self.index[subject]]


@lru_cache(1024)
def mask_of(space: Space, subject: str, value: bool | str | float) -> int:  # noqa: FBT001 (the value of a condition)
    """The cells of one value of a subject, such as a condition that was told."""
    axis = space.axis(subject)
    if axis.choices:
        return axis.choice_mask([str(value).lower() if isinstance(value, bool) else str(value)])
    return axis.number_mask([Interval.point(float(value))])


def limit_values(test: Test, upper_limits: Mapping[str, float]) -> dict[str | None, float]:
    """The number that a comparison means, by sex (key None: for both)."""
    value = cast("float", test.value)
    if test.times_upper_limit:
        return {sex: value * limit for sex, limit in upper_limits.items()}
    return {None: value}


def build_space(tests: Iterable[tuple[Test, Mapping[str, float]]]) -> Space:
    """The space that all given comparisons (each with the upper limits of its document) need."""
    limits: dict[str, set[float]] = {subject: set() for subject in NUMBERS}
    limits["HBV_DNA"].add(0.0)
    months: dict[Months, set[float]] = {}
    for test, upper_limits in tests:
        if test.op == "is":
            continue
        for value in limit_values(test, upper_limits).values():
            limits[test.subject].add(value)
            if test.months is not None:
                months.setdefault(Months(test.op, value), set()).add(test.months)
    axes: dict[Subject, Axis] = {subject: Axis(subject, choices=values) for subject, values in CHOICES.items()}
    axes |= {subject: Axis(subject, limits=tuple(sorted(values))) for subject, values in limits.items()}
    for key, values in sorted(months.items(), key=lambda item: item[0].limit):
        axes[key] = Axis(key, limits=tuple(sorted(values)))
    first = [*ORDER, *(subject for subject in axes if isinstance(subject, Months))]
    return Space(axes[subject] for subject in [*first, *(subject for subject in axes if subject not in first)])
