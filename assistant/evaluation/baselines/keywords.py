"""Keyword search: Okapi BM25 over the example questions, or over the answers; the best hit decides the intent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix
from sklearn.feature_extraction.text import CountVectorizer

from assistant.evaluation.questions import Understood
from assistant.evaluation.wording import texts_of
from assistant.nlu.routing import FALLBACK
from assistant.nlu.topics import intent_topics
from assistant.responses import response_files

SATURATION = 1.5
"""BM25's k1, at the value that most libraries have."""
LENGTH_WEIGHT = 0.75
"""BM25's b, likewise."""
WORD = r"(?u)\b\w+\b"


@dataclass(frozen=True)
class KeywordSearch:
    """``weights`` ``[documents, words]``: what a word of the query adds to a document's score."""

    words: CountVectorizer
    weights: csc_matrix
    intents: tuple[str, ...]

    @classmethod
    def over(cls, documents: Sequence[tuple[str, str]]) -> KeywordSearch:
        """Index texts, each with the intent that it stands for."""
        texts, intents = zip(*documents, strict=True)
        words = CountVectorizer(token_pattern=WORD)
        counts = words.fit_transform(texts).astype(float)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        having = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log1p((len(texts) - having + 0.5) / (having + 0.5))
        entries = counts.tocoo()
        damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths / lengths.mean())
        entries.data *= (SATURATION + 1) * rarity[entries.col] / (entries.data + damping[entries.row])
        return cls(words, entries.tocsc(), tuple(intents))

    def __call__(self, text: str) -> Understood:
        """Return the intent of the best document; without a common word, that nothing was understood."""
        asked = self.words.transform([text]).indices
        scores = np.asarray(self.weights[:, asked].sum(axis=1)).ravel()
        best = int(scores.argmax())
        return Understood(self.intents[best] if scores[best] > 0 else FALLBACK)


def answer_documents() -> list[tuple[str, str]]:
    """Return the text of each intent's own answer, for the intents that have one by name."""
    intent_of = {f"utter_answer_{name.removeprefix('ask_')}": name for name in intent_topics()}
    intent_of |= {f"utter_{name}": name for name in intent_topics()}
    texts = (entry for path in response_files() for entry in texts_of(path))
    return [(text, intent_of[name]) for name, text in texts if name in intent_of]
