"""Guess intents from sentence vectors and words: logistic regression, naive Bayes, and the nearest training example.

Kept as plain arrays: training is scikit-learn's, guessing is one matrix product, and files hold no pickle.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.nlu.word_model import WordModel

_ARRAYS = "intents.npz"
_NAMES = "intents.json"


Examples = tuple[np.ndarray, Sequence[str], Sequence[str]]
"""One vector per example, its text and its intent."""


@dataclass(frozen=True)
class Guess:
    """``ranking``: intents with their confidence, best first. ``nearest``: cosine to the nearest training example."""

    ranking: tuple[tuple[str, float], ...]
    nearest: float

    @property
    def intent(self) -> str:
        """The best intent."""
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        """The confidence of the best intent, 0 to 1."""
        return self.ranking[0][1]

    def without(self, intents: Collection[str]) -> Guess:
        """The guess if ``intents`` were impossible; itself when nothing else is in the ranking."""
        rest = [(name, confidence) for name, confidence in self.ranking if name not in intents]
        left = 1.0 - sum(confidence for name, confidence in self.ranking if name in intents)
        return Guess(tuple((name, confidence / left) for name, confidence in rest), self.nearest) if rest else self

    def only(self, intents: Collection[str]) -> Guess:
        """The guess among ``intents`` alone: the likeliest stands for all of them together."""
        rest = [(name, confidence) for name, confidence in self.ranking if name in intents]
        (best, _), *others = rest
        return Guess(((best, sum(confidence for _, confidence in rest)), *others), self.nearest)


@dataclass(frozen=True)
class IntentModel:
    """``weights`` ``[intents, size]``, ``biases`` ``[intents]``, ``examples`` ``[examples, size]`` of length one.

    ``words`` are heard beside the vectors.
    """

    intents: tuple[str, ...]
    weights: np.ndarray
    biases: np.ndarray
    examples: np.ndarray
    words: WordModel

    @classmethod
    def train(cls, examples: Examples, strength: float, say_of_words: float, seed: int) -> IntentModel:
        """Fit on the examples. ``strength`` is scikit-learn's C: higher fits them closer."""
        vectors, texts, intents = examples
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - slow, and only training needs it

        regression = LogisticRegression(C=strength, max_iter=1000, class_weight="balanced", random_state=seed)
        regression.fit(vectors, list(intents))
        return cls(
            tuple(map(str, regression.classes_)),
            regression.coef_.astype(np.float32),
            regression.intercept_.astype(np.float32),
            vectors.astype(np.float32),
            WordModel.train(texts, intents, say_of_words),
        )

    def guess(self, vectors: np.ndarray, texts: Sequence[str], length: int) -> list[Guess]:
        """One guess per row of ``vectors`` and its text, each with the ``length`` best intents."""
        scores = vectors @ self.weights.T + self.biases + self.words.scores(texts)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        confidences = powers / powers.sum(axis=1, keepdims=True)
        nearest = (vectors @ self.examples.T).max(axis=1)
        best = np.argsort(-confidences, axis=1, kind="stable")[:, :length]
        return [
            Guess(tuple((self.intents[i], float(row[i])) for i in order), float(near))
            for row, order, near in zip(confidences, best, nearest, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Write the arrays and the names into ``folder``."""
        np.savez(folder / _ARRAYS, weights=self.weights, biases=self.biases, examples=self.examples)
        folder.joinpath(_NAMES).write_text(json.dumps(self.intents), "utf8")
        self.words.save(folder)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what :meth:`save` wrote. Raises FileNotFoundError when it is not there."""
        names = json.loads(folder.joinpath(_NAMES).read_text("utf8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            kept = [arrays[name] for name in ("weights", "biases", "examples")]
        return cls(tuple(names), *kept, WordModel.load(folder))
