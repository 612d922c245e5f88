"""What would change one guideline's answer: per subject and direction the nearest change that does so alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import inf

from hepb.compiler import Compiled
from hepb.criteria import CHOICES
from hepb.diagram import Answer
from hepb.facts import Facts
from hepb.guideline import Guideline
from hepb.interval import Interval
from hepb.reasons import reason_for_cell
from hepb.record import COINFECTIONS
from hepb.result import Reason
from hepb.space import Months, Space

NEVER_CHANGES = frozenset(
    {"HBsAg", "anti_HBc", "sex", "infection_over_6_months", "on_treatment", "alcohol", "hepatotoxic_drugs",
     "alt_cause_excluded", "dna_test_unavailable", "APRI", "FIB4", "PAGE_B"}
)  # fmt: skip
"""Subjects that are no change to hope or watch for (of a score its parts speak, or a scan)."""
ONLY_UP = frozenset({"age", "fibrosis_stage", "inflammation_grade", "stiffness_kpa"})


def changes(compiled: Compiled, facts: Facts, guideline: Guideline, so_far: str) -> tuple[Reason, ...]:
    """Per subject and direction the nearest change that alone makes this guideline answer otherwise than ``so_far``."""
    if so_far in {"unknown", "not_applicable"}:
        return ()
    return tuple(_Changes(compiled, facts, compiled.decisions[guideline.id], so_far).nearest())


class _Changes:
    def __init__(self, compiled: Compiled, facts: Facts, root: int, so_far: str) -> None:
        self._compiled = compiled
        self._facts = facts
        self._root = root
        self._so_far = so_far

    def nearest(self) -> Iterator[Reason]:
        axes = _changeable(self._compiled.space)
        for index, answers in self._compiled.diagrams.alternatives(self._root, self._facts.so_far, axes):
            yield from self._along(index, axes[index], answers)

    def _along(self, index: int, subject: str, answers: Sequence[Answer | None]) -> Iterator[Reason]:
        axis = self._compiled.space.axes[index]
        mask = self._facts.so_far[index]
        if axis.choices:
            yield from self._first(subject, answers, self._choices_left(subject, mask))
        elif mask != axis.everything:
            top, bottom = mask.bit_length() - 1, (mask & -mask).bit_length() - 1
            lasting = self._if_lasting(index) if subject == "ALT" else {}
            yield from self._first(subject, answers, range(top + 1, axis.size), lasting, upward=True)
            if subject not in ONLY_UP:
                yield from self._first(subject, answers, range(bottom - 1, -1, -1))

    def _choices_left(self, subject: str, mask: int) -> Iterator[int]:
        """The choices that are not the present one, nor the end of a co-infection, which nobody can hope for."""
        for cell, word in enumerate(CHOICES[subject]):
            if not mask >> cell & 1 and not (subject in COINFECTIONS and word == "false"):
                yield cell

    def _first(
        self,
        subject: str,
        answers: Sequence[Answer | None],
        cells: Iterable[int],
        lasting: Mapping[float, Sequence[Answer | None]] | None = None,
        *,
        upward: bool = False,
    ) -> Iterator[Reason]:
        """The first of ``cells`` with another answer, at once or if the value lasts for some months."""
        for cell in cells:
            if self._changed(answers[cell]):
                yield reason_for_cell(self._compiled, subject, cell, upward=upward)
                return
            for months, later in (lasting or {}).items():
                if self._changed(later[cell]):
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
