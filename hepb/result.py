"""The result of an assessment, and its JSON form (``docs/contract.md``, ``schemas/result.schema.json``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hepb.course.outcome import Course
from hepb.guideline import Quantity
from hepb.score_result import ScoreReading, StiffnessReading
from hepb.serology import Serology

DECISIONS = ("treat", "consider", "monitor", "unknown", "not_applicable")


_POWERS_FROM = 1e6


def plain_number(value: float) -> str:
    """A number for reading: digits up to a million, then a power of ten (``3.2e8``)."""
    if value >= _POWERS_FROM:
        mantissa, power = f"{value:.3e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(power)}"
    return f"{value:.10g}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison that was met, or the nearest one that would be.

    ``kind`` is ``marker`` or ``condition``. ``op`` is ``>``, ``>=``, ``<``, ``<=`` or ``is``; ``value`` in ``unit``.
    ``months``: for how long. ``observed``: the person's own value as it is shown, None when it is not known.
    """

    kind: str
    name: str
    op: str
    value: float | str | bool
    unit: str | None
    observed: str | None = None
    months: float | None = None

    @property
    def text(self) -> str:
        """Formula for a clinician: the person's value against the limit."""
        if self.op == "is":
            return f"{self.name}: {str(self.value).lower() if isinstance(self.value, bool) else self.value}"
        limit = plain_number(float(self.value))
        unit = f" {self.unit}" if self.unit else ""
        time = f", {self.months:g} months" if self.months else ""
        return f"{self.name}{f' {self.observed}' if self.observed else ''} {self.op} {limit}{unit}{time}"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        plain: dict[str, Any] = {self.kind: self.name, "op": self.op, "value": self.value, "unit": self.unit}
        if self.months:
            plain["months"] = self.months
        return {**plain, "text": self.text}


@dataclass(frozen=True, slots=True)
class Decision:
    """What one guideline answers. ``decision`` strictly, ``so_far`` if every condition not mentioned were absent.

    ``rule`` (and ``strength``, ``confidence``, ``because``) belong to ``so_far``, or to ``decision`` where it is known.
    """

    decision: str
    so_far: str
    phase: str | None
    rule: str | None
    strength: str | None
    confidence: str | None
    because: tuple[Reason, ...]
    missing: tuple[str, ...]
    would_change_if: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "decision": self.decision,
            "so_far": self.so_far,
            "phase": self.phase,
            "rule": self.rule,
            "strength": self.strength,
            "confidence": self.confidence,
            "because": [reason.to_dict() for reason in self.because],
            "missing": list(self.missing),
            "would_change_if": [reason.to_dict() for reason in self.would_change_if],
        }


@dataclass(frozen=True, slots=True)
class Phase:
    """The phase by the model of the source text. ``likely``: what it would be if one doubtful item were confirmed."""

    phase: str
    between: tuple[str, str] | None
    likely: str | None
    rule: str | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the counted guidelines say together; the counts are those of ``decision``, ``so_far_counts`` of so_far."""

    decision: str
    so_far: str
    counts: Mapping[str, int]
    so_far_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which tests one guideline wants how often, in months or weeks as it counts. ``first_year``: its months, if other.

    In surveillance ``reason`` is what it is advised for, and ``strength`` ``conditional`` where it is only considered.
    """

    guideline: str
    rule: str
    every_months: tuple[int, int] | None
    every_weeks: tuple[int, int] | None
    first_year: tuple[int, int] | None
    tests: tuple[str, ...]
    confidence: str
    reason: str | None = None
    strength: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "guideline": self.guideline,
            "rule": self.rule,
            "every_months": list(self.every_months) if self.every_months else None,
            "every_weeks": list(self.every_weeks) if self.every_weeks else None,
            "first_year": list(self.first_year) if self.first_year else None,
            "tests": list(self.tests),
            "confidence": self.confidence,
            "reason": self.reason,
            "strength": self.strength,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """One subject on which the counted guidelines part.

    ``counts``: by guideline, the comparison that made its rule fire. ``asks``: what another guideline, which says
    less, would need of the subject. ``ignores``: guidelines that say less and have no rule on the subject.
    """

    kind: str
    name: str
    counts: Mapping[str, Reason]
    asks: Mapping[str, Reason]
    ignores: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            self.kind: self.name,
            "counts": {key: reason.to_dict() for key, reason in self.counts.items()},
            "asks": {key: reason.to_dict() for key, reason in self.asks.items()},
            "ignores": list(self.ignores),
        }


