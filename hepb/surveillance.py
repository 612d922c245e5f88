"""Looking for liver cancer: whom each guideline scans how often, for whom it does not, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hepb.compiler import Compiled
from hepb.decide import item_names
from hepb.diagram import Cube
from hepb.facts import Facts
from hepb.guideline import FollowUp, Guideline
from hepb.relevance import relevant_axes
from hepb.result import Schedule, Surveillance


def surveillance(what: Compiled, facts: Facts) -> Surveillance:
    """The schedules that hold if what nobody mentioned is absent, what is open, and who surely wants no scans.

    Nothing is said of somebody without a chronic infection, but for a cirrhosis that stays when HBsAg is lost. Whether
    somebody is treated makes no difference.
    """
    if _surely(what, facts, "HBsAg", "negative"):
        return Surveillance(tuple(_after_loss(what, facts)), {}, {})
    if _surely(what, facts, "infection_over_6_months", "false"):
        return Surveillance((), {}, {})
    schedules: list[Schedule] = []
    still_open: dict[str, tuple[str, ...]] = {}
    declined: dict[str, tuple[str, str]] = {}
    for guideline in what.knowledge.guidelines:
        root = what.surveillance[guideline.id]
        if held := first_holding(what, guideline.surveillance, facts.so_far):
            schedules.append(schedule(guideline, held))
        if what.diagrams.only(root, facts.so_far) is None:
            still_open[guideline.id] = item_names(what, facts, relevant_axes(what.diagrams, root, facts.so_far))
        if what.diagrams.only(root, facts.strict) == "":
            for rule in guideline.no_surveillance:
                if what.diagrams.holds(what.notices[rule.id], facts.strict):
                    declined[guideline.id] = rule.id, rule.provenance.confidence
    return Surveillance(tuple(schedules), still_open, declined)


def _after_loss(what: Compiled, facts: Facts) -> Iterator[Schedule]:
    """The scans that go on for cirrhosis after HBsAg loss, by the guidelines that say so."""
    if _surely(what, facts, "anti_HBc", "negative"):
        return
    for guideline in what.knowledge.guidelines:
        held = first_holding(what, guideline.surveillance, facts.so_far) if guideline.after_hbsag_loss else None
        if held and held.reason == "cirrhosis":
            yield schedule(guideline, held)


def _surely(what: Compiled, facts: Facts, subject: str, value: str) -> bool:
    return facts.strict[what.space.index[subject]] == what.space.axis(subject).choice_mask([value])


def first_holding(what: Compiled, follow_ups: Iterable[FollowUp], cube: Cube) -> FollowUp | None:
    """The first schedule that surely holds."""
    return next((item for item in follow_ups if what.diagrams.holds(what.notices[item.id], cube)), None)


def adding(what: Compiled, follow_ups: Iterable[FollowUp], cube: Cube) -> Iterator[FollowUp]:
    """Every schedule that surely holds and asks for a test that none before it asks for."""
    asked: set[str] = set()
    for item in follow_ups:
        if not asked.issuperset(item.tests) and what.diagrams.holds(what.notices[item.id], cube):
            asked.update(item.tests)
            yield item


def schedule(guideline: Guideline, item: FollowUp) -> Schedule:
    """A schedule as the result says it."""
    return Schedule(
        guideline=guideline.id,
        rule=item.id,
        every_months=item.every_months,
        every_weeks=item.every_weeks,
        first_year=item.first_year,
        tests=item.tests,
        confidence=item.provenance.confidence,
        reason=item.reason,
        strength=item.strength,
    )
