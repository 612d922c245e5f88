"""Guidelines, phases and notices become decision diagrams over one space, once per knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import cast

from hepb import contents
from hepb.criteria import All, AnyOf, Criterion, Not, Test
from hepb.diagram import Answer, Diagrams
from hepb.guideline import Band, FollowUp, Guideline, Pathway, PhaseRule, Rule, Score, Statement
from hepb.loader import knowledge
from hepb.space import Months, Space, build_space, limit_values
from hepb.whole_knowledge import Knowledge

DIFFER = "differ"
NOT_APPLICABLE = "not_applicable"
OTHER_CAUSES = ("alcohol", "hepatotoxic_drugs", "steatosis")
"""Conditions that can explain a raised ALT: the source text treats only where none does."""


@dataclass(frozen=True, slots=True)
class OpenLimit:
    """A comparison whose operator the sources leave open. ``at`` and ``beyond`` are masks of one cell of ``axis``.

    ``at``: a value exactly on the limit; ``beyond``: the value next to it, which the other operator would make alike.
    ``roots``: the rule's own criterion and the answer that it may change. ``sex``: whose limit it is, None for both.
    """

    rule: str
    sex: str | None
    axis: int
    at: int
    beyond: int
    roots: tuple[int, int]


@dataclass(frozen=True)
class Compiled:
    """Knowledge ready to be asked. Roots are nodes of ``diagrams``.

    ``decisions``: per guideline, answers a decision. ``consensus``: answers what the counted ones say together.
    ``rules``: per rule id, whether it holds (its group included).
    ``phases``: answers the phase. ``own_phases``: per guideline with phases of its own. ``notices``: by id.
    ``pathways``: by id of a pathway or of one of its statements, whether its ``when`` holds. ``exceptions``: by the
    id of a pathway, statement or notice, whether its ``unless`` does, where it has one.
    ``readings``: by id of a score, or of a guideline that reads scans of the liver, answers the id of the band.
    ``surveillance``: per guideline, answers the id of the schedule, empty where none holds.
    ``deciding_scores``: those on which some decision rests.
    ``panel``: by id of a line of the serology panel, whether it holds.
    ``events``: by id of an event of the course, whether what must hold beside it does.
    """

    knowledge: Knowledge
    space: Space
    diagrams: Diagrams
    decisions: Mapping[str, int]
    consensus: int
    rules: Mapping[str, int]
    phases: int
    phase_rules: Mapping[str, int]
    own_phases: Mapping[str, int]
    notices: Mapping[str, int]
    pathways: Mapping[str, int]
    exceptions: Mapping[str, int]
    readings: Mapping[str, int]
    surveillance: Mapping[str, int]
    panel: Mapping[str, int]
    deciding_scores: tuple[Score, ...]
    events: Mapping[str, int]
    tests: Mapping[tuple[int, int], int]
    open_limits: tuple[OpenLimit, ...]

    def test(self, test: Test, upper_limits: Mapping[str, float]) -> int:
        """The root of one comparison as a rule with these upper limits means it."""
        return self.tests[_test_key(test, upper_limits)]


class _Compiler:
    def __init__(self, what: Knowledge) -> None:
        self.knowledge = what
        self.space = build_space(contents.all_tests(what))
        self.diagrams = Diagrams([axis.size for axis in self.space.axes])
        self.no_other_cause = self._no_other_cause()

    def _no_other_cause(self) -> int:
        """True where no other cause explains the ALT, or a doctor has excluded it: the source text's condition."""
        d = self.diagrams
        suspected = d.false
        for subject in OTHER_CAUSES:
            suspected = d.either(suspected, self._is(subject, ("true",)))
        return d.either(d.negation(suspected), self._is("alt_cause_excluded", ("true",)))

    def _is(self, subject: str, values: tuple[str, ...]) -> int:
        return self.diagrams.cells(self.space.index[subject], self.space.axis(subject).choice_mask(values))

    def criterion(self, criterion: Criterion, upper_limits: Mapping[str, float], *, guard: bool = True) -> int:
        """The diagram of a criterion. With ``guard`` a raised ALT counts only where no other cause explains it."""
        d = self.diagrams
        match criterion:
            case All(parts):
                return _fold(d.both, d.true, (self.criterion(part, upper_limits, guard=guard) for part in parts))
            case AnyOf(parts):
                return _fold(d.either, d.false, (self.criterion(part, upper_limits, guard=guard) for part in parts))
            case Not(part):
                return d.negation(self.criterion(part, upper_limits, guard=guard))
            case Test() as test:
                return self._test(test, upper_limits, guard=guard)

    def _test(self, test: Test, upper_limits: Mapping[str, float], *, guard: bool) -> int:
        d = self.diagrams
        if test.op == "is":
            return self._is(test.subject, cast("tuple[str, ...]", test.value))
        values = limit_values(test, upper_limits)
        if None in values:
            return self._number(test, values[None])
        by_sex = {sex: self._number(test, value) for sex, value in values.items()}
        sexes = self.space.axis("sex").choices
        root = d.choose(self._is("sex", (sexes[0],)), by_sex[sexes[0]], by_sex[sexes[1]])
        raised = test.op in {">", ">="}
        return d.both(root, self.no_other_cause) if raised and guard else root

    def _number(self, test: Test, value: float) -> int:
        d, space = self.diagrams, self.space
        root = d.cells(space.index[test.subject], space.axis(test.subject).comparison_mask(test.op, value))
        if test.months is None:
            return root
        key = Months(test.op, value)
        return d.both(root, d.cells(space.index[key], space.axis(key).comparison_mask(">=", test.months)))

    def gate_chain(self, otherwise: int, answer: Callable[[str | None, str | None], str | None]) -> int:
        """``otherwise`` behind every gate for which ``answer(phase, decision)`` is not None."""
        root = otherwise
        for gate in reversed(self.knowledge.gates):
            value = answer(gate.phase, gate.decision)
            if value is not None:
                condition = self.criterion(gate.when, self.knowledge.phase_limits)
                root = self.diagrams.choose(condition, self.diagrams.answer(value), root)
        return root

    def guideline(self, guideline: Guideline) -> tuple[int, dict[str, int]]:
        """The root that answers the decision, and per rule whether it is the one that holds by its own words."""
        d = self.diagrams
        rules: dict[str, int] = {}
        root = d.answer(guideline.outside.decision)
        unreached = d.true
        for group in guideline.groups:
            people = d.both(unreached, self.criterion(group.people, guideline.upper_limits))
            unreached = d.both(unreached, d.negation(people))
            for rule in (*group.rules, group.otherwise):
                rules[rule.id] = d.both(people, self.criterion(rule.when, guideline.upper_limits))
        rules[guideline.outside.id] = unreached
        ordered: list[Rule] = [rule for group in guideline.groups for rule in (*group.rules, group.otherwise)]
        for rule in reversed(ordered):
            root = d.choose(rules[rule.id], d.answer(rule.decision), root)
        return self.gate_chain(root, lambda _, decision: decision), rules

    def advised(self, item: Pathway | Statement, criterion: Criterion, upper_limits: Mapping[str, float]) -> int:
        """A criterion of a pathway. A guideline's rule waits for other causes of ALT, common advice does not."""
        return self.criterion(criterion, upper_limits, guard=isinstance(item, Statement) and item.guideline is not None)

    def phase_chain(self, phases: Iterable[PhaseRule], upper_limits: Mapping[str, float]) -> int:
        root = self.diagrams.answer("indeterminate")
        for phase in reversed(list(phases)):
            root = self.diagrams.choose(
                self.criterion(phase.when, upper_limits), self.diagrams.answer(phase.phase), root
            )
        return root

    def first(self, items: Iterable[Band | FollowUp], upper_limits: Mapping[str, float]) -> int:
        """The root that answers the id of the first that holds, empty where none does."""
        d = self.diagrams
        root = d.answer("")
        for item in reversed(list(items)):
            root = d.choose(self.criterion(item.when, upper_limits, guard=False), d.answer(item.id), root)
        return root

    def deciding_scores(self, decisions: Iterable[int]) -> tuple[Score, ...]:
        axes = {axis for root in decisions for axis in self.diagrams.support(root)}
        return tuple(score for score in self.knowledge.scores if self.space.index[score.id] in axes)

    def open_limits(
        self, phases: int, decisions: Mapping[str, int], own_phases: Mapping[str, int]
    ) -> Iterator[OpenLimit]:
        """Every comparison of a rule or phase whose operator the sources leave open."""
        for item, document, test, limits in contents.open_limits(self.knowledge):
            of_document = decisions if isinstance(item, Rule) else own_phases
            roots = self.criterion(item.when, limits), of_document[document.id] if document else phases
            axis = self.space.axis(test.subject)
            for sex, value in limit_values(test, limits).items():
                at = axis.comparison_mask(">=", value) & axis.comparison_mask("<=", value)
                beyond = at << 1 if test.op in {">", "<="} else at >> 1
                yield OpenLimit(item.id, sex, self.space.index[test.subject], at, beyond, roots)

    def compile(self) -> Compiled:
        what = self.knowledge
        decisions: dict[str, int] = {}
        rules: dict[str, int] = {}
        for guideline in what.guidelines:
            decisions[guideline.id], own = self.guideline(guideline)
            rules |= own
        own_phases = {
            guideline.id: self.phase_chain(guideline.phases, guideline.upper_limits)
            for guideline in what.guidelines
            if guideline.phases
        }
        own_phases = {key: self.gate_chain(root, lambda phase, _: phase) for key, root in own_phases.items()}
        phases = self.gate_chain(self.phase_chain(what.phases, what.phase_limits), lambda phase, _: phase)
        return Compiled(
            knowledge=what,
            space=self.space,
            diagrams=self.diagrams,
            decisions=decisions,
            consensus=reduce(
                lambda first, second: self.diagrams.combine(first, second, joint_answer),
                (decisions[guideline] for guideline in what.counted),
                self.diagrams.answer(NOT_APPLICABLE),
            ),
            rules=rules,
            tests={_test_key(test, limits): self.criterion(test, limits) for test, limits in contents.all_tests(what)},
            open_limits=tuple(self.open_limits(phases, decisions, own_phases)),
            phases=phases,
            phase_rules={
                **{rule.id: self.criterion(rule.when, what.phase_limits) for rule in (*what.phases, *what.grey_zones)},
                **{gate.id: self.criterion(gate.when, what.phase_limits) for gate in what.gates},
            },
            own_phases=own_phases,
            panel={item.id: self.criterion(item.when, what.phase_limits) for item in contents.panel(what)},
            pathways={item.id: self.advised(item, item.when, limits) for item, limits in contents.pathways(what)},
            events={rule.id: self.criterion(rule.also, what.phase_limits) for rule in what.course.events if rule.also},
            readings={key: self.first(bands, limits) for key, bands, limits in contents.bands(what)},
            deciding_scores=self.deciding_scores(decisions.values()),
            surveillance={
                guideline.id: self.first(guideline.surveillance, guideline.upper_limits)
                for guideline in what.guidelines
            },
            notices={
                notice.id: self.criterion(notice.when, limits, guard=False) for notice, limits in contents.notices(what)
            },
            exceptions={
                **{
                    item.id: self.advised(item, item.unless, limits)
                    for item, limits in contents.pathways(what)
                    if item.unless
                },
                **{
                    item.id: self.criterion(item.unless, what.phase_limits, guard=False)
                    for item in contents.plain_notices(what)
                    if item.unless
                },
            },
        )


def joint_answer(first: Answer, second: Answer) -> Answer:
    """What two guidelines say together: the answer they share (``not_applicable`` left out), else ``differ``."""
    if second in {first, NOT_APPLICABLE}:
        return first
    return second if first == NOT_APPLICABLE else DIFFER


def _fold(join: Callable[[int, int], int], start: int, nodes: Iterator[int]) -> int:
    for node in nodes:
        start = join(start, node)
    return start


def _test_key(test: Test, upper_limits: Mapping[str, float]) -> tuple[int, int]:
    """A comparison with the upper limits that it means, none where it names none.

    By identity, as both live as long as the knowledge: to hash their values takes longer than to walk the diagram.
    """
    return id(test), id(upper_limits) if test.times_upper_limit else 0


def compile_knowledge(what: Knowledge) -> Compiled:
    """Compile any knowledge."""
    return _Compiler(what).compile()


@cache
def compiled() -> Compiled:
    """The knowledge that ships with the package, compiled once."""
    return compile_knowledge(knowledge())