@dataclass(frozen=True, slots=True)
class Surveillance:
    """Who looks for liver cancer. ``schedules``: per guideline the one that holds, if what nobody said is absent.

    ``open``: per guideline whose answer still depends on something, what to ask for.
    ``declined``: per guideline that surely says no regular scans are needed, the id of its rule and its confidence.
    """

    schedules: tuple[Schedule, ...]
    open: Mapping[str, tuple[str, ...]]
    declined: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice in a situation. ``guideline`` None: common to all. ``rule``: id of the statement."""

    says: str
    guideline: str | None
    rule: str
    numbers: tuple[Quantity, ...]
    confidence: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "says": self.says,
            "guideline": self.guideline,
            "rule": self.rule,
            "numbers": {item.name: {"value": [item.low, item.high], "unit": item.unit} for item in self.numbers},
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Situation:
    """A pathway that holds for the person. ``missing``: what could bring more or other advice."""

    situation: str
    advice: tuple[Advice, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "situation": self.situation,
            "advice": [item.to_dict() for item in self.advice],
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the assessment says. ``alarms``: results that need care on the same day.

    ``serology``: None when no serology marker is known.
    ``missing``: what the phase lacks, then ``deciding``: what can still change the consensus, most decisive first.
    """

    phase: Phase
    decisions: Mapping[str, Decision]
    consensus: Consensus
    missing: tuple[str, ...]
    deciding: tuple[str, ...]
    warnings: tuple[str, ...]
    alarms: tuple[str, ...]
    next_steps: tuple[str, ...]
    monitoring: tuple[Schedule, ...]
    surveillance: Surveillance
    scores: tuple[ScoreReading, ...]
    stiffness: tuple[StiffnessReading, ...]
    situations: tuple[Situation, ...]
    differences: tuple[Difference, ...]
    leading: str | None
    course: Course
    serology: Serology | None
    knowledge: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        phase = self.phase
        return {
            "phase": phase.phase,
            "between": list(phase.between) if phase.between else None,
            "likely": phase.likely,
            "phase_reasons": [reason.to_dict() for reason in phase.reasons],
            "decisions": {key: decision.to_dict() for key, decision in self.decisions.items()},
            "consensus": {
                "decision": self.consensus.decision,
                "so_far": self.consensus.so_far,
                "counts": dict(self.consensus.counts),
            },
            "missing": list(self.missing),
            "warnings": list(self.warnings),
            "alarms": list(self.alarms),
            "next_steps": list(self.next_steps),
            "monitoring": [schedule.to_dict() for schedule in self.monitoring],
            "surveillance": [schedule.to_dict() for schedule in self.surveillance.schedules],
            "surveillance_open": [
                {"guideline": key, "missing": list(missing)} for key, missing in self.surveillance.open.items()
            ],
            "no_surveillance": [
                {"guideline": key, "rule": rule, "confidence": confidence}
                for key, (rule, confidence) in self.surveillance.declined.items()
            ],
            "scores": [score.to_dict() for score in self.scores],
            "stiffness": [reading.to_dict() for reading in self.stiffness],
            "situations": [situation.to_dict() for situation in self.situations],
            "differences": [difference.to_dict() for difference in self.differences],
            "leading": self.leading,
            "course": self.course.to_dict(),
            "serology": self.serology.to_dict() if self.serology else None,
            "knowledge": dict(self.knowledge),
        }
