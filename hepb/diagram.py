"""Decision diagrams: an answer as a function of several unknowns, each with a few possible cells.

A diagram is built once from a guideline. Asked with a *cube* (for every axis the cells that are still possible,
as a bit mask) it tells exactly

* which answers some completion of the unknowns can give (:meth:`Diagrams.outcomes`), and
* which unknowns matter: those for which some completion of all the others exists in which changing this one
  alone changes the answer (:meth:`Diagrams.relevant`).

Both are exact because the diagrams are ordered and reduced: equal parts are one node, and an axis stands in the
reduced diagram if and only if the answer depends on it (Bryant 1986, for many-valued variables). Kleene's logic
would call an answer unknown although all readings share it; this does not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cache, lru_cache

Cube = tuple[int, ...]
Answer = Hashable
DIFFER = "differ"
_CACHE = 65536


class Diagrams:
    """A store of nodes over ``sizes`` axes (number of cells each). A node is an int; answers are negative ints.

    After building it is only read, so one instance serves every patient; its caches hold cubes of cells,
    never a patient's own numbers or words.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = tuple(sizes)
        self._nodes: list[tuple[int, tuple[int, ...]]] = []
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._answers: list[Answer] = []
        self._answer_ids: dict[Answer, int] = {}
        self._ite: dict[tuple[int, int, int], int] = {}
        self.false = self.answer(False)  # noqa: FBT003 (an answer may be any value)
        self.true = self.answer(True)  # noqa: FBT003 (as above)
        self._outcomes = lru_cache(_CACHE)(self._outcomes_of)
        self._relevant = lru_cache(_CACHE)(self._relevant_of)

    def __len__(self) -> int:
        return len(self._nodes)

    def answer(self, value: Answer) -> int:
        """The leaf that answers ``value``."""
        if value not in self._answer_ids:
            self._answers.append(value)
            self._answer_ids[value] = -len(self._answers)
        return self._answer_ids[value]

    def node(self, axis: int, children: tuple[int, ...]) -> int:
        """The node that asks ``axis`` and goes on to one child per cell."""
        if all(child == children[0] for child in children):
            return children[0]
        key = (axis, children)
        if key not in self._unique:
            self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return self._unique[key]

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
        if key not in self._ite:
            axis = min(self._nodes[node][0] for node in key if node >= 0)
            self._ite[key] = self.node(
                axis,
                tuple(
                    self.choose(*(self._child(node, axis, cell) for node in key)) for cell in range(self._sizes[axis])
                ),
            )
        return self._ite[key]

    def _child(self, node: int, axis: int, cell: int) -> int:
        if node < 0 or self._nodes[node][0] != axis:
            return node
        return self._nodes[node][1][cell]

    @cache  # noqa: B019 (one store lives as long as the process)
    def support(self, node: int) -> tuple[int, ...]:
        """The axes on which the answer of ``node`` depends, in order."""
        if node < 0:
            return ()
        axis, children = self._nodes[node]
        return tuple(sorted({axis}.union(*(self.support(child) for child in set(children)))))

    @cache  # noqa: B019 (as above)
    def classes(self, node: int, axis: int) -> tuple[int, ...]:
        """For every cell of ``axis`` the number of its class: cells of one class never differ in their answer."""
        rows: list[tuple[int, ...]] = []
        seen: set[int] = set()
        open_nodes = [node]
        while open_nodes:
            current = open_nodes.pop()
            if current >= 0 and current not in seen:
                seen.add(current)
                own_axis, children = self._nodes[current]
                if own_axis == axis:
                    rows.append(children)
                elif own_axis < axis:
                    open_nodes.extend(set(children))
        numbers: dict[tuple[int, ...], int] = {}
        cells = zip(*rows, strict=True) if rows else [()] * self._sizes[axis]
        return tuple(numbers.setdefault(tuple(cell), len(numbers)) for cell in cells)

    def outcomes(self, node: int, cube: Cube) -> frozenset[Answer]:
        """The answers that some choice of possible cells gives."""
        return self._outcomes(node, tuple(cube[axis] for axis in self.support(node)))

    def _outcomes_of(self, root: int, masks: tuple[int, ...]) -> frozenset[Answer]:
        mask_of = dict(zip(self.support(root), masks, strict=True))
        found: set[Answer] = set()
        seen: set[int] = set()
        open_nodes = [root]
        while open_nodes:
            node = open_nodes.pop()
            if node < 0:
                found.add(self._answers[-node - 1])
            elif node not in seen:
                seen.add(node)
                axis, children = self._nodes[node]
                mask = mask_of[axis]
                if mask & mask - 1:
                    open_nodes.extend({child for i, child in enumerate(children) if mask >> i & 1})
                else:
                    open_nodes.append(children[mask.bit_length() - 1])
        return frozenset(found)

    def relevant(self, nodes: tuple[int, ...], cube: Cube) -> frozenset[int]:
        """The axes that can still change the joint answer of ``nodes`` (their combination, see :class:`Joint`)."""
        support = sorted(set().union(*(self.support(node) for node in nodes)))
        return self._relevant(nodes, tuple(support), tuple(cube[axis] for axis in support))

    def _relevant_of(self, nodes: tuple[int, ...], support: tuple[int, ...], masks: tuple[int, ...]) -> frozenset[int]:
        mask_of = dict(zip(support, masks, strict=True))
        return _Restricted(self, mask_of).relevant(nodes)

    def parts(self, node: int) -> tuple[int, tuple[int, ...]]:
        """Axis and children of an inner node."""
        return self._nodes[node]

    def value(self, leaf: int) -> Answer:
        """The answer of a leaf."""
        return self._answers[-leaf - 1]


