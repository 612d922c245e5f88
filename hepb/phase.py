"""The phase of one record by the model of the source text (``knowledge/phases.yaml``)."""

from __future__ import annotations

from hepb.compiler import Compiled
from hepb.decide import answer, item_names
from hepb.facts import Facts
from hepb.guideline import PhaseRule
from hepb.reasons import Explainer
from hepb.relevance import relevant_axes
from hepb.result import Phase, Reason

NAMED = frozenset(
    {"immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative"}
)


def classify(compiled: Compiled, facts: Facts) -> Phase:
    """Phase, neighbours, likely phase, reasons and what is missing for it."""
    shown = answer(compiled, compiled.phases, facts.as_shown)
    confirmed = answer(compiled, compiled.phases, facts.confirmed)
    explainer = Explainer(compiled, facts, facts.as_shown, compiled.knowledge.phase_limits)
    if shown == "unknown":
        relevant = relevant_axes(compiled.diagrams, compiled.phases, facts.as_shown)
        return Phase("unknown", None, None, None, (), item_names(compiled, facts, relevant))
    if shown == "indeterminate":
        zone = _first(compiled, facts, compiled.knowledge.grey_zones)
        likely = confirmed if confirmed in NAMED else None
        between = zone.between if zone else None
        return Phase(
            "indeterminate",
            between,
            likely,
            zone.id if zone else None,
            _grey_reasons(compiled, explainer, between),
            _unconfirmed(compiled, facts) if likely else (),
        )
    rule = _first(compiled, facts, compiled.knowledge.gates) or _first(compiled, facts, compiled.knowledge.phases)
    return Phase(shown, None, None, rule.id if rule else None, explainer.met(rule.when) if rule else (), ())


def _first(compiled, facts, rules):  # noqa: ANN001, ANN202 (gates and phase rules alike: both have id and when)
    return next(
        (rule for rule in rules if compiled.diagrams.holds(compiled.phase_rules[rule.id], facts.as_shown)),
        None,
    )


def _grey_reasons(compiled: Compiled, explainer: Explainer, between: tuple[str, str] | None) -> tuple[Reason, ...]:
    """What each neighbouring phase has and lacks, each comparison once."""
    reasons: list[Reason] = []
    neighbours: list[PhaseRule] = [rule for rule in compiled.knowledge.phases if rule.phase in (between or ())]
    for rule in neighbours:
        reasons += explainer.met(rule.when)
        reasons += explainer.unmet([rule.when])
    return tuple(dict.fromkeys(reasons))


def _unconfirmed(compiled: Compiled, facts: Facts) -> tuple[str, ...]:
    """Which of the two doubts about a raised ALT stand between ``indeterminate`` and the likely phase."""
    space = compiled.space
    doubtful = {
        i
        for i, axis in enumerate(space.axes)
        if facts.as_shown[i] != facts.confirmed[i]
        and axis.subject != "age"
        and i in compiled.diagrams.support(compiled.phases)
    }
    return tuple(
        name
        for name in ("ALT_repeat", "alt_cause_excluded")
        if _still_grey(compiled, facts, {i for i in doubtful if item_names(compiled, facts, [i]) == (name,)})
    )


def _still_grey(compiled: Compiled, facts: Facts, axes: set[int]) -> bool:
    """Whether the phase stays grey when everything but these axes is confirmed."""
    cube = tuple(facts.as_shown[i] if i in axes else mask for i, mask in enumerate(facts.confirmed))
    return bool(axes) and answer(compiled, compiled.phases, cube) == "indeterminate"
