"""Reasons: the comparisons of a rule that a person's own values met, or kept from being met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hepb.compiler import Compiled
from hepb.criteria import NUMBERS, All, AnyOf, Criterion, Not, Test
from hepb.diagram import Cube
from hepb.facts import Facts, score_inputs
from hepb.guideline import Score
from hepb.record import COINFECTIONS, MARKERS, Observation
from hepb.result import Reason, plain_number
from hepb.scores import FORMULAS, printed_value, score_levels
from hepb.space import Months, Subject, limit_values

_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_MARKER_OF = {"HBsAg_level": "HBsAg"}


def shown(observation: Observation) -> str:
    """A result as the person gave it: number or sign with its own unit."""
    value, unit = observation.value, observation.unit
    if isinstance(value, tuple):
        number = f"{plain_number(value[0])}-{plain_number(value[1])}"
    elif isinstance(value, (int, float)):
        number = f"{observation.comparator or ''}{plain_number(value)}"
    else:
        number = value or ""
    sign = observation.interpretation if observation.interpretation != number else None
    return " ".join(part for part in (sign, number, unit) if part)


def shown_score(score: Score, facts: Facts) -> str | None:
    """A score as it is printed, None where it is not one number."""
    levels = score_levels(score, score_inputs(facts.record, facts.current))
    value = printed_value(score, levels)
    return None if value is None else f"{value:g}"


class Explainer:
    """Explains one record against one document's upper limits."""

    def __init__(self, compiled: Compiled, facts: Facts, cube: Cube, upper_limits: Mapping[str, float]) -> None:
        self._compiled = compiled
        self._facts = facts
        self._cube = cube
        self._upper_limits = upper_limits
        self._answers: dict[int, object] = {}

    def met(self, criterion: Criterion) -> tuple[Reason, ...]:
        """The comparisons in ``criterion`` that surely hold, in reading order, each named once."""
        return self._named(self._met(criterion))

    def unmet(self, criteria: Iterable[Criterion]) -> tuple[Reason, ...]:
        """Per criterion the first known value that keeps it from holding, turned round; each named once."""
        return self._named(found for criterion in criteria for found in self._unmet(criterion))

    def _named(self, found: Iterable[tuple[Test, bool]]) -> tuple[Reason, ...]:
        return tuple(dict.fromkeys(self._reason(test) if holds else self._turned(test) for test, holds in found))

    def _met(self, criterion: Criterion) -> Iterator[tuple[Test, bool]]:
        """Comparisons that make the criterion hold, each with whether it holds itself."""
        match criterion:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._met(part)
            case Not(part):
                yield from self._unmet(part)
            case Test() as test:
                if self._answer(test) is True and self._known(test):
                    yield test, True

    def _unmet(self, criterion: Criterion) -> Iterator[tuple[Test, bool]]:
        """Comparisons that keep the criterion from holding, the first of several that must all hold."""
        match criterion:
            case All(parts):
                failing = [next(self._unmet(part), None) for part in parts if self._fails(part)]
                if failing and all(failing):  # a part that fails by silence alone is no reason to name another
                    yield from failing[:1]
            case AnyOf(parts):
                for part in parts:
                    yield from self._unmet(part)
            case Not(part):
                yield from self._met(part)
            case Test() as test:
                if self._answer(test) is False and self._known(test):
                    yield test, False

    def _fails(self, criterion: Criterion) -> bool:
        """Whether the criterion surely does not hold."""
        match criterion:
            case All(parts):
                return any(self._fails(part) for part in parts)
            case AnyOf(parts):
                return all(self._fails(part) for part in parts)
            case Not(part):
                return self._holds(part)
            case Test() as test:
                return self._answer(test) is False

    def _holds(self, criterion: Criterion) -> bool:
        match criterion:
            case All(parts):
                return all(self._holds(part) for part in parts)
            case AnyOf(parts):
                return any(self._holds(part) for part in parts)
            case Not(part):
                return self._fails(part)
            case Test() as test:
                return self._answer(test) is True

    def _answer(self, test: Test) -> object:
        """True or false where that is sure, else None."""
        key = id(test)
        if key not in self._answers:
            root = self._compiled.test(test, self._upper_limits)
            self._answers[key] = self._compiled.diagrams.only(root, self._cube)
        return self._answers[key]

    def _known(self, test: Test) -> bool:
        """Whether the person said something about the subject, so that it can be a reason."""
        subject, record = test.subject, self._facts.record
        if self._facts.current.get(_MARKER_OF.get(subject, subject)):
            return True
        if subject in COINFECTIONS:
            return record.conditions.coinfection is not None
        if subject in FORMULAS:
            return self.observed(subject) is not None
        return getattr(record.conditions, subject, getattr(record, subject, None)) is not None

    def _reason(self, test: Test) -> Reason:
        if isinstance(test.value, tuple):
            return self._choice(test)
        return self._comparison(test, test.op, test.months)

    def _turned(self, test: Test) -> Reason:
        if isinstance(test.value, tuple):
            return self._choice(test)
        if self._surely(test.subject, test.op, self._limit(test)):
            months = Months(test.op, self._limit(test))
            if test.months is not None and not self._surely(months, ">=", test.months):
                return Reason("marker", "ALT_repeat", "<", test.months, "months")
            return Reason("condition", "alt_cause_excluded", "is", value=False, unit=None)
        return self._comparison(test, _OPPOSITE[test.op], None)

    def _comparison(self, test: Test, op: str, months: float | None) -> Reason:
        subject = test.subject
        return Reason(*_kind(subject), op, self._limit(test), test.unit, self.observed(subject), months)

    def _surely(self, subject: Subject, op: str, value: float) -> bool:
        """Whether the comparison holds by the value alone, other causes left aside."""
        axis = self._compiled.space.axis(subject)
        mask = self._cube[self._compiled.space.index[subject]]
        return mask & ~axis.comparison_mask(op, value) == 0

    def _choice(self, test: Test) -> Reason:
        axis = self._compiled.space.axis(test.subject)
        mask = self._cube[self._compiled.space.index[test.subject]]
        value: str | bool = next(word for i, word in enumerate(axis.choices) if mask >> i & 1)
        if test.subject in COINFECTIONS and value == "true":
            value = test.subject
        elif axis.choices == ("true", "false"):
            value = value == "true"
        return Reason(*_kind(test.subject), op="is", value=value, unit=None, observed=self.observed(test.subject))

    def _limit(self, test: Test) -> float:
        """The limit by sex; where sex is open the one that decides more cautiously does not matter: lower first."""
        values = limit_values(test, self._upper_limits)
        if None in values:
            return values[None]
        return values.get(self._facts.record.sex) or min(values.values())

    def observed(self, subject: str) -> str | None:
        """The person's own value for a subject, as they gave it."""
        items = self._facts.current.get(_MARKER_OF.get(subject, subject))
        if items:
            return shown(items[0])
        record = self._facts.record
        if subject == "age":
            return None if record.age is None else f"{record.age:g}"
        if score := self._compiled.knowledge.score(subject):
            return shown_score(score, self._facts)
        value = getattr(record.conditions, subject, None)
        return None if value is None or isinstance(value, bool) else f"{value}"


def _kind(subject: str) -> tuple[str, str]:
    if subject in _MARKER_OF or subject in MARKERS or subject in FORMULAS:
        return "marker", _MARKER_OF.get(subject, subject)
    return "condition", "coinfection" if subject in COINFECTIONS else subject


def reason_for_cell(compiled: Compiled, subject: str, index: int, *, upward: bool) -> Reason:
    """The change that brings ``subject`` into cell ``index`` of its axis, coming from below (or above)."""
    axis = compiled.space.axis(subject)
    kind, name = _kind(subject)
    if axis.choices:
        word = axis.choices[index]
        value: str | bool = word == "true" if axis.choices == ("true", "false") else word
        return Reason(kind, name, "is", value if subject not in COINFECTIONS else subject, None)
    cell = axis.cell(index)
    unit = NUMBERS.get(subject)
    if cell.is_point:
        return Reason(kind, name, ">=" if upward else "<=", cell.low, unit)
    if upward:
        return Reason(kind, name, ">", cell.low, unit)
    return Reason(kind, name, "<", cell.high, unit)
