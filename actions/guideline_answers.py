"""What each guideline answers, one line each, and where it was published: those that count, then dated ones.

A superseded guideline has no line; :mod:`actions.older_view` names it where it explains something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions.saying import Say
from hepb.guideline import Guideline
from hepb.result import Decision, Result
from hepb.whole_knowledge import Knowledge

SECTION = "differ"


def answers(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """One line per counted guideline; the dated ones under a heading of their own."""
    yield from (_line(knowledge.guideline(name), result) for name in knowledge.counted)
    if older := dated(knowledge):
        yield Say("utter_older_guidelines", SECTION)
        yield from (_line(guideline, result) for guideline in older)


def dated(knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Guidelines of an earlier day that are shown and not counted."""
    return tuple(knowledge.guideline(name) for name in knowledge.shown if name not in knowledge.counted)


def superseded(knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Guidelines that have a newer version and are not shown."""
    return tuple(guideline for guideline in knowledge.guidelines if guideline.id not in knowledge.shown)


def _line(guideline: Guideline, result: Result) -> Say:
    decision = result.decisions[guideline.id]
    if needs_virus(result, guideline.id):
        name = f"utter_line_cirrhosis_without_virus{'_unverified' if decision.confidence == 'unverified' else ''}"
    else:
        name = line_name(decision)
    return Say(name, SECTION, {"guideline": guideline.title})


def needs_virus(result: Result, guideline_id: str) -> bool:
    """Whether the guideline waits in cirrhosis only because no virus was found: its rule asks for virus."""
    decision = result.decisions[guideline_id]
    undetected = any(reason.name == "HBV_DNA" and reason.value == 0 for reason in decision.because)
    return "cirrhosis" in result.warnings and decision.so_far == "monitor" and undetected


def line_name(decision: Decision) -> str:
    """The response that says one guideline's answer, marked when it rests on an unverified rule."""
    name = f"utter_line_{decision.decision}"
    if decision.decision == "unknown" and decision.so_far != "unknown":
        name = f"utter_line_so_far_{decision.so_far}"
    return f"{name}_unverified" if decision.confidence == "unverified" else name


def sources(knowledge: Knowledge, named: Iterable[Guideline] = ()) -> Iterator[Say]:
    """Where the guidelines that have a line, and those that were ``named`` besides, were published."""
    lines = (knowledge.guideline(name) for name in knowledge.shown)
    for guideline in {guideline.id: guideline for guideline in (*lines, *named)}.values():
        values = {"guideline": guideline.title, "citation": guideline.citation}
        if guideline.doi:
            yield Say("utter_source_with_doi", "sources", {**values, "doi": guideline.doi})
        else:
            yield Say("utter_source", "sources", values)
