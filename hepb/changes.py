"""What would change one guideline's answer: per subject and direction the nearest change that does so alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import inf
from typing import NamedTuple

from hepb.compiler import NOT_APPLICABLE, Compiled
from hepb.criteria import CHOICES, NUMBERS
from hepb.diagram import Answer
from hepb.facts import CIRRHOSIS_STAGE, Facts
from hepb.guideline import Guideline
from hepb.interval import Interval
from hepb.reasons import reason_for_cell
from hepb.record import COINFECTIONS
from hepb.result import Reason
from hepb.silence import may_be_pregnant
from hepb.space import Axis, Months, Space

NEVER_CHANGES = frozenset(
    {"HBsAg", "anti_HBc", "sex", "ancestry", "infection_over_6_months", "on_treatment", "alcohol", "hepatotoxic_drugs",
     "alt_cause_excluded", "dna_test_unavailable", "APRI", "FIB4", "PAGE_B"}
)  # fmt: skip
"""Subjects that are no change to hope or watch for (of a score its parts speak, or a scan)."""
ONLY_UP = frozenset(
    {"age", "fibrosis_stage", "inflammation_grade", "stiffness_kpa", "cirrhosis", "family_history_hcc",
     "family_history_cirrhosis", *COINFECTIONS}
)  # fmt: skip
"""Subjects whose end or fall nobody can hope for."""


def changes(compiled: Compiled, facts: Facts, guideline: Guideline, so_far: str) -> tuple[Reason, ...]:
    """Per subject and direction the nearest change that alone makes this guideline answer otherwise than ``so_far``.

    Told as well, each gives another answer that is known; nothing between the present value and it does.
    """
    if so_far in {"unknown", "not_applicable"}:
        return ()
    return tuple(_Changes(compiled, facts, compiled.decisions[guideline.id], so_far).nearest())


class _Changes:
    def __init__(self, compiled: Compiled, facts: Facts, root: int, so_far: str) -> None:
        self._compiled = compiled
        self._facts = facts
        self._root = root
        self._so_far = so_far
        self._axes = _changeable(compiled.space)

    def nearest(self) -> Iterator[Reason]:
        found = dict(self._compiled.diagrams.alternatives(self._root, self._facts.so_far, self._axes))
        support = self._compiled.diagrams.support(self._root)
        for told, follows in self._linked():
            if told.axis in support or follows.axis in support:
                cube = list(self._facts.so_far)
                cube[told.axis], cube[follows.axis] = 1 << told.cell, 1 << follows.cell
                answers = found.setdefault(told.axis, [self._so_far] * self._compiled.space.axes[told.axis].size)
                answers[told.cell] = self._compiled.diagrams.only(self._root, tuple(cube))
        for index in sorted(found):
            answers = found[index]
            lasting = self._if_lasting(index) if self._axes[index] == "ALT" else {}
            if lasting or answers.count(self._so_far) + answers.count(None) < len(answers):
                yield from self._along(index, answers, lasting)

    def _linked(self) -> tuple[tuple[_Cell, _Cell], ...]:
        """What follows from a change where nobody said it (see :func:`hepb.facts.build_facts`)."""
        record, given = self._facts.record, self._facts.record.conditions
        can_become_cirrhosis = given.cirrhosis in {None, "none"}  # the last stage wins over the word
        is_open = (given.fibrosis_stage is None, can_become_cirrhosis, record.sex is None)
        return _linked(self._compiled.space, is_open)

    def _along(
        self, index: int, answers: Sequence[Answer | None], lasting: Mapping[float, Sequence[Answer | None]]
    ) -> Iterator[Reason]:
        axis, mask = self._compiled.space.axes[index], self._facts.so_far[index]
        subject = self._axes[index]
        if mask == axis.everything or (subject == "pregnant" and not may_be_pregnant(self._facts.record)):
            return
        cells = _ladder(axis)
        now = [place for place, cell in enumerate(cells) if mask >> cell & 1]
        yield from self._first(subject, answers, cells[now[-1] + 1 :], lasting, upward=True)
        if subject not in ONLY_UP:
            yield from self._first(subject, answers, reversed(cells[: now[0]]), {})

    def _first(
        self,
        subject: str,
        answers: Sequence[Answer | None],
        cells: Iterable[int],
        lasting: Mapping[float, Sequence[Answer | None]],
        *,
        upward: bool = False,
    ) -> Iterator[Reason]:
        """The first of ``cells`` with another answer, at once or if the value lasts for some months.

        Nothing where the way there first leaves what the guideline covers.
        """
        for cell in cells:
            if answers[cell] == NOT_APPLICABLE:
                return
            if self._changed(answers[cell]):
                yield reason_for_cell(self._compiled, subject, cell, upward=upward)
                return
            for months, later in lasting.items():
                if later[cell] != NOT_APPLICABLE and self._changed(later[cell]):
                    yield replace(reason_for_cell(self._compiled, subject, cell, upward=upward), months=months)
                    return

    def _changed(self, answer: Answer | None) -> bool:
        return answer is not None and answer != self._so_far

    def _if_lasting(self, index: int) -> dict[float, Sequence[Answer | None]]:
        """Per number of months that a rule asks for: the answers for each ALT that lasts so long."""
        axes = self._compiled.space.axes
        diagrams = self._compiled.diagrams
        timed = [i for i in diagrams.support(self._root) if isinstance(axes[i].subject, Months)]
        found = {}
        for needed in sorted({limit for i in timed for limit in axes[i].limits}):
            cube = list(self._facts.so_far)
            for i in timed:
                cube[i] = axes[i].number_mask([Interval(needed, inf)])
            found[needed] = next(answers for _, answers in diagrams.alternatives(self._root, tuple(cube), {index}))
        return found


@cache
def _changeable(space: Space) -> Mapping[int, str]:
    """The axes that could change for a person, with their subjects."""
    return {
        index: axis.subject
        for index, axis in enumerate(space.axes)
        if isinstance(axis.subject, str) and axis.subject not in NEVER_CHANGES
    }


class _Cell(NamedTuple):
    """One cell of one axis."""

    axis: int
    cell: int


@cache
def _linked(space: Space, is_open: tuple[bool, bool, bool]) -> tuple[tuple[_Cell, _Cell], ...]:
    """What would be told, and what follows from it. ``is_open``: whether stage, cirrhosis and sex can still follow."""
    last_stage = _Cell(space.index["fibrosis_stage"], _ladder(space.axis("fibrosis_stage"))[-1])
    kinds = [
        _Cell(space.index["cirrhosis"], CHOICES["cirrhosis"].index(kind)) for kind in ("compensated", "decompensated")
    ]
    pregnant = _Cell(space.index["pregnant"], CHOICES["pregnant"].index("true"))
    female = _Cell(space.index["sex"], CHOICES["sex"].index("female"))
    no_stage, no_cirrhosis, no_sex = is_open
    return (
        *((kind, last_stage) for kind in kinds if no_stage),
        *([(last_stage, kinds[0])] if no_cirrhosis else []),
        *([(pregnant, female)] if no_sex else []),
    )


@cache
def _ladder(axis: Axis) -> tuple[int, ...]:
    """The cells of an axis from the least to the most, without those that no value can be in."""
    if axis.choices == ("true", "false"):
        return (1, 0)
    if NUMBERS.get(str(axis.subject)) == "METAVIR":
        masks = (axis.number_mask([Interval.point(stage)]) for stage in range(CIRRHOSIS_STAGE + 1))
        return tuple(dict.fromkeys(mask.bit_length() - 1 for mask in masks))
    return tuple(range(axis.size))
