"""The last word on what a message is, out of what was read, what was found urgent and what was guessed.

Order: urgent signs, results, questions, the whole message's intent, else "I did not understand".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from assistant.nlu.fitting import elsewhere, fitting, instead
from assistant.nlu.guessing import Guess
from assistant.nlu.margins import REFUSED
from assistant.nlu.offers import OfferLimits, beside_refusal, likely, rivals
from assistant.nlu.sentences import asks_back, is_bare_value, is_question, speaks_of_someone
from assistant.nlu.topics import FOLLOW_UPS, REFUSALS, asks, intent_topics, is_answerable
from hepb.safety.urgent import find_signs, find_urgent

FALLBACK = "nlu_fallback"
RESULTS = "provide_results"
SYMPTOM = "urgent_symptom"
URGENT_INTENTS = ("self_harm", SYMPTOM)
MAX_TOPICS = 3
_BOUNDS = frozenset({">", ">="})
"""What a limit has, and a value of one's own hardly ever."""
_FEW = 3
"""Sentences that may ask one thing together; of more the sentence that asks is heard by itself."""


ASKED_BY_TELLING = frozenset(
    {
        "ask_blood_already_given", "ask_death_in_family", "ask_missed_tablet", "ask_run_out_of_tablets",
        "ask_sharing_tablets", "ask_stop_treatment",
    }
)  # fmt: skip
"""Questions that who tells of it has asked, also beside a result: "I gave blood last week and my HBsAg is positive"."""


@dataclass(frozen=True)
class Thresholds:
    """From where on a guess counts.

    ``confidence`` and ``nearest`` (cosine): below either, a guess is none. ``urgent``: margin from where on a message
    is urgent in which the rules found no sign; ``despite``: the same where they took a sign back ("no", "years ago");
    ``ordinary``: margin under which a symptom that they found is none. ``refused``: margin, less the confidence of
    the likeliest question, from where on a message is taken for one that is not answered. ``statement``: confidence
    for a topic in a sentence that asks nothing and has neighbours. ``offers``: when further questions are offered.
    """

    confidence: float
    nearest: float
    urgent: float
    despite: float
    ordinary: float
    refused: float
    statement: float
    offers: OfferLimits


@dataclass(frozen=True)
class Heard:
    """``guesses`` belong to ``sentences``; ``whole`` is the guess for the text. ``urgent`` is what the rules found.

    ``margins`` (:mod:`assistant.nlu.margins`) belong to the text and then to each sentence.
    """

    text: str
    sentences: Sequence[str]
    whole: Guess
    guesses: Sequence[Guess]
    margins: Sequence[Mapping[str, float]]
    findings: Sequence[Mapping[str, Any]] = ()
    urgent: str | None = None


@dataclass(frozen=True)
class Route:
    """``findings`` are the ones that count: none when the message only asks about a value.

    ``offers``: questions to offer as buttons, best first: those beyond the first three that were asked, else what may
    have been meant.
    """

    intent: str
    confidence: float
    topics: tuple[str, ...] = ()
    urgent: str | None = None
    findings: Sequence[Mapping[str, Any]] = field(default=())
    offers: tuple[str, ...] = ()


