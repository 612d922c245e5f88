"""What each guideline answers, one line each, and where it was published: those that count, then older ones.

A superseded guideline has no line. It is named only where it explains why the source text sees the phase otherwise
than a guideline that counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from actions.saying import Say
from hepb.guideline import Guideline, Knowledge
from hepb.result import Decision, Result

SECTION = "differ"
_NO_DECISION = frozenset({"unknown", "not_applicable", "differ"})


def answers(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """One line per counted guideline; the dated ones under a heading of their own; why the source text may differ."""
    yield from (_line(knowledge.guideline(name), result) for name in knowledge.counted)
    if older := dated(knowledge):
        yield Say("utter_older_guidelines", SECTION)
        yield from (_line(guideline, result) for guideline in older)
    if behind := _behind_source_text(result, knowledge):
        titles = tuple(guideline.title for guideline in behind)
        yield Say(f"utter_source_text_{_source_text(result, knowledge)}", SECTION, {"guidelines": titles})


def dated(knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Guidelines of an earlier day that are shown and not counted."""
    return tuple(knowledge.guideline(name) for name in knowledge.shown if name not in knowledge.counted)


def superseded(knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Guidelines that have a newer version and are not shown."""
    return tuple(guideline for guideline in knowledge.guidelines if guideline.id not in knowledge.shown)


def _line(guideline: Guideline, result: Result) -> Say:
    return Say(line_name(result.decisions[guideline.id]), SECTION, {"guideline": guideline.title})


def line_name(decision: Decision) -> str:
    """The response that says one guideline's answer, marked when it rests on an unverified rule."""
    name = f"utter_line_{decision.decision}"
    if decision.decision == "unknown" and decision.so_far not in _NO_DECISION:
        name = f"utter_line_so_far_{decision.so_far}"
    return f"{name}_unverified" if decision.confidence == "unverified" else name


def _source_text(result: Result, knowledge: Knowledge) -> str | None:
    """What the source text says about treatment in the person's phase."""
    return next((phase.advice for phase in knowledge.phases if phase.phase == result.phase.phase), None)


def _behind_source_text(result: Result, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Older guidelines that share the view of the source text, where one that counts does not."""
    view = _source_text(result, knowledge)
    counted = {result.decisions[name].so_far for name in knowledge.counted} - _NO_DECISION
    if view is None or counted <= {view}:
        return ()
    older = (*dated(knowledge), *superseded(knowledge))
    return tuple(item for item in older if item.behind_source_text and result.decisions[item.id].so_far == view)


def sources(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Where the guidelines that were named were published."""
    older = dated(knowledge)
    behind = tuple(item for item in _behind_source_text(result, knowledge) if item not in older)
    for guideline in (*(knowledge.guideline(name) for name in knowledge.counted), *older, *behind):
        values = {"guideline": guideline.title, "citation": guideline.citation}
        if guideline.doi:
            yield Say("utter_source_with_doi", "sources", {**values, "doi": guideline.doi})
        else:
            yield Say("utter_source", "sources", values)
