"""The assessment: from a record to the result, by the knowledge that is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import reduce

from hepb.compiler import NOT_APPLICABLE, OTHER_CAUSES, Compiled, compiled, joint_answer
from hepb.course.order import whole_course
from hepb.course.outcome import Course
from hepb.decide import Answers, answers, decide, item_names
from hepb.differences import differences
from hepb.facts import Facts, build_facts
from hepb.fibrosis import scores, stiffness
from hepb.pathways import situations
from hepb.phase import NAMED, classify
from hepb.record import CONDITIONS, DETAILS, Record
from hepb.relevance import relevant_axes
from hepb.result import DECISIONS, Consensus, Decision, Phase, Result, Schedule
from hepb.serology import read_serology
from hepb.surveillance import adding, schedule, surveillance

PRESENT_WHEN_SILENT = "infection_over_6_months"
"""The one condition that counts as present, not absent, when nobody mentions it."""


def assess(record: Record, knowledge: Compiled | None = None, *, signs: Collection[str] = ()) -> Result:
    """What the phase model and every guideline say of ``record``. Pure: same record, same result.

    ``signs``: ids of the urgent signs that the person told of; some alarms need one beside a result.
    """
    what = knowledge or compiled()
    facts = build_facts(record, what.space, what.knowledge.scores)
    phase = classify(what, facts)
    decisions = {guideline.id: decide(what, facts, guideline) for guideline in what.knowledge.guidelines}
    deciding = _deciding(what, facts, decisions)
    course = whole_course(what, facts, phase)
    untreated = [key for key, decision in decisions.items() if decision.so_far in {"monitor", "consider", "unknown"}]
    monitored = phase.phase in NAMED or phase.phase in {"indeterminate", "not_applicable", "unknown"}
    return Result(
        phase=phase,
        decisions=decisions,
        consensus=consensus_of(decisions, what),
        missing=tuple(dict.fromkeys((*phase.missing, *deciding))),
        deciding=deciding,
        warnings=_warnings(what, facts, phase, decisions, course),
        alarms=_holding(
            what,
            facts,
            (notice.id for notice in what.knowledge.alarms if notice.with_sign is None or notice.with_sign in signs),
        ),
        next_steps=_holding(what, facts, (notice.id for notice in what.knowledge.next_steps)),
        monitoring=_monitoring(what, facts, untreated) if monitored else (),
        surveillance=surveillance(what, facts),
        scores=scores(what, facts),
        stiffness=stiffness(what, facts),
        situations=situations(what, facts),
        differences=differences(what, decisions),
        leading=what.knowledge.leading,
        course=course,
        serology=read_serology(what, facts),
        knowledge={
            "version": what.knowledge.version,
            "sha256": what.knowledge.sha256,
            "as_of": what.knowledge.as_of,
        },
    )


def decisions_only(record: Record, knowledge: Compiled | None = None) -> dict[str, Answers]:
    """Only what each guideline answers, strictly and so far: for cohorts."""
    what = knowledge or compiled()
    facts = build_facts(record, what.space, what.deciding_scores)
    return {guideline.id: answers(what, facts, guideline) for guideline in what.knowledge.guidelines}


def consensus_of(decisions: Mapping[str, Answers | Decision], knowledge: Compiled | None = None) -> Consensus:
    """The consensus over the counted guidelines."""
    what = knowledge or compiled()
    strict = tuple(decisions[key].decision for key in what.knowledge.counted)
    so_far = tuple(decisions[key].so_far for key in what.knowledge.counted)
    return Consensus(_shared(strict), _shared(so_far), _counts(strict), _counts(so_far))


def _shared(answers: tuple[str, ...]) -> str:
    return "unknown" if "unknown" in answers else str(reduce(joint_answer, answers, NOT_APPLICABLE))


def _counts(answers: tuple[str, ...]) -> dict[str, int]:
    return {decision: answers.count(decision) for decision in DECISIONS}


def _deciding(what: Compiled, facts: Facts, decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """What can change the consensus: first what most guidelines wait for."""
    relevant = item_names(what, facts, relevant_axes(what.diagrams, what.consensus, facts.strict))
    waiting = Counter(name for key in what.knowledge.counted for name in decisions[key].missing)
    return tuple(sorted(relevant, key=lambda name: -waiting[name]))


def _warnings(
    what: Compiled, facts: Facts, phase: Phase, decisions: Mapping[str, Decision], course: Course
) -> tuple[str, ...]:
    found = [*_holding(what, facts, (notice.id for notice in what.knowledge.warnings)), *facts.notes]
    to_explain = any(item.interpretation != "normal" for item in facts.current.get("ALT", ()))
    suspected = to_explain and any(getattr(facts.record.conditions, cause) for cause in OTHER_CAUSES)
    waiting = (phase.missing, *(decision.missing for decision in decisions.values()))
    if suspected and any("alt_cause_excluded" in missing for missing in waiting):
        found.append("alt_other_cause")
    if phase.phase in NAMED or phase.phase == "indeterminate":
        given = facts.record.conditions
        open_conditions = [name for name in CONDITIONS if name not in {"alt_cause_excluded", *DETAILS}]
        silent = [name for name in open_conditions if getattr(given, name) is None and _matters(what, facts, name)]
        found += [f"assumed_absent:{name}" for name in silent if name != PRESENT_WHEN_SILENT]
        found += ["assumed_present:infection_over_6_months"] if PRESENT_WHEN_SILENT in silent else []
        found += ["assumed_adult"] if facts.record.age is None else []
    found += [f"at_threshold:{rule}" for rule in _on_open_limits(what, facts)]
    if course.has(what.knowledge.course.reactivation.name):
        found.append("reactivation")
    return tuple(dict.fromkeys(found))


def _matters(what: Compiled, facts: Facts, condition: str) -> bool:
    """Whether silence left the condition open (a man is not pregnant, a known viral load was tested)."""
    subjects = ("HIV", "HCV", "HDV") if condition == "coinfection" else (condition,)
    return any(facts.strict[what.space.index[s]] == what.space.axis(s).everything for s in subjects)


def _holding(what: Compiled, facts: Facts, ids: Iterable[str]) -> tuple[str, ...]:
    """The notices that hold, without their prefix; where sex is open the lower limit counts."""
    cube = facts.as_shown
    if facts.record.sex is None:
        index = what.space.index["sex"]
        lower = min(what.knowledge.phase_limits, key=lambda sex: what.knowledge.phase_limits[sex])
        cube = (*cube[:index], what.space.axis("sex").choice_mask([lower]), *cube[index + 1 :])
    return tuple(
        notice.split(".", 1)[1]
        for notice in ids
        if what.diagrams.holds(what.notices[notice], cube) and not _excepted(what, facts, notice)
    )


def _excepted(what: Compiled, facts: Facts, notice: str) -> bool:
    """Whether something that ends the notice is known to be so."""
    return notice in what.exceptions and what.diagrams.holds(what.exceptions[notice], facts.strict)


def _monitoring(what: Compiled, facts: Facts, wanted: Collection[str]) -> tuple[Schedule, ...]:
    """Per guideline in ``wanted`` the first schedule that holds, and further ones for tests that it does not name."""
    guidelines = (guideline for guideline in what.knowledge.guidelines if guideline.id in wanted)
    return tuple(
        schedule(guideline, item)
        for guideline in guidelines
        for item in adding(what, guideline.monitoring, facts.so_far)
    )


def _on_open_limits(what: Compiled, facts: Facts) -> Iterable[str]:
    """Rules and phases with a value exactly on a limit whose operator the sources leave open, where that matters."""
    for limit in what.open_limits:
        if facts.strict[limit.axis] == limit.at and limit.sex in {None, facts.record.sex}:
            cubes = [
                (*facts.as_shown[: limit.axis], cell, *facts.as_shown[limit.axis + 1 :])
                for cell in (limit.at, limit.beyond)
            ]
            at, beyond = ([what.diagrams.outcomes(root, cube) for root in limit.roots] for cube in cubes)
            if all(one != other for one, other in zip(at, beyond, strict=True)):
                yield limit.rule
