"""How many questions it takes until nothing more can change what the guidelines say together.

Made-up patients tell some things first and answer every question. Compared are: only what can still change the answer
is asked; the catalogue is asked in its order until nothing can change; the whole catalogue is asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean
from typing import Any

from assistant.bench.people import Person, make_people
from hepb.assess import assess
from hepb.compiler import OTHER_CAUSES, compiled
from hepb.facts import build_facts
from hepb.questions import Question, at_most, catalogue, open_questions
from hepb.record import parse_record
from hepb.result import Result

PATIENTS = 2000
SEED = 11
Choose = Callable[[Result, list[Question]], Question]


@dataclass(frozen=True)
class Interview:
    """How one interview went: the ids of the questions asked, and what is known at its end."""

    asked: tuple[str, ...]
    is_decided: bool
    has_phase: bool


def measure_interviews(count: int = PATIENTS) -> dict[str, Any]:
    """Return the mean number of questions of each way of asking, and what the questions settled."""
    begin = time.perf_counter()
    patients = _patients(count)
    asked = [interview(person, told, in_order) for person, told in patients]
    greedy = [interview(person, told, most_waited_for) for person, told in patients[: count // 4]]
    return {
        "patients": count,
        "asked": mean(len(one.asked) for one in asked),
        "asked_in_order": mean(_asked_in_order(person, told) for person, told in patients),
        "whole_catalogue": mean(len(unanswered(person, told)) for person, told in patients),
        "decided": mean(one.is_decided for one in asked),
        "decided_within_limit": mean(one.is_decided and len(one.asked) <= at_most() for one in asked),
        "with_phase": mean(one.has_phase for one in asked),
        "most_waited_for": {
            "patients": len(greedy),
            "asked": mean(len(one.asked) for one in greedy),
            "with_phase": mean(one.has_phase for one in greedy),
        },
        "limit": at_most(),
        "seconds": time.perf_counter() - begin,
    }


def interview(person: Person, told: frozenset[str], choose: Choose) -> Interview:
    """Ask until no question can change the consensus; the person knows every answer."""
    known, asked = set(told), []
    while True:
        result = assess(parse_record(person.record(known)))
        questions = [
            question for question in open_questions(result, asked) if set(question.items) & set(result.deciding)
        ]
        if not questions:
            return Interview(tuple(asked), not result.deciding, result.phase.phase != "unknown")
        question = choose(result, questions)
        asked.append(question.id)
        known |= set(question.items)


def in_order(_: Result, questions: list[Question]) -> Question:
    """The first in the order of the catalogue, as the chat asks."""
    return questions[0]


def most_waited_for(result: Result, questions: list[Question]) -> Question:
    """The question with the item that most counted guidelines wait for: what a greedy interview would ask."""
    missing = [result.decisions[key].missing for key in compiled().knowledge.counted]
    return max(questions, key=lambda question: max(sum(item in one for one in missing) for item in question.items))


def unanswered(person: Person, told: frozenset[str]) -> list[Question]:
    """The questions of the catalogue that have something to ask this person."""
    suspected = any(person.values[cause] for cause in OTHER_CAUSES)
    return [
        question
        for question in catalogue()
        if not told.issuperset(set(question.items) & set(person.values))
        and not (question.id == "alt_cause_excluded" and not suspected)
        and not (question.id == "hbv_dna_unit" and person.names_unit)
    ]


def _asked_in_order(person: Person, told: frozenset[str]) -> int:
    known = set(told)
    for number, question in enumerate(unanswered(person, told)):
        if _is_settled(person, known):
            return number
        known |= set(question.items)
    return len(unanswered(person, told))


def _is_settled(person: Person, known: set[str]) -> bool:
    """Whether every completion of what is not known gives one answer of all counted guidelines together."""
    what = compiled()
    facts = build_facts(parse_record(person.record(known)), what.space, what.knowledge.scores)
    return what.diagrams.only(what.consensus, facts.strict) is not None


def _patients(count: int) -> list[tuple[Person, frozenset[str]]]:
    source = random.Random(SEED)  # noqa: S311 - no secret: the patients must be the same in each run
    return [(person, frozenset(person.told_first(source))) for person in make_people(count, SEED)]
