"""Why guidelines differ for one person, read off the rules that fired: what counts for one and not for another.

One :class:`Difference` per subject. A guideline that would treat (or consider) *counts* a subject when its rule that
fired names it. One that says less *asks* for more of it when a change of it alone would change that guideline's answer,
and *ignores* it when neither it nor the older document that stands where it is silent speaks of the subject at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from hepb.compiler import Compiled
from hepb.criteria import tests_in
from hepb.result import Decision, Difference, Reason
from hepb.space import Months, Space

_STRENGTH = {"monitor": 0, "consider": 1, "treat": 2}
_UPWARD = frozenset({">", ">="})
_ABSENT = (False, "none")
_SUBJECT_OF = {"HBsAg_level": "HBsAg", "immunosuppression_type": "immunosuppression"}
"""Subjects that are spoken of as another: what damps immunity, and that it is damped, are one."""


def differences(what: Compiled, decisions: Mapping[str, Decision]) -> tuple[Difference, ...]:
    """The subjects on which the counted guidelines part, those that part most of them first; none where they agree."""
    answers = {key: _answer(decisions[key]) for key in what.knowledge.counted}
    given = {key: _STRENGTH[answer] for key, answer in answers.items() if answer in _STRENGTH}
    if len(set(given.values())) < 2:  # noqa: PLR2004 (one answer is no difference)
        return ()
    found = tuple(_differences(what, decisions, given))
    telling = tuple(item for item in found if item.asks or item.ignores)
    return tuple(sorted(telling or found, key=lambda item: -(len(item.asks) + len(item.ignores))))


def _answer(decision: Decision) -> str:
    return decision.so_far if decision.decision == "unknown" else decision.decision


def _differences(what: Compiled, decisions: Mapping[str, Decision], given: Mapping[str, int]) -> Iterator[Difference]:
    most = max(given.values())
    strong = [key for key, strength in given.items() if strength == most]
    weak = [key for key, strength in given.items() if strength < most]
    counts: dict[tuple[str, str], dict[str, Reason]] = {}
    for key in strong:
        for reason in decisions[key].because:
            counts.setdefault(_subject(reason), {}).setdefault(key, reason)
    for subject, counting in counts.items():
        asks = {key: reason for key in weak if (reason := _asked(decisions[key], subject))}
        ignores = tuple(key for key in weak if key not in asks and not _speaks_of(what, key, subject))
        yield Difference(*subject, counting, asks, ignores)


def _subject(reason: Reason) -> tuple[str, str]:
    """Kind and name; of co-infections each virus is a subject of its own."""
    return reason.kind, str(reason.value) if reason.name == "coinfection" else subject_name(reason.name)


def subject_name(name: str) -> str:
    """The name under which guidelines part on a subject of criteria or of reasons."""
    return _SUBJECT_OF.get(name, name)


def _asked(decision: Decision, subject: tuple[str, str]) -> Reason | None:
    wanted = (item for item in decision.would_change_if if _subject(item) == subject and _is_more(item))
    return next(wanted, None)


def _is_more(change: Reason) -> bool:
    """Whether the change is more of its subject: a greater value or a worse condition, not another sign or none."""
    return change.op in _UPWARD or (change.op == "is" and change.kind == "condition" and change.value not in _ABSENT)


def _speaks_of(what: Compiled, guideline: str, subject: tuple[str, str]) -> bool:
    """Whether the guideline, or the older one that stands where it is silent, has anything to say on the subject."""
    ids = {guideline, what.knowledge.guideline(guideline).falls_back_on}
    if any(name and subject in _looked_at(what, name) for name in ids):
        return True
    statements = (item for pathway in what.knowledge.pathways for item in pathway.statements)
    said = (item for item in statements if item.guideline and item.guideline in ids)
    return any(subject[1] in {subject_name(test.subject) for test in tests_in(item.when)} for item in said)


def _looked_at(what: Compiled, guideline: str) -> frozenset[tuple[str, str]]:
    """Every subject on which the guideline's answer can depend."""
    return _subjects(what.space, what.diagrams.support(what.decisions[guideline]))


@lru_cache
def _subjects(space: Space, axes: tuple[int, ...]) -> frozenset[tuple[str, str]]:
    subjects = (space.axes[axis].subject for axis in axes)
    names = {subject_name(str(s)) for s in subjects if not isinstance(s, Months)}
    return frozenset((kind, name) for name in names for kind in ("marker", "condition"))
