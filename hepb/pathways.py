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
        if not _holds(what, facts, pathway.id):
            continue
        advice = tuple(_advice(statement) for statement in pathway.statements if _holds(what, facts, statement.id))
        open_axes = {axis for item in (pathway, *pathway.statements) for axis in _open_axes(what, facts, item.id)}
        yield Situation(pathway.id, advice, item_names(what, facts, open_axes))


def _holds(what: Compiled, facts: Facts, item: str) -> bool:
    """Whether ``when`` holds, what nobody mentioned being absent, and ``unless`` is not known to hold."""
    if not what.diagrams.holds(what.pathways[item], facts.so_far):
        return False
    return item not in what.exceptions or not what.diagrams.holds(what.exceptions[item], facts.strict)


def _open_axes(what: Compiled, facts: Facts, item: str) -> frozenset[int]:
    """What could bring this pathway or statement about, or take it away."""
    if True not in what.diagrams.outcomes(what.pathways[item], facts.so_far):
        return frozenset()
    found = frozenset(what.diagrams.relevant((what.pathways[item],), facts.so_far))
    if item in what.exceptions:
        found |= frozenset(what.diagrams.relevant((what.exceptions[item],), facts.strict))
    return found


def _advice(statement: Statement) -> Advice:
    return Advice(statement.says, statement.guideline, statement.id, statement.numbers, statement.provenance.confidence)
