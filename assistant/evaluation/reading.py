"""Reading of results, measured on the generated set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.evaluation.generated.maker import Maker
from assistant.evaluation.generated.parts import Sample
from assistant.evaluation.scores import Tally
from hepb.reading import read_text

TEXTS = 620
BUILT_WITH_SEED = 20261122
"""The texts of this seed were looked at while the reading was built."""
FRESH_SEED = 7
"""Nobody looks at the texts of this seed; when their figure falls behind, look at another seed's."""
AS_OF = date(2026, 11, 22)
ROUNDING = 1e-6

Truth = tuple[Any, ...]
"""Value, unit, comparator and interpretation."""


@dataclass(frozen=True)
class ReadingScore:
    """A tally for each marker, units that no text gives, and kind and text of the samples read wrongly."""

    texts: int
    markers: dict[str, Tally]
    invented_units: int
    missed: tuple[tuple[str, str], ...]

    @property
    def all_markers(self) -> Tally:
        """The tally over all markers."""
        return sum(self.markers.values(), Tally())

    def figures(self) -> dict[str, Any]:
        """Return the score as JSON."""
        return {
            "texts": self.texts,
            "results": self.all_markers.wanted,
            "f1": self.all_markers.f1,
            "invented_units": self.invented_units,
            "markers": {
                name: {"results": tally.wanted, "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
                for name, tally in sorted(self.markers.items())
            },
        }


def measure_reading(seed: int, count: int = TEXTS) -> ReadingScore:
    """Read the generated texts of a seed and compare with what they say."""
    return score_reading(Maker(seed).make(count))


def score_reading(samples: Sequence[Sample]) -> ReadingScore:
    """Read the samples; a result counts only if value, unit, comparator and interpretation are all right."""
    markers: defaultdict[str, Tally] = defaultdict(Tally)
    invented, missed = 0, []
    for sample in samples:
        tallies, units = compared(sample.truth, read_text(sample.text, AS_OF).markers())
        for name, tally in tallies.items():
            markers[name] += tally
        invented += units
        if any(tally.right != max(tally.wanted, tally.said) for tally in tallies.values()):
            missed.append((sample.kind, sample.text))
    return ReadingScore(len(samples), dict(markers), invented, tuple(missed))


def compared(truth: Mapping[str, Truth], markers: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Tally], int]:
    """Return a tally for each marker that is told or read, and how many units were read that no text gives."""
    tallies, invented = {}, 0
    for name in {*truth, *markers}:
        wanted, said = truth.get(name), tuple(markers[name].values()) if name in markers else None
        right = wanted is not None and said is not None and _same(wanted, said)
        tallies[name] = Tally(int(wanted is not None), int(said is not None), int(right))
        invented += _invents_unit(wanted, said)
    return tallies, invented


def _same(wanted: Truth, said: Truth) -> bool:
    return all(_close(one, other) for one, other in zip(wanted, said, strict=True))


def _close(wanted: Any, said: Any) -> bool:
    if isinstance(wanted, float) and isinstance(said, int | float):
        return abs(wanted - said) <= ROUNDING * abs(wanted)
    return bool(wanted == said)


def _invents_unit(wanted: Truth | None, said: Truth | None) -> bool:
    return wanted is not None and said is not None and bool(said[1]) and not wanted[1]
