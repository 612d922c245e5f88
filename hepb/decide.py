"""One guideline's answer for one record: strict, so far, why, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from hepb.compiler import Compiled
from hepb.criteria import CHOICES, Criterion, tests_in
from hepb.diagram import Cube
from hepb.facts import Facts
from hepb.guideline import Gate, Guideline, Rule
from hepb.interval import Interval
from hepb.reasons import Explainer, reason_for_cell
from hepb.record import COINFECTIONS
from hepb.result import Decision, Reason
from hepb.space import Months

NEVER_CHANGES = frozenset(
    {"HBsAg", "anti_HBc", "sex", "infection_over_6_months", "on_treatment", "alcohol", "hepatotoxic_drugs",
     "alt_cause_excluded", "dna_test_unavailable", "APRI"}
)  # fmt: skip
"""Subjects that are no change to hope or watch for (APRI is a score: its parts or a scan speak for it)."""
ONLY_UP = frozenset({"age", "fibrosis_stage", "inflammation_grade", "stiffness_kpa"})


def answer(compiled: Compiled, root: int, cube: Cube) -> str:
    """The one answer that every completion gives, else ``unknown``."""
    answers = compiled.diagrams.outcomes(root, cube)
    return str(next(iter(answers))) if len(answers) == 1 else "unknown"


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


def decide(compiled: Compiled, facts: Facts, guideline: Guideline, *, explain: bool = True) -> Decision:
    """The guideline's answer. With ``explain`` false only ``decision`` and ``so_far`` are filled."""
    root = compiled.decisions[guideline.id]
    decision = answer(compiled, root, facts.strict)
    so_far = decision if decision != "unknown" else answer(compiled, root, facts.so_far)
    if not explain:
        return Decision(decision, so_far, None, None, None, None, (), (), ())
    cube = facts.strict if decision != "unknown" else facts.so_far
    rule = _rule(compiled, guideline, so_far, cube)
    explainer = Explainer(compiled, facts, cube, guideline.upper_limits)
    relevant = compiled.diagrams.relevant((root,), facts.strict)
    return Decision(
        decision=decision,
        so_far=so_far,
        phase=_own_phase(compiled, facts, guideline),
        rule=rule.id if rule else None,
        strength=rule.strength if isinstance(rule, Rule) else None,
        confidence=_confidence(rule, guideline) if rule else None,
        because=_because(explainer, rule, guideline) if rule else (),
        missing=item_names(compiled, facts, relevant),
        would_change_if=_changes(compiled, facts, guideline, so_far),
    )


def _own_phase(compiled: Compiled, facts: Facts, guideline: Guideline) -> str | None:
    root = compiled.own_phases.get(guideline.id)
    return answer(compiled, root, facts.as_shown) if root is not None else None


def _rule(compiled: Compiled, guideline: Guideline, decision: str, cube: Cube) -> Rule | Gate | None:
    """The first rule that surely holds and gives ``decision``, else the first that can."""
    if decision == "unknown":
        return None
    for gate in compiled.knowledge.gates:
        if gate.decision == decision and compiled.diagrams.outcomes(compiled.phase_rules[gate.id], cube) == {True}:
            return gate
    possible: Rule | None = None
    for rule in guideline.rules():
        holds = compiled.diagrams.outcomes(compiled.rules[rule.id], cube)
        if rule.decision == decision and holds == {True}:
            return rule
        if rule.decision == decision and True in holds and possible is None:
            possible = rule
    return possible


def _confidence(rule: Rule | Gate, guideline: Guideline) -> str:
    """That of the rule, or ``unverified`` where it rests on an upper limit that is."""
    if isinstance(rule, Rule) and guideline.limits_provenance.confidence == "unverified":
        tests = [test for criterion in _criteria_behind(rule, guideline) for test in tests_in(criterion)]
        if any(test.times_upper_limit for test in tests):
            return "unverified"
    return rule.provenance.confidence


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


def _changes(compiled: Compiled, facts: Facts, guideline: Guideline, so_far: str) -> tuple[Reason, ...]:
    """Per subject and direction the nearest change that alone makes this guideline answer otherwise."""
    if so_far in {"unknown", "not_applicable"}:
        return ()
    root = compiled.decisions[guideline.id]
    found: list[Reason] = []
    for index in compiled.diagrams.support(root):
        subject = compiled.space.axes[index].subject
        if isinstance(subject, Months) or subject in NEVER_CHANGES:
            continue
        found.extend(_changes_of(compiled, facts, root, so_far, index))
    return tuple(found)


def _changes_of(compiled: Compiled, facts: Facts, root: int, so_far: str, index: int) -> Iterator[Reason]:
    axis = compiled.space.axes[index]
    mask = facts.so_far[index]
    if axis.choices:
        yield from _first_change(compiled, facts, root, so_far, index, range(axis.size))
    elif mask != axis.everything:
        top, bottom = mask.bit_length() - 1, (mask & -mask).bit_length() - 1
        yield from _first_change(compiled, facts, root, so_far, index, range(top + 1, axis.size))
        if axis.subject not in ONLY_UP:
            yield from _first_change(compiled, facts, root, so_far, index, range(bottom - 1, -1, -1))


def _first_change(  # noqa: PLR0913, PLR0917 (one search over one axis of one guideline)
    compiled: Compiled, facts: Facts, root: int, so_far: str, index: int, cells: range
) -> Iterator[Reason]:
    """The first of ``cells`` that gives another answer, ALT raised for as long as that takes."""
    subject = str(compiled.space.axes[index].subject)
    classes = compiled.diagrams.classes(root, index)
    tried: set[int] = set()
    for cell in cells:
        if classes[cell] in tried:
            continue
        tried.add(classes[cell])
        if facts.so_far[index] >> cell & 1 or (subject in COINFECTIONS and CHOICES[subject][cell] == "false"):
            continue  # as it is, or the end of a co-infection, which nobody can hope or watch for
        moved = _with(facts.so_far, index, cell)
        upward = cells.step > 0
        if _differs(compiled, root, moved, so_far):
            yield reason_for_cell(compiled, subject, cell, upward=upward)
            return
        if subject == "ALT" and upward and (months := _months_needed(compiled, root, moved, so_far)):
            yield replace(reason_for_cell(compiled, subject, cell, upward=upward), months=months)
            return


def _with(cube: Cube, index: int, cell: int) -> Cube:
    return (*cube[:index], 1 << cell, *cube[index + 1 :])


def _differs(compiled: Compiled, root: int, cube: Cube, so_far: str) -> bool:
    return answer(compiled, root, cube) not in {so_far, "unknown"}


def _months_needed(compiled: Compiled, root: int, cube: Cube, so_far: str) -> float | None:
    """How long the moved ALT must last to change the answer; None when no time does."""
    axes = [
        (i, axis)
        for i in compiled.diagrams.support(root)
        if isinstance((axis := compiled.space.axes[i]).subject, Months)
    ]
    for needed in sorted({limit for _, axis in axes for limit in axis.limits}):
        lasting = list(cube)
        for i, axis in axes:
            lasting[i] = axis.number_mask([Interval(needed, inf)])
        if _differs(compiled, root, tuple(lasting), so_far):
            return needed
    return None
