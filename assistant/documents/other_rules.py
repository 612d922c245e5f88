"""The part of ``docs/guidelines.md`` behind the guidelines: what they share, serology, scores, course, situations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from assistant.documents.plain import as_written, in_words
from assistant.documents.tables import source_of, span, table
from hepb.course.rules import EventRule
from hepb.criteria import Criterion
from hepb.guideline import Notice, Pathway, Provenance, Score, Statement
from hepb.whole_knowledge import Knowledge

READING = ("Id", "When", "Criteria", "Reading", "Source", "Confidence")
_NOTICE = ("Id", "When", "Source", "Confidence")
_EVENT = ("Id", "Test", "What happens", "Source", "Confidence")
_STATEMENT = ("Statement", "Guideline", "When", "What the patient reads", "Numbers", "Source", "Confidence")
_SCORE_LIMIT = ("Limit", "When", "Source", "Confidence")


class Conditional(Protocol):
    """Anything with an id that holds under a criterion."""

    @property
    def id(self) -> str:
        """Its id in the knowledge."""

    @property
    def when(self) -> Criterion:
        """When it holds."""

    @property
    def provenance(self) -> Provenance:
        """Where it comes from."""


def everything_else(what: Knowledge, responses: Mapping[str, str]) -> Iterator[str]:
    """The lines of all sections that belong to no single guideline."""
    for title, notices in (
        ("Warnings", what.warnings),
        ("Next steps", what.next_steps),
        ("Results that need care on the same day", what.alarms),
    ):
        yield from (f"## {title}", "", *table(_NOTICE, (_notice(notice, what) for notice in notices)))
    panel = what.panel
    yield from ("## The serology panel", "", "The first reading that holds is given.", "")
    yield from table(READING, (reading(item, what.phase_limits) for item in (*panel.readings, panel.otherwise)))
    yield from ("### Results that stand together in a way that needs a word", "")
    yield from table(READING, (reading(item, what.phase_limits) for item in panel.together))
    for score in what.scores:
        yield from _score(score, what)
    yield from ("## What several results show over time", "")
    yield from table(_EVENT, (_event(rule) for rule in what.course.events))
    for pathway in what.pathways:
        yield from _situation(pathway, what, responses)


def reading(item: Conditional, upper_limits: Mapping[str, float]) -> tuple[str, ...]:
    """The row of anything that reads results: its criterion in words and as written, and what it then says."""
    says = str(getattr(item, "reading", getattr(item, "weight", ""))).replace("_", " ")
    words, line = in_words(item.when, upper_limits), as_written(item.when)
    source = source_of(item.provenance)
    return f"`{item.id}`", words, "–" if line == "–" else f"`{line}`", says, source, item.provenance.confidence


def _notice(notice: Notice, what: Knowledge) -> tuple[str, ...]:
    sign = f"; and the person tells of {notice.with_sign}" if notice.with_sign else ""
    except_for = _except(notice.unless, what.phase_limits)
    words = in_words(notice.when, what.phase_limits) + except_for + sign
    return f"`{notice.id}`", words, source_of(notice.provenance), notice.provenance.confidence


def _except(unless: Criterion | None, upper_limits: Mapping[str, float]) -> str:
    return f"; unless {in_words(unless, upper_limits)}" if unless else ""


def _score(score: Score, what: Knowledge) -> Iterator[str]:
    constants = "".join(f"; {name}: {value:g}" for name, value in score.constants.items())
    yield from (f"## {score.title}", "")
    yield f"{score.formula}{constants} ({source_of(score.provenance)}; {score.provenance.confidence})."
    yield ""
    yield from table(READING, (reading(band, what.phase_limits) for band in score.bands))
    yield from table(_SCORE_LIMIT, (_notice(limit, what) for limit in score.limits))


def _event(rule: EventRule) -> tuple[str, ...]:
    source = source_of(rule.provenance)
    return f"`{rule.id}`", rule.marker, event_in_words(rule), source, rule.provenance.confidence


def event_in_words(rule: EventRule) -> str:
    """What an event over time consists of."""
    parts = ("earlier", "before", "after", "during", "peak", "also")
    said = [f"{part}: {as_written(test)}" for part in parts if (test := getattr(rule, part)) is not None]
    said += [f"at least {rule.rise:g} times the lowest value before"] if rule.rise else []
    return "; ".join(said)


def _situation(pathway: Pathway, what: Knowledge, responses: Mapping[str, str]) -> Iterator[str]:
    limits = {guideline.id: guideline.upper_limits for guideline in what.guidelines}
    titles = {guideline.id: guideline.title for guideline in what.guidelines}
    whom = in_words(pathway.when, what.phase_limits) + _except(pathway.unless, what.phase_limits)
    yield from (f"## Situation: {pathway.id.replace('_', ' ')}", "", f"For whom: {whom}.", "")
    yield from table(
        _STATEMENT,
        (
            _statement(
                statement,
                titles.get(statement.guideline or "", "all"),
                limits.get(statement.guideline or "", what.phase_limits),
                responses.get(f"utter_situation_{pathway.id}_{statement.says}", ""),
            )
            for statement in pathway.statements
        ),
    )


def _statement(item: Statement, title: str, upper_limits: Mapping[str, float], words: str) -> tuple[str, ...]:
    numbers = "; ".join(f"{number.name}: {span(number.low, number.high, number.unit)}" for number in item.numbers)
    unknown = f"; while nothing is known of {', '.join(item.while_unknown)}" if item.while_unknown else ""
    when = in_words(item.when, upper_limits) + _except(item.unless, upper_limits) + unknown
    return f"`{item.id}`", title, when, words, numbers, source_of(item.provenance), item.provenance.confidence
