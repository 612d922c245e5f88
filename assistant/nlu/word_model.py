"""Which words speak for which intent: naive Bayes on words and pairs of words, beside the sentence vectors.

A vector says what a sentence is about as a whole and blurs the one word on which a question turns ("booster", "bite").
Kept as plain arrays: training is scikit-learn's, scoring sums a few rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.nlu.spellings import written_out

_ARRAYS = "words.npz"
_TERMS = "words.json"
_WORD = re.compile(r"\w\w+")
_LEAST_EXAMPLES = 2
"""A term in fewer examples says nothing of other people's words."""
_SMOOTHING = 0.03
"""Added to every count: lower values believe more in a term that one intent alone has."""


@dataclass(frozen=True)
class WordModel:
    """``places``: term to its row in ``rarity`` ``[terms]`` and ``weights`` ``[terms, intents]``."""

    places: Mapping[str, int]
    rarity: np.ndarray
    weights: np.ndarray

    @classmethod
    def train(cls, texts: Sequence[str], intents: Sequence[str], say: float) -> WordModel:
        """Count the terms of the examples; the columns of ``weights`` are the intents in alphabetical order.

        ``say``: how much a word counts beside the vectors, whose scores are logarithms too; 0 for not at all.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - slow, and only training needs it
        from sklearn.naive_bayes import MultinomialNB  # noqa: PLC0415

        counting = TfidfVectorizer(analyzer=terms, binary=True, min_df=_LEAST_EXAMPLES)
        bayes = MultinomialNB(alpha=_SMOOTHING, fit_prior=False)
        bayes.fit(counting.fit_transform(texts), list(intents))
        places = {term: int(place) for term, place in counting.vocabulary_.items()}
        return cls(places, counting.idf_.astype(np.float32), (say * bayes.feature_log_prob_.T).astype(np.float16))

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """One row per text: how much its words speak for each intent, higher for more; zeros where none is known."""
        return np.stack([self._score(text) for text in texts])

    def _score(self, text: str) -> np.ndarray:
        rows = sorted({self.places[term] for term in terms(text) if term in self.places})
        if not rows:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        rarity = self.rarity[rows]
        return (rarity / np.linalg.norm(rarity)) @ self.weights[rows].astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the arrays and the terms into ``folder``."""
        np.savez(folder / _ARRAYS, rarity=self.rarity, weights=self.weights)
        folder.joinpath(_TERMS).write_text(json.dumps(self.places), "utf8")

    @classmethod
    def load(cls, folder: Path) -> WordModel:
        """Read what :meth:`save` wrote. Raises FileNotFoundError when it is not there."""
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            rarity, weights = arrays["rarity"], arrays["weights"]
        return cls(json.loads(folder.joinpath(_TERMS).read_text("utf8")), rarity, weights)


def terms(text: str) -> list[str]:
    """The words of a text, in small letters and with what is shortened in full, and each pair of neighbours."""
    words = _WORD.findall(written_out(text).lower())
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
