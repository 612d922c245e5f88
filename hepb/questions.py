"""Which question to ask next: only what can still change the answer, the most decisive first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hepb.result import Result
from hepb.yaml_files import check_knowledge, read_knowledge


@dataclass(frozen=True, slots=True)
class Question:
    """``kind`` is ``choice``, ``number`` or ``checklist``; ``items`` are those of ``Result.deciding`` it asks for.

    An item ``dates:MARKER`` may also be one of ``Result.course.missing``.
    """

    id: str
    kind: str
    items: tuple[str, ...]
    only_if_missing: tuple[str, ...] = ()
    only_with_warning: str | None = None
    not_if_missing: str | None = None

    @property
    def spoken(self) -> str:
        """The id without the marker that it may be about: the end of the names of its responses."""
        return spoken(self.id)


def spoken(question_id: str) -> str:
    """``dates:ALT`` as ``dates``, any other id as it is."""
    return question_id.partition(":")[0]


@cache
def _content() -> dict[str, Any]:
    data = read_knowledge("questions.yaml")
    check_knowledge(data, "questions.yaml", "questions", read_knowledge("sources.yaml"))
    return data


@cache
def catalogue() -> tuple[Question, ...]:
    """Every question in order, each with all its items; what is asked for ``each`` item is a question for each."""
    return tuple(question for item in _content()["questions"] for question in _questions(item))


def _questions(item: Mapping[str, Any]) -> Iterator[Question]:
    rest = (
        item["kind"],
        tuple(item.get("only_if_missing", ())),
        item.get("only_with_warning"),
        item.get("not_if_missing"),
    )
    parts = [(one, (one,)) for one in item["items"]] if item.get("each") else [(item["id"], tuple(item["items"]))]
    for name, items in parts:
        yield Question(name, rest[0], items, *rest[1:])


@cache
def at_most() -> int:
    """How many questions are asked before the answer is given with what is known."""
    return _content()["at_most"]["value"]


def next_question(result: Result, asked: Collection[str]) -> Question | None:
    """The next question, or None when nothing that was not yet asked (``asked``: their ids) can change the answer.

    Beside what can change the consensus, dates are asked for where the order changes phase, alarm or course.
    """
    return None if len(asked) >= at_most() else next(open_questions(result, asked), None)


def open_questions(result: Result, asked: Collection[str]) -> Iterator[Question]:
    """Every question that was not yet asked and can change the answer, each with the items of it that can, in order."""
    wanted = {*result.deciding, *result.course.missing}
    for question in catalogue():
        items = tuple(item for item in question.items if item in wanted)
        waits = question.only_if_missing and not set(question.only_if_missing) & set(result.deciding)
        out_of_place = question.only_with_warning and question.only_with_warning not in result.warnings
        rests_on_unknown = question.not_if_missing in result.deciding
        if items and question.id not in asked and not (waits or out_of_place or rests_on_unknown):
            yield replace(question, items=items)
