"""Scarring and cancer risk: the scores that a record allows, and how each guideline reads a scan of the liver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hepb.compiler import Compiled
from hepb.criteria import NUMBERS
from hepb.decide import answer, item_names
from hepb.diagram import Cube
from hepb.facts import Facts, score_inputs
from hepb.guideline import Band, Notice, Provenance, Score
from hepb.relevance import relevant_axes
from hepb.score_result import ScoreReading, StiffnessReading
from hepb.scores import Inputs, printed, printed_value, score_levels
from hepb.sureness import least_sure


def scores(what: Compiled, facts: Facts) -> tuple[ScoreReading, ...]:
    """Every score of which one of its own results is known (``shown_with``), also while others are missing."""
    given = score_inputs(facts.record, facts.current)
    shown = (score for score in what.knowledge.scores if not given.known.isdisjoint(score.shown_with))
    return tuple(_score(what, facts, score, given) for score in shown)


def _score(what: Compiled, facts: Facts, score: Score, given: Inputs) -> ScoreReading:
    levels = score_levels(score, given)
    band = _band(what, score.id, score.bands, _cube(what, facts, score)) if levels else None
    low = min((level.low for level in levels), default=None)
    high = max((level.high for level in levels), default=None)
    behind = [score.provenance, *([band.provenance] if band else [])]
    return ScoreReading(
        score=score.id,
        value=printed_value(score, levels),
        low=None if low is None else printed(score, low),
        high=None if high is None else printed(score, high),
        unit=NUMBERS[score.id],
        reading=band.reading if band else None,
        rule=band.id if band else None,
        guidelines=band.guidelines if band else (),
        source=_sources(behind),
        confidence=least_sure(item.confidence for item in behind),
        limits=_limits(what, facts, score.limits),
        missing=tuple(name for name in score.inputs if name not in given.exact),
    )


def _cube(what: Compiled, facts: Facts, score: Score) -> Cube:
    """``so_far``, in which the score itself is no lower than its values say."""
    index = what.space.index[score.id]
    return (*facts.so_far[:index], facts.strict[index], *facts.so_far[index + 1 :])


def stiffness(what: Compiled, facts: Facts) -> tuple[StiffnessReading, ...]:
    """How each guideline that has limits for it reads the scan; nothing where there was none."""
    if facts.record.conditions.stiffness_kpa is None:
        return ()
    limits = _limits(what, facts, what.knowledge.stiffness_limits)
    return tuple(_stiffness(what, facts, limits))


def _stiffness(what: Compiled, facts: Facts, limits: tuple[str, ...]) -> Iterator[StiffnessReading]:
    for guideline in what.knowledge.guidelines:
        if not guideline.stiffness:
            continue
        band = _band(what, guideline.id, guideline.stiffness, facts.so_far)
        open_axes = relevant_axes(what.diagrams, what.readings[guideline.id], facts.so_far)
        behind = [band.provenance] if band else [item.provenance for item in guideline.stiffness]
        yield StiffnessReading(
            guideline=guideline.id,
            reading=band.reading if band else None,
            rule=band.id if band else None,
            source=_sources(behind),
            confidence=least_sure(item.confidence for item in behind),
            limits=limits,
            missing=() if band else item_names(what, facts, open_axes),
        )


def _band(what: Compiled, key: str, bands: Iterable[Band], cube: Cube) -> Band | None:
    """The band that surely holds."""
    found = answer(what, what.readings[key], cube)
    return next((band for band in bands if band.id == found), None)


def _limits(what: Compiled, facts: Facts, notices: Iterable[Notice]) -> tuple[str, ...]:
    """The ids, without their prefix, of what has to be held against a score or a scan."""
    return tuple(
        notice.id.split(".", 1)[1] for notice in notices if what.diagrams.holds(what.notices[notice.id], facts.so_far)
    )


def _sources(behind: Iterable[Provenance]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for provenance in behind for source in provenance.source))
