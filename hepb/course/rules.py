"""``knowledge/course.yaml`` as frozen data, and its strict reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hepb.criteria import Criterion, Test
from hepb.errors import KnowledgeError
from hepb.guideline import Provenance
from hepb.knowledge_file import PROVENANCE, KnowledgeFile
from hepb.record import MARKERS

_NAMED = ("immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative")
_FORMS = (("before", "after"), ("during",), ("rise",))
_TIMES_LOWEST = "x lowest"


@dataclass(frozen=True, slots=True)
class EventRule:
    """One event of one marker; see the head of ``course.yaml`` for what the parts mean.

    Exactly one of ``before`` with ``after``, ``during`` and ``rise`` is given. ``rise``: times the lowest value before.
    """

    id: str
    marker: str
    provenance: Provenance
    before: Test | None = None
    after: Test | None = None
    during: Test | None = None
    peak: Test | None = None
    rise: float | None = None
    earlier: Test | None = None
    also: Criterion | None = None

    @property
    def name(self) -> str:
        """The event without the prefix of its id."""
        return self.id.removeprefix("course.")


@dataclass(frozen=True, slots=True)
class Reactivation:
    """Detectable virus after a dated record of ``phase``."""

    id: str
    phase: str
    provenance: Provenance

    @property
    def name(self) -> str:
        """The event without the prefix of its id."""
        return self.id.removeprefix("course.")


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one phase to another on which results are said to move."""

    id: str
    start: str
    end: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CourseRules:
    """Everything that ``course.yaml`` says. ``settled``: months after which a phase is no longer new."""

    settled: float
    events: tuple[EventRule, ...]
    reactivation: Reactivation
    transitions: Mapping[tuple[str, str], Transition]

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of every rule."""
        return (*(rule.id for rule in (*self.events, *self.transitions.values())), self.reactivation.id)


def read_course(file: KnowledgeFile) -> CourseRules:
    """The rules of one file. Raises :class:`hepb.errors.KnowledgeError` naming file and key."""
    data = file.keys(file.data, "top level", ("id", "settings", "events", "reactivation", "transitions"))
    if "settled" not in file.criteria.settings:
        raise KnowledgeError("K003", file=file.name, key="settings", missing="settled")
    transitions = file.each(data["transitions"], "transitions", lambda item, where: _transition(file, item, where))
    return CourseRules(
        settled=file.criteria.settings["settled"],
        events=file.each(data["events"], "events", lambda item, where: _event(file, item, where)),
        reactivation=_reactivation(file, data["reactivation"]),
        transitions={(item.start, item.end): item for item in transitions},
    )


def _event(file: KnowledgeFile, item: Any, where: str) -> EventRule:
    optional = ("before", "after", "during", "peak", "rise", "earlier", "also")
    file.keys(item, where, ("id", "marker", *PROVENANCE), optional)
    marker = file.one_of(item["marker"], f"{where}.marker", MARKERS)
    given = tuple(key for form in _FORMS for key in form if key in item)
    if given not in _FORMS:
        file.refuse(list(given), where, "before and after, during, or rise")

    def test(key: str) -> Test | None:
        return _test(file, item[key], f"{where}.{key}", marker) if key in item else None

    return EventRule(
        id=item["id"],
        marker=marker,
        provenance=file.provenance(item, where),
        before=test("before"),
        after=test("after"),
        during=test("during"),
        peak=test("peak"),
        rise=_times(file, item["rise"], f"{where}.rise") if "rise" in item else None,
        earlier=test("earlier"),
        also=file.criteria.read(item["also"], f"{where}.also") if "also" in item else None,
    )


def _test(file: KnowledgeFile, line: Any, where: str, marker: str) -> Test:
    """One comparison of the event's own marker, without a time."""
    test = file.criteria.read(line, where)
    if not isinstance(test, Test) or test.subject != marker or test.months is not None:
        file.refuse(line, where, f"one comparison of {marker}")
    return test


def _times(file: KnowledgeFile, item: Any, where: str) -> float:
    if isinstance(item, dict) and "unit" not in item:
        raise KnowledgeError("K004", file=file.name, key=where)
    file.keys(item, where, ("value", "unit"))
    file.one_of(item["unit"], f"{where}.unit", (_TIMES_LOWEST,))
    return file.number(item["value"], f"{where}.value")


def _reactivation(file: KnowledgeFile, item: Any) -> Reactivation:
    file.keys(item, "reactivation", ("id", "phase", *PROVENANCE))
    phase = file.one_of(item["phase"], "reactivation.phase", _NAMED)
    return Reactivation(item["id"], phase, file.provenance(item, "reactivation"))


def _transition(file: KnowledgeFile, item: Any, where: str) -> Transition:
    file.keys(item, where, ("id", "from", "to", *PROVENANCE))
    start, end = (file.one_of(item[key], f"{where}.{key}", _NAMED) for key in ("from", "to"))
    return Transition(item["id"], start, end, file.provenance(item, where))
