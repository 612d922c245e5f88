"""What a person's situation asks for: the statements of every pathway that holds, guideline by guideline."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.compiler import Compiled
from hepb.decide import item_names
from hepb.facts import Facts
from hepb.guideline import Statement
from hepb.result import Advice, Situation


def situations(what: Compiled, facts: Facts) -> tuple[Situation, ...]:
    """Every situation that the record says the person is in, with what is advised and what is missing for more."""
    return tuple(_situations(what, facts))


def _situations(what: Compiled, facts: Facts) -> Iterator[Situation]:
    for pathway in what.knowledge.pathways:
        if not what.diagrams.holds(what.pathways[pathway.id], facts.so_far):
            continue
        advice = tuple(
            _advice(statement)
            for statement in pathway.statements
            if what.diagrams.holds(what.pathways[statement.id], facts.so_far)
        )
        open_axes = {
            axis
            for statement in pathway.statements
            for axis in what.diagrams.relevant((what.pathways[statement.id],), facts.so_far)
        }
        yield Situation(pathway.id, advice, item_names(what, facts, open_axes))


def _advice(statement: Statement) -> Advice:
    return Advice(statement.says, statement.guideline, statement.id, statement.numbers, statement.provenance.confidence)
