"""What a person's situation asks for: the statements of every pathway that holds, guideline by guideline.

A condition that nobody mentioned counts as absent here, as in ``Facts.so_far``. A laboratory sign that nobody knows
stays open: advice that rests on it waits, and ``while_unknown`` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hepb.compiler import Compiled
from hepb.decide import item_names
from hepb.diagram import Cube
from hepb.facts import Facts
from hepb.guideline import Statement
from hepb.printed_result import SEROLOGY
from hepb.relevance import relevant_axes
from hepb.result import Advice, Situation


def situations(what: Compiled, facts: Facts) -> tuple[Situation, ...]:
    """Every situation that the record says the person is in, with what is advised and what is missing for more."""
    return tuple(_situations(what, facts))


def _with_signs_open(what: Compiled, facts: Facts) -> Cube:
    """``Facts.so_far``, but a laboratory sign that nobody knows is neither positive nor negative."""
    cube = list(facts.so_far)
    for marker in SEROLOGY:
        index = what.space.index[marker]
        cube[index] = facts.strict[index]
    return tuple(cube)


def _situations(what: Compiled, facts: Facts) -> Iterator[Situation]:
    cube = _with_signs_open(what, facts)
    for pathway in what.knowledge.pathways:
        if not _holds(what, facts, cube, pathway.id):
            continue
        due = [statement for statement in pathway.statements if _is_due(what, facts, statement)]
        advice = tuple(_advice(statement) for statement in due if _holds(what, facts, cube, statement.id))
        open_axes = {axis for item in (pathway, *due) for axis in _open_axes(what, facts, cube, item.id)}
        yield Situation(pathway.id, advice, item_names(what, facts, open_axes))


def _holds(what: Compiled, facts: Facts, cube: Cube, item: str) -> bool:
    """Whether ``when`` holds in ``cube``, and ``unless`` is not known to hold."""
    if not what.diagrams.holds(what.pathways[item], cube):
        return False
    return item not in what.exceptions or not what.diagrams.holds(what.exceptions[item], facts.strict)


def _is_due(what: Compiled, facts: Facts, statement: Statement) -> bool:
    """Whether something that the statement asks for is not known; always true where it asks for nothing."""
    masks = [facts.strict[what.space.index[subject]] for subject in statement.while_unknown]
    return not masks or any(mask & mask - 1 for mask in masks)


def _open_axes(what: Compiled, facts: Facts, cube: Cube, item: str) -> frozenset[int]:
    """What could bring this pathway or statement about, or take it away."""
    if True not in what.diagrams.outcomes(what.pathways[item], cube):
        return frozenset()
    found = frozenset(relevant_axes(what.diagrams, what.pathways[item], cube))
    if item in what.exceptions:
        found |= frozenset(relevant_axes(what.diagrams, what.exceptions[item], facts.strict))
    return found


def _advice(statement: Statement) -> Advice:
    return Advice(statement.says, statement.guideline, statement.id, statement.numbers, statement.provenance.confidence)
