"""Measure what the thresholds of config.yml cost and save: ``python -m assistant.nlu.thresholds``.

In scope: five-fold cross-validation on the training examples. Out of scope: the examples of the refusing intents, with
those intents left out of training, so that every one is of a kind never seen. Then, for the questions that are
offered as buttons: how often a guess of some confidence is right, and what buttons beside it would save.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from sklearn.model_selection import StratifiedKFold

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.examples import read_examples
from assistant.nlu.guessing import Guess, IntentModel
from assistant.nlu.offers import OfferLimits, likely, rivals
from assistant.nlu.topics import REFUSALS, contract_topic, intent_topics, is_answerable
from assistant.weights import ENCODER_DIR

_FOLDS = 5
_SEED = 1
_OPTIONS = (30.0, 0.4, _SEED)
"""Strength, say of words and seed of config.yml."""
_MAX_TOKENS = 96
_CONFIDENCES = (0.0, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3)
_COSINES = (0.0, 0.4, 0.45, 0.5, 0.55)
_BANDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
_BANDS_OF_COSINE = (0.0, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 1.01)
_CERTAIN = (0.4, 0.5, 0.6, 0.7, 0.8)
_RIVALS = (0.05, 0.08, 0.1)
_TAKEN = (0.25, 0.45)
"""The confidence and cosine of config.yml, for the second part."""
_RANKING = 10
_EVERYTHING = OfferLimits(1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Judged:
    """A guess and the right intent; None when nothing should be answered."""

    guess: Guess
    intent: str | None


def main() -> int:
    """Print one line for each pair of thresholds."""
    texts, intents = zip(*read_examples(), strict=True)
    vectors = shared_encoder(ENCODER_DIR, _MAX_TOKENS).encode(texts)
    examples = (vectors, np.array(texts), np.array(intents))
    inside = list(_cross_validate(*examples))
    outside = list(_never_seen(*examples))
    print("confidence nearest | in scope: right wrong refused | never seen, out of scope: answered")
    for confidence, nearest in itertools.product(_CONFIDENCES, _COSINES):
        right, wrong = _shares(inside, confidence, nearest)
        _, answered = _shares(outside, confidence, nearest)
        refused = 1 - right - wrong
        print(f"{confidence:10.2f} {nearest:7.2f} | {right:15.3f} {wrong:5.3f} {refused:7.3f} | {answered:.3f}")
    questions = [j for j in inside if j.intent and is_answerable(j.intent)]
    print("confidence  | questions: how many, right, right topic, among the three likeliest")
    _print_bands([j for j in questions if j.guess.nearest >= _TAKEN[1]], _BANDS, lambda j: j.guess.confidence)
    print("nearest     | the same; never seen, out of scope: how many")
    _print_bands(questions, _BANDS_OF_COSINE, lambda j: j.guess.nearest, outside)
    _print_rivals([j for j in questions if j.guess.confidence >= _TAKEN[0] and j.guess.nearest >= _TAKEN[1]])
    return 0


def _print_bands(
    judged: Sequence[Judged], borders: Sequence[float], of: Callable[[Judged], float], beside: Sequence[Judged] = ()
) -> None:
    for low, high in itertools.pairwise(borders):
        here = [j for j in judged if low <= of(j) < high]
        if here:
            intent = fmean(j.guess.intent == j.intent for j in here)
            topic = fmean(contract_topic(j.guess.intent) == contract_topic(j.intent or "") for j in here)
            among = fmean(j.intent in likely(j.guess, _EVERYTHING) for j in here)
            others = sum(low <= of(j) < high for j in beside)
            print(f"{low:4.2f}-{high:4.2f}   | {len(here):4d} {intent:5.2f} {topic:5.2f} {among:5.2f} | {others:3d}")


def _print_rivals(answered: Sequence[Judged]) -> None:
    """Of the answered questions: to how many buttons are added, needlessly, and where they hold the right one."""
    print("certain rival | answered: buttons shown, needless, saving")
    for certain, rival in itertools.product(_CERTAIN, _RIVALS):
        limits = OfferLimits(certain, rival, 0.0)
        shown = [(j, rivals(j.guess, limits)) for j in answered]
        needless = sum(bool(offered) and j.guess.intent == j.intent for j, offered in shown) / len(answered)
        saving = sum(j.intent in offered for j, offered in shown) / len(answered)
        share = sum(bool(offered) for _, offered in shown) / len(answered)
        print(f"{certain:7.2f} {rival:5.2f} | {share:5.3f} {needless:5.3f} {saving:5.3f}")


def _cross_validate(vectors: np.ndarray, texts: np.ndarray, intents: np.ndarray) -> Iterator[Judged]:
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(vectors, intents):
        model = IntentModel.train((vectors[train], texts[train], intents[train]), *_OPTIONS)
        for index, guess in zip(test, model.guess(vectors[test], texts[test], _RANKING), strict=True):
            if not _refuses(intents[index]):
                yield Judged(guess, str(intents[index]))


def _never_seen(vectors: np.ndarray, texts: np.ndarray, intents: np.ndarray) -> Iterator[Judged]:
    refused = np.array([_refuses(intent) for intent in intents])
    model = IntentModel.train((vectors[~refused], texts[~refused], intents[~refused]), *_OPTIONS)
    for guess in model.guess(vectors[refused], texts[refused], 1):
        yield Judged(guess, None)


def _refuses(intent: str) -> bool:
    return intent_topics()[intent].file == REFUSALS


def _shares(judged: Sequence[Judged], confidence: float, nearest: float) -> tuple[float, float]:
    answered = [j for j in judged if j.guess.confidence >= confidence and j.guess.nearest >= nearest]
    right = sum(j.guess.intent == j.intent or (_refuses(j.guess.intent) and j.intent is None) for j in answered)
    return right / len(judged), (len(answered) - right) / len(judged)


if __name__ == "__main__":
    sys.exit(main())