def joint_answer(answers: tuple[Answer, ...]) -> Answer:
    """What several guidelines say together: the answer they share (``not_applicable`` left out), else ``differ``."""
    given = {answer for answer in answers if answer != "not_applicable"}
    if len(given) > 1:
        return DIFFER
    return given.pop() if given else "not_applicable"


class _Restricted:
    """One walk over several diagrams at once within a cube, reduced on the way."""

    def __init__(self, diagrams: Diagrams, mask_of: dict[int, int]) -> None:
        self._diagrams = diagrams
        self._mask_of = mask_of
        self._memo: dict[tuple[int, ...], Hashable] = {}
        self._unique: dict[Hashable, int] = {}
        self._axes: list[tuple[int, tuple[Hashable, ...]]] = []

    def relevant(self, nodes: tuple[int, ...]) -> frozenset[int]:
        root = self._reduce(nodes)
        found: set[int] = set()
        seen: set[Hashable] = set()
        open_nodes = [root]
        while open_nodes:
            node = open_nodes.pop()
            if isinstance(node, _Node) and node not in seen:
                seen.add(node)
                axis, children = self._axes[node.index]
                found.add(axis)
                open_nodes.extend(children)
        return frozenset(found)

    def _reduce(self, nodes: tuple[int, ...]) -> Hashable:
        nodes = tuple(self._settled(node) for node in nodes)
        if nodes in self._memo:
            return self._memo[nodes]
        inner = [node for node in nodes if node >= 0]
        answers = tuple(self._diagrams.value(node) for node in nodes if node < 0)
        if not inner or (len(nodes) > 1 and joint_answer(answers) == DIFFER):
            result: Hashable = answers[0] if len(nodes) == 1 else joint_answer(answers)
        else:
            axis = min(self._diagrams.parts(node)[0] for node in inner)
            ordered = tuple(self._reduce(step) for step in self._steps(nodes, axis))
            result = ordered[0] if len(set(ordered)) == 1 else self._node(axis, ordered)
        self._memo[nodes] = result
        return result

    def _settled(self, node: int) -> int:
        """The node that is reached by what is known: axes with one possible cell are passed."""
        while node >= 0:
            axis, children = self._diagrams.parts(node)
            mask = self._mask_of[axis]
            if mask & mask - 1:
                return node
            node = children[mask.bit_length() - 1]
        return node

    def _steps(self, nodes: tuple[int, ...], axis: int) -> Iterator[tuple[int, ...]]:
        """For every possible cell of ``axis`` where the nodes go on."""
        mask = self._mask_of[axis]
        parts = [self._diagrams.parts(node) if node >= 0 else (-1, ()) for node in nodes]
        rows = [children if own == axis else None for own, children in parts]
        for cell in range(mask.bit_length()):
            if mask >> cell & 1:
                yield tuple(row[cell] if row else node for row, node in zip(rows, nodes, strict=True))

    def _node(self, axis: int, children: tuple[Hashable, ...]) -> _Node:
        key = (axis, children)
        if key not in self._unique:
            self._unique[key] = len(self._axes)
            self._axes.append(key)
        return _Node(self._unique[key])


class _Node:
    """A reduced inner node, told apart from answers by its type."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Node) and other.index == self.index

    def __hash__(self) -> int:
        return hash(("node", self.index))