def route(heard: Heard, limits: Thresholds) -> Route:
    """Decide what ``heard`` is; emoji alone say nothing that can be answered."""
    if not any(sign.isalnum() or sign == "?" for sign in heard.text):
        return Route(FALLBACK, 1.0)
    whole, *guesses = map(partial(_plain, heard, limits=limits), (heard.whole, *heard.guesses), heard.margins)
    plain = replace(heard, whole=whole, guesses=guesses)
    asked = _as_a_whole(plain, tuple(dict.fromkeys(_topics(plain, limits))), limits)
    topics, more = asked[:MAX_TOPICS], asked[MAX_TOPICS:]
    urgent = _urgent(heard, limits)
    findings = () if _only_asks(heard, topics) else heard.findings
    if urgent:
        return Route(urgent, 1.0, topics, urgent, findings)
    if findings or is_bare_value(heard.text):
        return Route(RESULTS, 1.0, topics, None, findings, more)
    if len(heard.sentences) > 1 and topics:
        best = _best(plain, topics[0])
        return Route(topics[0], best.confidence, topics, offers=more or _rivals(best, topics, limits))
    asked_as = fitting(heard.whole.without(URGENT_INTENTS), heard.text, heard.findings)
    if is_sure(plain.whole, limits):
        offers = _rivals(plain.whole, topics, limits) or beside_refusal(asked_as, plain.whole.intent, limits.offers)
        return Route(plain.whole.intent, plain.whole.confidence, topics, offers=offers)
    return Route(FALLBACK, 1.0, topics, offers=likely(asked_as, limits.offers))


def _plain(heard: Heard, guess: Guess, margins: Mapping[str, float], limits: Thresholds) -> Guess:
    """What a sentence is when it is known not to be urgent: "can hepatitis cause yellow eyes?" asks for symptoms.

    Nothing is meant that the message rules out: where it tells another sign than the likely answer holds for, and
    nothing else is likely, what stands in its place is meant. It is refused when it names another infection, when all
    kinds of refusal together are likelier than any question, or when its margin says so: by more where a question is
    likely.
    """
    plain = guess.without(URGENT_INTENTS)
    named = elsewhere(heard.text)
    if named and asks(plain.intent) and intent_topics()[plain.intent].file != REFUSALS:
        return Guess(((named, plain.confidence),), plain.nearest)
    refusals = [confidence for name, confidence in plain.ranking if _is_refused(name)]
    likeliest = max((confidence for name, confidence in plain.ranking if not _is_refused(name)), default=0.0)
    if refusals and (sum(refusals) > likeliest or margins[REFUSED] - likeliest >= limits.refused):
        return plain.only({name for name, _ in plain.ranking if _is_refused(name)})
    fits = fitting(plain, heard.text, heard.findings)
    other = instead(plain, heard.text, heard.findings)
    if other and fits.confidence < plain.confidence / 2:
        return Guess(((other, plain.confidence), *fits.ranking), fits.nearest)
    return fits


def _is_refused(intent: str) -> bool:
    topic = intent_topics().get(intent)
    return topic is not None and topic.file == REFUSALS


def is_sure(guess: Guess, limits: Thresholds) -> bool:
    """Whether a guess is worth an answer."""
    return guess.confidence >= limits.confidence and guess.nearest >= limits.nearest


def _topics(heard: Heard, limits: Thresholds) -> Iterator[str]:
    asked, stated = [], []
    for sentence, guess in zip(heard.sentences, heard.guesses, strict=True):
        if not asks(guess.intent) or not is_sure(guess, limits):
            continue
        asking = is_question(sentence)
        told = guess.intent in ASKED_BY_TELLING and guess.confidence >= limits.statement
        if not asking and not told and _gives_results(sentence, heard.findings):
            continue  # "HBsAg positive, anti-HBs negative" tells something and asks nothing
        if asking or len(heard.sentences) == 1:
            asked.append(guess.intent)
        elif guess.confidence >= limits.statement:
            stated.append(guess.intent)
    hang = all(intent_topics()[intent].file == FOLLOW_UPS for intent in asked)
    found = [*stated, *asked] if hang else asked  # a story beside a question is not asked about
    answerable = [intent for intent in found if not _is_refused(intent)]
    if all(intent_topics()[intent].file == FOLLOW_UPS for intent in answerable):
        yield from [intent for intent in found if _is_refused(intent)] or found  # "my cholesterol is 260, is it bad?"
    else:
        yield from answerable


