"""Rasa plans its graph anew, through dask, for every message and every prediction.

Defect: ``DaskGraphRunner.run`` computes the minimal graph, converts it for dask and lets dask sort it, at least three
times a turn, although the graph never changes; its debug line formats all inputs even when nobody reads it.
Repair: sort the nodes once for each target and call them in that order. Same nodes, same inputs, same results.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

import rasa.core.processor
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class SequentialGraphRunner(DaskGraphRunner):
    """Runs the nodes of a graph one after the other, in an order found once."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run all nodes that the targets need and return the targets' outputs by node name."""
        wanted = targets or self._graph_schema.target_names
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(tuple(wanted)):
            outputs[name] = self._instantiated_nodes[name](*(outputs[need] for need in needs))
        return {name: outputs[name][1] for name in wanted}

    def _plan(self, targets: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        plans: dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = self.__dict__.setdefault("_plans", {})
        if targets not in plans:
            plans[targets] = _sorted_nodes(self._graph_schema.minimal_graph_schema(list(targets)))
        return plans[targets]


def _sorted_nodes(schema: GraphSchema) -> tuple[tuple[str, tuple[str, ...]], ...]:
    needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
    order = TopologicalSorter(needs).static_order()
    return tuple((name, needs[name]) for name in order if name in needs)


def apply() -> None:
    """Make the message processor use the sequential runner."""
    rasa.core.processor.DaskGraphRunner = SequentialGraphRunner
