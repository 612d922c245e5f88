"""Which unknowns can still change the answer of a diagram: exact, by reducing it within a cube."""

from __future__ import annotations

from hepb.diagram import Cube, Diagrams


def relevant_axes(diagrams: Diagrams, node: int, cube: Cube) -> frozenset[int]:
    """The axes that can still change the answer of ``node``."""
    return _Restricted(diagrams, cube).relevant(node)


class _Restricted:
    """Diagrams reduced within one cube: equal parts are one node. A node is an int from 0, an answer a negative one."""

    def __init__(self, diagrams: Diagrams, cube: Cube) -> None:
        self._diagrams = diagrams
        self._cube = cube
        self._memo: dict[int, int] = {}
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}

    def relevant(self, node: int) -> frozenset[int]:
        """The axes that the answer of ``node`` depends on."""
        root = self._reduce(node)
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

    def _reduce(self, node: int) -> int:
        cube, steps = self._cube, self._diagrams.steps
        while node >= 0:  # axes with one possible cell are passed
            axis, following = steps[node]
            mask = cube[axis]
            if following[mask].__class__ is tuple:
                break
            node = following[mask]
        else:
            return node
        known = self._memo.get(node)
        if known is None:
            branches, pattern = self._diagrams.branches(node, mask)
            reduced = [branch if branch < 0 else self._reduce(branch) for branch in branches]
            known = self._memo[node] = self._joined(axis, reduced, pattern)
        return known

    def _joined(self, axis: int, reduced: list[int], pattern: tuple[int, ...]) -> int:
        """The reduced node that asks ``axis``; ``pattern``: which of ``reduced`` each possible cell leads to."""
        if reduced.count(reduced[0]) == len(reduced):
            return reduced[0]
        cells = reduced if len(pattern) == len(reduced) else [reduced[place] for place in pattern]
        return self._unique.setdefault((axis, tuple(cells)), len(self._unique))
