"""Measure what the thresholds of config.yml cost and save: ``python -m assistant.nlu.thresholds``.

In scope: five-fold cross-validation on the training examples. Out of scope: the examples of the refusing intents, with
those intents left out of training, so that every one is of a kind never seen.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.examples import read_examples
from assistant.nlu.guessing import Guess, IntentModel
from assistant.nlu.routing import REFUSALS
from assistant.nlu.topics import intent_topics
from assistant.weights import ENCODER_DIR

_FOLDS = 5
_SEED = 1
_STRENGTH = 30.0
_MAX_TOKENS = 96
_CONFIDENCES = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
_COSINES = (0.0, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True)
class Judged:
    """A guess and the right intent; None when nothing should be answered."""

    guess: Guess
    intent: str | None


def main() -> int:
    """Print one line for each pair of thresholds."""
    texts, intents = zip(*read_examples(), strict=True)
    vectors = shared_encoder(ENCODER_DIR, _MAX_TOKENS).encode(texts)
    inside = list(_cross_validate(vectors, np.array(intents)))
    outside = list(_never_seen(vectors, np.array(intents)))
    print("confidence nearest | in scope: right wrong refused | never seen, out of scope: answered")
    for confidence, nearest in itertools.product(_CONFIDENCES, _COSINES):
        right, wrong = _shares(inside, confidence, nearest)
        _, answered = _shares(outside, confidence, nearest)
        refused = 1 - right - wrong
        print(f"{confidence:10.2f} {nearest:7.2f} | {right:15.3f} {wrong:5.3f} {refused:7.3f} | {answered:.3f}")
    return 0


def _cross_validate(vectors: np.ndarray, intents: np.ndarray) -> Iterator[Judged]:
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(vectors, intents):
        model = IntentModel.train(vectors[train], intents[train], _STRENGTH, _SEED)
        for index, guess in zip(test, model.guess(vectors[test], 1), strict=True):
            if not _refuses(intents[index]):
                yield Judged(guess, str(intents[index]))


def _never_seen(vectors: np.ndarray, intents: np.ndarray) -> Iterator[Judged]:
    refused = np.array([_refuses(intent) for intent in intents])
    model = IntentModel.train(vectors[~refused], intents[~refused], _STRENGTH, _SEED)
    for guess in model.guess(vectors[refused], 1):
        yield Judged(guess, None)


def _refuses(intent: str) -> bool:
    return intent_topics()[intent].file == REFUSALS


def _shares(judged: Sequence[Judged], confidence: float, nearest: float) -> tuple[float, float]:
    answered = [j for j in judged if j.guess.confidence >= confidence and j.guess.nearest >= nearest]
    right = sum(j.guess.intent == j.intent or (_refuses(j.guess.intent) and j.intent is None) for j in answered)
    return right / len(judged), (len(answered) - right) / len(judged)


if __name__ == "__main__":
    sys.exit(main())
