"""One guideline's answer for one record: strict, so far, why, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hepb.changes import changes
from hepb.compiler import Compiled
from hepb.criteria import Criterion
from hepb.diagram import Cube
from hepb.facts import Facts
from hepb.guideline import Gate, Guideline, Rule
from hepb.reasons import Explainer
from hepb.relevance import relevant_axes
from hepb.result import Decision, Reason
from hepb.space import Months


def answer(compiled: Compiled, root: int, cube: Cube) -> str:
    """The one answer that every completion gives, else ``unknown``."""
    only = compiled.diagrams.only(root, cube)
    return "unknown" if only is None else str(only)


def item_names(compiled: Compiled, facts: Facts, axes: Iterable[int]) -> tuple[str, ...]:
    """The items to ask for so that these axes become known, without doubles."""
    names: list[str] = []
    for index in sorted(axes):
        subject = compiled.space.axes[index].subject
        if isinstance(subject, Months):
            names.append("ALT_repeat")
        elif subject in facts.items:
            names.extend(facts.items[subject])
        else:
            names.append("HBsAg" if subject == "HBsAg_level" else str(subject))
    return tuple(dict.fromkeys(names))


class Answers(NamedTuple):
    """A guideline's answer, strictly and so far, as in :class:`hepb.result.Decision`."""

    decision: str
    so_far: str


def answers(compiled: Compiled, facts: Facts, guideline: Guideline) -> Answers:
    """Only what the guideline answers."""
    root = compiled.decisions[guideline.id]
    decision = answer(compiled, root, facts.strict)
    return Answers(decision, decision if decision != "unknown" else answer(compiled, root, facts.so_far))


def decide(compiled: Compiled, facts: Facts, guideline: Guideline) -> Decision:
    """The guideline's answer, why, and what could change it."""
    decision, so_far = answers(compiled, facts, guideline)
    root = compiled.decisions[guideline.id]
    cube = facts.strict if decision != "unknown" else facts.so_far
    rule = _rule(compiled, guideline, so_far, cube)
    explainer = Explainer(compiled, facts, cube, guideline.upper_limits)
    relevant = relevant_axes(compiled.diagrams, root, facts.strict) if decision == "unknown" else ()
    return Decision(
        decision=decision,
        so_far=so_far,
        phase=_own_phase(compiled, facts, guideline),
        rule=rule.id if rule else None,
        strength=rule.strength if isinstance(rule, Rule) else None,
        confidence=rule.provenance.confidence if rule else None,
        because=_because(explainer, rule, guideline) if rule else (),
        missing=item_names(compiled, facts, relevant),
        would_change_if=changes(compiled, facts, guideline, so_far),
    )


def _own_phase(compiled: Compiled, facts: Facts, guideline: Guideline) -> str | None:
    root = compiled.own_phases.get(guideline.id)
    return answer(compiled, root, facts.as_shown) if root is not None else None


def _rule(compiled: Compiled, guideline: Guideline, decision: str, cube: Cube) -> Rule | Gate | None:
    """The first rule that surely holds and gives ``decision``, else the first that can."""
    if decision == "unknown":
        return None
    for gate in compiled.knowledge.gates:
        if gate.decision == decision and compiled.diagrams.holds(compiled.phase_rules[gate.id], cube):
            return gate
    possible: Rule | None = None
    for rule in guideline.rules():
        if rule.decision != decision:
            continue
        holds = compiled.diagrams.only(compiled.rules[rule.id], cube)
        if holds is True:
            return rule
        if holds is None and possible is None:
            possible = rule
    return possible


def _criteria_behind(rule: Rule, guideline: Guideline) -> tuple[Criterion, ...]:
    """A rule's own criterion; for a default, those of the rules that did not hold."""
    for group in guideline.groups:
        if rule is group.otherwise:
            return tuple(other.when for other in group.rules if other.decision != rule.decision)
    return (rule.when,)


def _because(explainer: Explainer, rule: Rule | Gate, guideline: Guideline) -> tuple[Reason, ...]:
    if isinstance(rule, Rule):
        for group in guideline.groups:
            if rule is group.otherwise:
                return explainer.unmet(_criteria_behind(rule, guideline))
        if rule is guideline.outside:
            return explainer.unmet(group.people for group in guideline.groups)
    return explainer.met(rule.when)