def _gives_results(sentence: str, findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a laboratory result was read in the sentence."""
    return any(item.get("kind") == "marker" and item.get("text") and item["text"] in sentence for item in findings)


def _as_a_whole(heard: Heard, topics: tuple[str, ...], limits: Thresholds) -> tuple[str, ...]:
    """The question of the text as a whole where its sentences ask less surely: "five hours a night, is it enough?"."""
    whole = heard.whole
    is_story = bool(topics) and len(heard.sentences) > _FEW
    if len(topics) > 1 or is_story or not (is_answerable(whole.intent) and is_sure(whole, limits)):
        return topics
    asking = any(map(is_question, heard.sentences))
    if not asking and _gives_results(heard.text, heard.findings):
        return topics
    return (whole.intent,) if whole.confidence >= _needed(heard, topics, limits, asking=asking) else topics


def _needed(heard: Heard, topics: tuple[str, ...], limits: Thresholds, *, asking: bool) -> float:
    """How sure the text as a whole must be to count in place of its only question, ``topics``.

    A question that hangs on what was said hangs on the rest of the text: "they gave me a pill for sleep, is it okay?".
    """
    if not topics:
        return 0.0 if asking else limits.statement
    if intent_topics()[topics[0]].file != FOLLOW_UPS:
        return _best(heard, topics[0]).confidence
    return limits.statement if _gives_results(heard.text, heard.findings) else 0.0


def _urgent(heard: Heard, limits: Thresholds) -> str | None:
    """What the rules found, else what the classifier is sure of."""
    if heard.urgent == SYMPTOM and _sounds_ordinary(heard, limits):
        return _urgent_by_margin(heard, limits)
    return heard.urgent or _urgent_by_margin(heard, limits)


def _sounds_ordinary(heard: Heard, limits: Thresholds) -> bool:
    """Whether the classifier is all but certain that what shows a symptom does not: "the nurse passed out leaflets".

    Of a long message it has not heard all sentences: then the rules are believed. A thought of self-harm never sounds
    ordinary.
    """
    whole, *rows = heard.margins
    showing = [row for part, row in zip(heard.sentences, rows, strict=True) if find_urgent(part)]
    return bool(showing) and all(row[SYMPTOM] < limits.ordinary for row in (whole, *showing))


def _urgent_by_margin(heard: Heard, limits: Thresholds) -> str | None:
    """The classifier as second detector, for wordings that no rule knows.

    It must be surer where a rule took a sign back.
    """
    for kind in URGENT_INTENTS:
        for part, row in zip((heard.text, *heard.sentences), heard.margins, strict=True):
            if row[kind] >= limits.urgent and (row[kind] >= limits.despite or not find_signs(part)):
                return kind
    return None


def _general(sentence: str) -> bool:
    return is_question(sentence) and not speaks_of_someone(sentence)


def _only_asks(heard: Heard, topics: Sequence[str]) -> bool:
    """Whether the message asks about a value in general ("is a viral load of 5000 high?") and gives none of its own."""
    general = all(_general(sentence) for sentence in heard.sentences)
    return bool(topics) and general and not any(map(partial(_tells_first, heard.text), heard.findings))


def _tells_first(text: str, finding: Mapping[str, Any]) -> bool:
    """Whether a message opens with a value and then asks about it: "viral load 5000 IU/mL is that bad?"."""
    told = finding.get("kind") == "marker" and finding.get("comparator") not in _BOUNDS
    opens = not any(sign.isalnum() for sign in text[: finding.get("start", len(text))])
    return told and opens and asks_back(text[finding["end"] :])


def _rivals(guess: Guess, topics: Sequence[str], limits: Thresholds) -> tuple[str, ...]:
    """What may have been meant in place of the only question; several questions are answers enough."""
    return rivals(guess, limits.offers) if len(topics) <= 1 else ()


def _best(heard: Heard, intent: str) -> Guess:
    """The guess of the sentence that asks this most surely."""
    guesses = (guess for guess in (heard.whole, *heard.guesses) if guess.intent == intent)
    return max(guesses, key=lambda guess: guess.confidence)
