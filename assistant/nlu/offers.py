"""Which further questions a patient may have meant: offered as buttons, where a guess has close rivals or is too weak.

A refusal of what may have been a question offers that question; other refusals stay refusals, small talk stays small
talk: only a guess that asks something has rivals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.nlu.guessing import Guess
from assistant.nlu.topics import asks, is_answerable

MOST_RIVALS = 2
MOST_LIKELY = 3


@dataclass(frozen=True)
class OfferLimits:
    """When questions are offered.

    ``certain``: the confidence from which on an answer stands alone. ``rival``: the confidence from which on another
    question is offered beside it. ``nearest``: the cosine under which a message that is not answered is too far off
    for a likely question.
    """

    certain: float
    rival: float
    nearest: float


def rivals(guess: Guess, limits: OfferLimits) -> tuple[str, ...]:
    """The next likely questions beside an answered one, best first; none when the guess is certain."""
    if guess.confidence >= limits.certain or not is_answerable(guess.intent):
        return ()
    close = (intent for intent, confidence in guess.ranking[1:] if confidence >= limits.rival)
    return tuple(_questions(close))[:MOST_RIVALS]


def beside_refusal(guess: Guess, intent: str, limits: OfferLimits) -> tuple[str, ...]:
    """The questions to offer beside ``intent``: none, unless it is a refusal of what ``guess`` took for a question."""
    if is_answerable(intent) or not asks(intent):
        return ()
    return (guess.intent, *rivals(guess, limits))[:MOST_RIVALS] if is_answerable(guess.intent) else ()


def likely(guess: Guess, limits: OfferLimits) -> tuple[str, ...]:
    """The likeliest questions of a message that is not answered, best first; none for one that is far from all."""
    if guess.nearest < limits.nearest or not is_answerable(guess.intent):
        return ()
    return tuple(_questions(intent for intent, _ in guess.ranking))[:MOST_LIKELY]


def _questions(intents: Iterator[str]) -> Iterator[str]:
    return (intent for intent in intents if is_answerable(intent))
