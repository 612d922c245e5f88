"""Which unknowns can still change the joint answer of several diagrams: exact, by reducing them within a cube."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hepb.diagram import Answer, Cube, Diagrams

DIFFER = "differ"


def joint_answer(answers: Iterable[Answer]) -> Answer:
    """What several guidelines say together: the answer they share (``not_applicable`` left out), else ``differ``."""
    given = {answer for answer in answers if answer != "not_applicable"}
    if len(given) > 1:
        return DIFFER
    return given.pop() if given else "not_applicable"


class Restricted:
    """Diagrams reduced within one cube: equal parts are one node. A node is an int from 0, an answer a negative one."""

    def __init__(self, diagrams: Diagrams, cube: Cube) -> None:
        self._diagrams = diagrams
        self._cube = cube
        self._memo: dict[int, int] = {}
        self._joint_memo: dict[tuple[int, ...], int] = {}
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaves: dict[Answer, int] = {}

    def relevant(self, nodes: tuple[int, ...]) -> frozenset[int]:
        """The axes that the joint answer of ``nodes`` depends on."""
        root = self._reduce(nodes[0]) if len(nodes) == 1 else self._reduce_jointly(nodes)
        parts = list(self._unique)
        found: set[int] = set()
        seen: set[int] = set()
        open_nodes = [root]
        while open_nodes:
            node = open_nodes.pop()
            if node >= 0 and node not in seen:
                seen.add(node)
                axis, children = parts[node]
                found.add(axis)
                open_nodes.extend(children)
        return frozenset(found)

    def _settled(self, node: int) -> int:
        """The node that is reached by what is known: axes with one possible cell are passed."""
        nodes, cube = self._diagrams.nodes, self._cube
        while node >= 0:
            axis, children = nodes[node]
            mask = cube[axis]
            if mask & mask - 1:
                return node
            node = children[mask.bit_length() - 1]
        return node

    def _reduce(self, node: int) -> int:
        node = self._settled(node)
        if node < 0:
            return node
        known = self._memo.get(node)
        if known is None:
            axis = self._diagrams.nodes[node][0]
            branches, pattern = self._diagrams.branches(node, self._cube[axis])
            known = self._memo[node] = self._joined(axis, [self._reduce(branch) for branch in branches], pattern)
        return known

    def _joined(self, axis: int, reduced: list[int], pattern: tuple[int, ...]) -> int:
        """The reduced node that asks ``axis``; ``pattern``: which of ``reduced`` each possible cell leads to."""
        if all(one == reduced[0] for one in reduced):
            return reduced[0]
        return self._unique.setdefault((axis, tuple(reduced[place] for place in pattern)), len(self._unique))

    def _reduce_jointly(self, nodes: tuple[int, ...]) -> int:
        nodes = tuple(self._settled(node) for node in nodes)
        known = self._joint_memo.get(nodes)
        if known is None:
            known = self._joint_memo[nodes] = self._jointly_reduced(nodes)
        return known

    def _jointly_reduced(self, nodes: tuple[int, ...]) -> int:
        diagrams = self._diagrams
        answer = joint_answer(diagrams.value(node) for node in nodes if node < 0)
        inner = [diagrams.nodes[node][0] for node in nodes if node >= 0]
        if not inner or answer == DIFFER:
            return self._leaves.setdefault(answer, -1 - len(self._leaves))
        axis = min(inner)
        mask = self._cube[axis]
        rows = [
            diagrams.nodes[node][1] if node >= 0 and diagrams.nodes[node][0] == axis else (node,) * mask.bit_length()
            for node in nodes
        ]
        places: dict[tuple[int, ...], int] = {}
        pattern = tuple(
            places.setdefault(step, len(places))
            for cell, step in enumerate(zip(*rows, strict=False))
            if mask >> cell & 1
        )
        return self._joined(axis, [self._reduce_jointly(step) for step in places], pattern)
