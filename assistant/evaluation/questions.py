"""Understanding of questions: intents on held-out questions, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from assistant.bench.figures import MILLISECONDS, times_of
from assistant.evaluation.scores import confusions, macro_f1, share
from assistant.evaluation.sets import Open, Row
from assistant.nlu.routing import FALLBACK, RESULTS
from assistant.nlu.topics import REFUSALS, contract_topic, intent_topics

FAR = frozenset({"out_of_scope", "insult", "change_the_rules"})
"""The intents of messages that have nothing to do with health; the other refusing intents are near ones."""
MOST_CONFUSIONS = 12


@dataclass(frozen=True)
class Understood:
    """The intent of a message, the intents of all questions found in it, and of those offered as buttons."""

    intent: str
    topics: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


Understand = Callable[[str], Understood]


@dataclass(frozen=True)
class Judged:
    """A text with the intent that is right, what was understood, and what that took in time and processor time."""

    right: str
    text: str
    given: Understood
    seconds: float
    cpu_seconds: float

    @property
    def intent(self) -> str:
        """The intent given; of a message that gives a result and asks something, the question counts too."""
        asked_too = self.given.intent == RESULTS and self.right in self.given.topics
        return self.right if asked_too else self.given.intent

    @property
    def is_offered(self) -> bool:
        """Whether the right question is the one answered or on a button beside or in place of the answer."""
        return self.right in {self.intent, *self.given.offers}

    @property
    def is_on_topic(self) -> bool:
        """Whether what is answered belongs to the right topic of the contract."""
        answered = self.given.topics if self.given.intent == RESULTS else (self.given.intent,)
        topics = {contract_topic(intent) for intent in answered} - {None}
        return self.right == self.intent or contract_topic(self.right) in topics


def judge(understand: Understand, rows: Iterable[Row]) -> tuple[Judged, ...]:
    """Understand every row."""
    return tuple(_judge(understand, right, text) for right, text in rows)


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return accuracy, refusals, confusions and times as JSON."""
    inside = [row for row in judged if not is_refusal(row.right)]
    outside = [row for row in judged if is_refusal(row.right)]
    pairs = [(row.right, row.intent) for row in judged]
    times = times_of([row.seconds for row in judged])
    return {
        "count": len(judged),
        "intents": len({row.right for row in judged}),
        "in_scope": len(inside),
        "accuracy": share(row.right == row.given.intent for row in inside),
        "accuracy_with_topics": share(row.right == row.intent for row in inside),
        "right_or_offered": share(row.is_offered for row in inside),
        "right_topic": share(row.is_on_topic for row in inside),
        "offering": share(bool(row.given.offers) for row in inside),
        "macro_f1": macro_f1([(row.right, row.given.intent) for row in judged]),
        "macro_f1_with_topics": macro_f1(pairs),
        "refused": share(is_refusal(row.intent) for row in outside),
        "refused_near": share(is_refusal(row.intent) for row in outside if row.right not in {*FAR, FALLBACK}),
        "refused_far": share(is_refusal(row.intent) for row in outside if row.right in FAR),
        "refused_unclear": share(is_refusal(row.intent) for row in outside if row.right == FALLBACK),
        "wrongly_refused": share(is_refusal(row.intent) for row in inside),
        "refused_without_offer": share(is_refusal(row.intent) and not row.is_offered for row in inside),
        "confusions": [
            {"right": right, "taken_for": given, "count": count}
            for right, given, count in confusions(pairs, MOST_CONFUSIONS)
        ],
        "median_ms": times.median_ms,
        "p95_ms": times.p95_ms,
        "cpu_ms": fmean(row.cpu_seconds for row in judged) * MILLISECONDS,
    }


def refused(understand: Understand, texts: Sequence[str]) -> dict[str, Any]:
    """Return how many of the texts, all of them out of scope, are refused."""
    return {"count": len(texts), "refused": share(_is_refused(understand(text)) for text in texts)}


def answered(understand: Understand, rows: Sequence[Open]) -> dict[str, Any]:
    """Return how many of the texts get an answer on their subject first."""
    return {"count": len(rows), "on_subject": share(_first(understand(text)) in right for right, text in rows)}


def wrong_in_scope(judged: Sequence[Judged]) -> list[tuple[str, str, str]]:
    """Return right intent, given intent and text of the questions in scope that were misunderstood."""
    return [
        (row.right, row.intent, row.text) for row in judged if not is_refusal(row.right) and row.right != row.intent
    ]


def is_refusal(intent: str) -> bool:
    """Whether an intent is answered with "I did not understand" or "I cannot help with that"."""
    topic = intent_topics().get(intent)
    return intent == FALLBACK or (topic is not None and topic.file == REFUSALS)


def _first(given: Understood) -> str:
    """The intent that is answered first; of results without a question these."""
    return given.topics[0] if given.topics else given.intent


def _is_refused(given: Understood) -> bool:
    """Whether a message is refused; one that names a medicine, which is a finding, also by its questions."""
    return is_refusal(given.intent) or (given.intent == RESULTS and any(map(is_refusal, given.topics)))


def _judge(understand: Understand, right: str, text: str) -> Judged:
    begin, cpu = time.perf_counter(), time.process_time()
    given = understand(text)
    return Judged(right, text, given, time.perf_counter() - begin, time.process_time() - cpu)
