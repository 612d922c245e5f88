"""Intervals: every laboratory value is one, because ``<20``, ``about 40`` and a missing unit are no points."""

from __future__ import annotations

from math import inf, sqrt
from typing import NamedTuple


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``; an end belongs to it unless it is open. Unit: that of its owner."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: float) -> Interval:
        """Exactly one number."""
        return cls(value, value)

    @classmethod
    def from_comparator(cls, value: float, comparator: str | None, about: float) -> Interval:
        """The numbers that ``<``, ``<=``, ``>``, ``>=`` or ``~`` (``about`` is a share) leave possible, from 0 up."""
        match comparator:
            case "<":
                return cls(0, value, high_open=value > 0)
            case "<=":
                return cls(0, value)
            case ">":
                return cls(value, inf, low_open=True)
            case ">=":
                return cls(value, inf)
            case "~":
                return cls(value * (1 - about), value * (1 + about))
        return cls.point(value)

    @property
    def is_point(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    @property
    def is_empty(self) -> bool:
        """Whether it holds no number."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def intersection(self, other: Interval) -> Interval:
        """The numbers in both; may be empty."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def scaled(self, factor: float) -> Interval:
        """Every number times ``factor``, which is positive."""
        return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low, low_open = min((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = max((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def product(self, other: Interval) -> Interval:
        """Every number of this times every number of ``other``; both from 0 up."""
        zero = self._holds_zero or other._holds_zero
        low, high = _times(self.low, other.low), _times(self.high, other.high)
        low_open = (self.low_open or other.low_open) and not zero
        return Interval(low, high, low_open, (self.high_open or other.high_open) and high > 0)

    def quotient(self, other: Interval) -> Interval:
        """Every number of this over every number of ``other``; both from 0 up, and over 0 there is no bound."""
        low, high = _over(self.low, other.high), _over(self.high, other.low)
        low_open = (self.low_open or other.high_open) and not self._holds_zero
        return Interval(low, high, low_open, (self.high_open or other.low_open) and high > 0)

    @property
    def _holds_zero(self) -> bool:
        return self.low == 0 and not self.low_open

    def square_root(self) -> Interval:
        """The root of every number; from 0 up."""
        return Interval(sqrt(self.low), sqrt(self.high), self.low_open, self.high_open)

    def rounded(self, digits: int) -> Interval:
        """Both ends rounded; an end that moves belongs to the interval, so that nothing is lost."""
        low, high = round(self.low, digits), round(self.high, digits)
        return Interval(low, high, self.low_open and low == self.low, self.high_open and high == self.high)

    def surely(self, op: str, value: float) -> bool:
        """Whether every number in the interval satisfies ``op value``."""
        match op:
            case ">":
                return self.low > value or (self.low == value and self.low_open)
            case ">=":
                return self.low >= value
            case "<":
                return self.high < value or (self.high == value and self.high_open)
            case "<=":
                return self.high <= value
        raise ValueError(op)


def _times(first: float, second: float) -> float:
    return 0.0 if 0 in {first, second} else first * second


def _over(numerator: float, denominator: float) -> float:
    if numerator == 0 or denominator == inf:
        return 0.0
    return inf if denominator == 0 else numerator / denominator


ANY = Interval(0, inf)
