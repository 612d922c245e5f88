"""Scores of predictions against truth. Pure functions; a share of nothing is None, never 0 or 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """``wanted`` items were there to be found, ``said`` were claimed, ``right`` of these are true."""

    wanted: int = 0
    said: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.wanted + other.wanted, self.said + other.said, self.right + other.right)

    @property
    def precision(self) -> float | None:
        """The share of what was claimed that is true."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """The share of what was there that was found."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.wanted + self.said) if self.wanted + self.said else None


def share(hits: Iterable[bool]) -> float | None:
    """Return the share of true values, None when there are no values."""
    seen = list(hits)
    return sum(seen) / len(seen) if seen else None


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the mean F1 over all labels that are right somewhere; a pair is the right label and the one given."""
    wanted, said = Counter(right for right, _ in pairs), Counter(given for _, given in pairs)
    hits = Counter(right for right, given in pairs if right == given)
    return sum(Tally(wanted[name], said[name], hits[name]).f1 or 0 for name in wanted) / len(wanted) if wanted else None


def confusions(pairs: Sequence[tuple[str, str]], most: int) -> list[tuple[str, str, int]]:
    """Return the right label, the one given and how often, of the most frequent mistakes; ties by name."""
    counts = Counter(pair for pair in pairs if pair[0] != pair[1])
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(right, given, count) for (right, given), count in ordered[:most]]
