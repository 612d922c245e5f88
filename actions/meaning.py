"""What a result that was just told means by itself, and why the next question is asked: said before a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from actions.order import DATES
from actions.saying import Say
from hepb.printed_result import SEROLOGY
from hepb.questions import Question, spoken
from hepb.record import MARKERS, Record
from hepb.timeline import newest

SECTION = "question"
LEADING = "HBsAg"
"""The result that says most: beside it no other is explained."""


def meaning(
    record: Record, taken: Collection[str], said: Sequence[Say], question: Question, *, first: bool = False
) -> Iterator[Say]:
    """The plain meaning of the sign that leads among those ``taken``, unless ``said`` tells it; why the question comes.

    Nothing for a test whose newest results have two signs, and nothing before a question for dates. ``first``: no
    question was asked before, so that the first one is explained behind any result.
    """
    if question.items[0].startswith(DATES):
        return
    told = [name for name in MARKERS if name in taken]
    signed = [name for name in told if name in SEROLOGY]
    marker = LEADING if LEADING in signed else next(iter(signed), "")
    means = f"utter_means_{marker}_{sign}" if (sign := _only_sign(record, marker)) else ""
    if means and f"utter_answer_what_is_{marker.lower()}" not in {say.response for say in said}:
        yield Say(means, SECTION)
    if means or (first and told):
        yield Say(f"utter_why_ask_{spoken(question.id)}", SECTION)


def _only_sign(record: Record, marker: str) -> str:
    results = newest((item for item in record.observations if item.marker == marker), record.as_of)
    signs = results[-1].reading.signs if results else None
    return next(iter(signs)) if signs and len(signs) == 1 else ""
