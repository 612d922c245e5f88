"""Decision diagrams: an answer as a function of several unknowns, each with a few possible cells.

A diagram is built once from a guideline. Asked with a *cube* (for every axis the cells that are still possible,
as a bit mask) it tells exactly

* which answers some completion of the unknowns can give (:meth:`Diagrams.outcomes`, :meth:`Diagrams.only`),
* what the answer would be if one axis alone lay in another cell (:meth:`Diagrams.alternatives`), and
* which unknowns matter: those for which some completion of all the others exists in which changing this one
  alone changes the answer (:meth:`Diagrams.relevant`).

Both are exact because the diagrams are ordered and reduced: equal parts are one node, and an axis stands in the
reduced diagram if and only if the answer depends on it (Bryant 1986, for many-valued variables). Kleene's logic
would call an answer unknown although all readings share it; this does not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import cache, lru_cache

Cube = tuple[int, ...]
Answer = Hashable
_BRANCHES = 65536


class Diagrams:
    """A store of nodes over ``sizes`` axes (number of cells each). A node is an int; answers are negative ints.

    After building it is only read, so one instance serves every patient.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = tuple(sizes)
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._answers: list[Answer] = []
        self._answer_ids: dict[Answer, int] = {}
        self._ite: dict[tuple[int, int, int], int] = {}
        self.steps: list[tuple[int, _Steps]] = []
        self.false = self.answer(False)  # noqa: FBT003 (an answer may be any value)
        self.true = self.answer(True)  # noqa: FBT003 (as above)
        self.branches = lru_cache(_BRANCHES)(self._branches)

    def __len__(self) -> int:
        return len(self.nodes)

    def answer(self, value: Answer) -> int:
        """The leaf that answers ``value``."""
        if value not in self._answer_ids:
            self._answers.append(value)
            self._answer_ids[value] = -len(self._answers)
        return self._answer_ids[value]

    def node(self, axis: int, children: tuple[int, ...]) -> int:
        """The node that asks ``axis`` and goes on to one child per cell."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (axis, children)
        known = self._unique.get(key)
        if known is None:
            known = self._unique[key] = len(self.nodes)
            self.nodes.append(key)
            self.steps.append((axis, _Steps(children)))
        return known

    @cache  # noqa: B019 (one store lives as long as the process)
    def cells(self, axis: int, mask: int) -> int:
        """True where ``axis`` lies in one of the cells of ``mask``."""
        return self.node(axis, tuple(self.true if mask >> i & 1 else self.false for i in range(self._sizes[axis])))

    def both(self, first: int, second: int) -> int:
        """True where both are."""
        return self.choose(first, second, self.false)

    def either(self, first: int, second: int) -> int:
        """True where at least one is."""
        return self.choose(first, self.true, second)

    def negation(self, node: int) -> int:
        """True where ``node`` is false."""
        return self.choose(node, self.false, self.true)

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """``then`` where ``condition`` is true, else ``otherwise``."""
        if condition == self.true or then == otherwise:
            return then
        if condition == self.false:
            return otherwise
        key = (condition, then, otherwise)
        known = self._ite.get(key)
        if known is None:
            axis = min([self.nodes[node][0] for node in key if node >= 0])
            children = (self._children(node, axis) for node in key)
            known = self._ite[key] = self.node(axis, tuple(map(self.choose, *children)))
        return known

    def _children(self, node: int, axis: int) -> tuple[int, ...]:
        """Where each cell of ``axis`` leads from ``node``."""
        if node < 0 or self.nodes[node][0] != axis:
            return (node,) * self._sizes[axis]
        return self.nodes[node][1]

    @cache  # noqa: B019 (one store lives as long as the process)
    def support(self, node: int) -> tuple[int, ...]:
        """The axes on which the answer of ``node`` depends, in order."""
        if node < 0:
            return ()
        axis, children = self.nodes[node]
        return tuple(sorted({axis}.union(*(self.support(child) for child in set(children)))))

    def outcomes(self, node: int, cube: Cube) -> frozenset[Answer]:
        """The answers that some choice of possible cells gives."""
        found: set[Answer] = set()
        seen: set[int] = set()
        open_nodes = [node]
        while open_nodes:
            node = open_nodes.pop()
            if node < 0:
                found.add(self.value(node))
            elif node not in seen:
                seen.add(node)
                axis, steps = self.steps[node]
                following = steps[cube[axis]]
                open_nodes += following if isinstance(following, tuple) else (following,)
        return frozenset(found)

    def only(self, node: int, cube: Cube) -> Answer | None:
        """The one answer that every choice of possible cells gives; None when there are several."""
        table, answers = self.steps, self._answers
        while node >= 0:  # as far as everything is known there is one way
            axis, steps = table[node]
            following = steps[cube[axis]]
            if following.__class__ is tuple:
                break
            node = following
        else:
            return answers[-node - 1]
        open_nodes, seen, first = [*following], {node}, 0
        while open_nodes:
            node = open_nodes.pop()
            while node >= 0:
                axis, steps = table[node]
                following = steps[cube[axis]]
                if following.__class__ is tuple:
                    if node not in seen:
                        seen.add(node)
                        open_nodes += following
                    break
                node = following
            else:
                if first and node != first:
                    return None
                first = node
        return answers[-first - 1]

    def holds(self, node: int, cube: Cube) -> bool:
        """Whether every choice of possible cells answers true."""
        return self.only(node, cube) is True

    def _branches(self, node: int, mask: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The different children of ``node`` in the cells of ``mask``, and for each of these cells which of them."""
        places: dict[int, int] = {}
        pattern = tuple(
            places.setdefault(child, len(places)) for cell, child in enumerate(self.nodes[node][1]) if mask >> cell & 1
        )
        return tuple(places), pattern

    def alternatives(self, node: int, cube: Cube, axes: Collection[int]) -> Iterator[tuple[int, list[Answer | None]]]:
        """Per axis that the answer rests on, in order: for each of its cells, what the answer would be there.

        All other axes stay as they are in ``cube``; None where several answers remain. Of ``axes`` only those are
        given that the walk to the answer asks: the others change nothing alone.
        """
        only = _Remembered(self, cube)
        path, level = [], (node,)
        while len(level) == 1 and level[0] >= 0:  # as far as everything is known there is one way
            path.append(level[0])
            axis, steps = self.steps[level[0]]
            following = steps[cube[axis]]
            level = following if isinstance(following, tuple) else (following,)
        answer = only[path[-1]] if path else None
        only.update(dict.fromkeys(path, answer))
        for passed in path:
            axis, children = self.nodes[passed]
            if axis in axes:
                yield axis, [only[child] for child in children]
        yield from self._alternatives_below(set(level), cube, axes, only)

    def _alternatives_below(
        self, level: set[int], cube: Cube, axes: Collection[int], only: _Remembered
    ) -> Iterator[tuple[int, list[Answer | None]]]:
        """The same where several nodes are reached."""
        while inner := [reached for reached in level if reached >= 0]:
            axis = min(self.nodes[reached][0] for reached in inner)
            here = [reached for reached in inner if self.nodes[reached][0] == axis]
            level.difference_update(here)
            if axis in axes:
                by_node = [[only[child] for child in self.nodes[reached][1]] for reached in here]
                by_node += [[only[reached]] * self._sizes[axis] for reached in level]
                yield axis, [answers[0] if len(set(answers)) == 1 else None for answers in zip(*by_node, strict=True)]
            for reached in here:
                following = self.steps[reached][1][cube[axis]]
                level.update(following if isinstance(following, tuple) else (following,))

    def combine(self, first: int, second: int, join: Callable[[Answer, Answer], Answer]) -> int:
        """The node that answers ``join`` of what the two answer."""
        known: dict[tuple[int, int], int] = {}

        def combined(pair: tuple[int, int]) -> int:
            if pair not in known:
                inner = [self.nodes[node][0] for node in pair if node >= 0]
                if inner:
                    axis = min(inner)
                    steps = zip(*(self._children(node, axis) for node in pair), strict=True)
                    known[pair] = self.node(axis, tuple(map(combined, steps)))
                else:
                    known[pair] = self.answer(join(self.value(pair[0]), self.value(pair[1])))
            return known[pair]

        return combined((first, second))

    def value(self, leaf: int) -> Answer:
        """The answer of a leaf."""
        return self._answers[-leaf - 1]


class _Remembered(dict[int, "Answer | None"]):
    """What nodes answer within one cube (:meth:`Diagrams.only`), each looked up once."""

    def __init__(self, diagrams: Diagrams, cube: Cube) -> None:
        super().__init__()
        self._diagrams = diagrams
        self._cube = cube

    def __missing__(self, node: int) -> Answer | None:
        answer = self[node] = self._diagrams.only(node, self._cube)
        return answer


class _Steps(dict[int, "int | tuple[int, ...]"]):
    """From the possible cells of a node's axis to where they lead: one node, or several different ones.

    Of several, answers stand last: a walk looks at them first, and is over with the second.
    """

    def __init__(self, children: tuple[int, ...]) -> None:
        super().__init__()
        self._children = children

    def __missing__(self, mask: int) -> int | tuple[int, ...]:
        cells = {child for cell, child in enumerate(self._children) if mask >> cell & 1}
        following = tuple(sorted(cells, reverse=True))
        self[mask] = known = following if len(following) > 1 else following[0]
        return known
