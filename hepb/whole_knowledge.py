"""Everything that the core knows as one frozen value, which :mod:`hepb.loader` makes from the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hepb.course.rules import CourseRules
from hepb.guideline import Gate, Guideline, Notice, Pathway, PhaseRule, Score
from hepb.panel import Panel


@dataclass(frozen=True)
class Knowledge:
    """Everything the core knows, with the version and digest that the result prints.

    ``counted``: ids of the guidelines that make the consensus. ``leading``: the one that the clinic goes by, if any.
    """

    version: str
    sha256: str
    as_of: str
    sources: Mapping[str, Mapping[str, str]]
    guidelines: tuple[Guideline, ...]
    counted: tuple[str, ...]
    gates: tuple[Gate, ...]
    phase_limits: Mapping[str, float]
    phases: tuple[PhaseRule, ...]
    grey_zones: tuple[PhaseRule, ...]
    warnings: tuple[Notice, ...]
    next_steps: tuple[Notice, ...]
    alarms: tuple[Notice, ...]
    pathways: tuple[Pathway, ...]
    scores: tuple[Score, ...]
    stiffness_limits: tuple[Notice, ...]
    panel: Panel
    course: CourseRules
    leading: str | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the guidelines that a patient hears of, counted ones first; superseded ones are in the result only."""
        dated = (guideline.id for guideline in self.guidelines if guideline.status == "dated")
        return tuple(dict.fromkeys((*self.counted, *dated)))

    def guideline(self, guideline_id: str) -> Guideline:
        """The guideline with this id; StopIteration when there is none."""
        return next(guideline for guideline in self.guidelines if guideline.id == guideline_id)

    def score(self, score_id: str) -> Score | None:
        """The score with this id, None when there is none."""
        return next((score for score in self.scores if score.id == score_id), None)
