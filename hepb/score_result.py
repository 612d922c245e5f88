"""What the result says of scores and of a scan of the liver, and its JSON form (``docs/contract.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """One score. ``value`` where it is one number, else from ``low`` to ``high`` (None: no bound), as printed.

    ``reading`` and ``rule``: the band that surely holds, None while several can. ``guidelines``: who uses that limit.
    ``limits``: what to hold against it. ``missing``: what would make it, or make it one number.
    """

    score: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    reading: str | None
    rule: str | None
    guidelines: tuple[str, ...]
    source: tuple[str, ...]
    confidence: str
    limits: tuple[str, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "score": self.score,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "reading": self.reading,
            "rule": self.rule,
            "guidelines": list(self.guidelines),
            "source": list(self.source),
            "confidence": self.confidence,
            "limits": list(self.limits),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class StiffnessReading:
    """How one guideline reads the scan. ``reading`` and ``rule`` None while it depends on ``missing``."""

    guideline: str
    reading: str | None
    rule: str | None
    source: tuple[str, ...]
    confidence: str
    limits: tuple[str, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "guideline": self.guideline,
            "reading": self.reading,
            "rule": self.rule,
            "source": list(self.source),
            "confidence": self.confidence,
            "limits": list(self.limits),
            "missing": list(self.missing),
        }
