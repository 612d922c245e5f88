"""How surely a sentence is of a kind (urgent, or to be refused): support vector machines on sentence vectors.

Kept as plain arrays like the intents (:mod:`assistant.nlu.guessing`). A margin over 0 says that the sentence is of the
kind, one under 0 that it is not; the further from 0, the surer. Negation and time are weak in sentence vectors, so the
rules (:mod:`hepb.safety.urgent`) are heard as well. The names of things are weak in them too, so beside the vector
stands which subjects a sentence names (:mod:`assistant.nlu.subjects`): a tooth is no liver, though no example says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.nlu.subjects import subjects_of
from assistant.nlu.topics import REFUSALS, intent_topics
from assistant.weights import PROJECT_ROOT
from hepb.safety.lexicon import KINDS as URGENT_KINDS
from hepb.yaml_files import parse_yaml

EXAMPLE_FILES = tuple(PROJECT_ROOT / "data" / folder / "messages.yml" for folder in ("urgent", "refused"))
REFUSED = "refused"
ORDINARY = "ordinary"
"""Messages in the words of urgent ones that are not urgent: they say nothing about what is to be refused."""
_ASKED = "asked"
_AGAINST: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(URGENT_KINDS, frozenset({ORDINARY, _ASKED, REFUSED})),
    REFUSED: frozenset({_ASKED}),
}
"""Kind to the labels of the examples that are not of it."""
KINDS = tuple(_AGAINST)
_ARRAYS = "margins.npz"


@dataclass(frozen=True)
class MarginModel:
    """``examples`` ``[n, size]`` decide, each with ``weights`` ``[n, kinds]``; kinds in the order of KINDS."""

    examples: np.ndarray
    weights: np.ndarray
    biases: np.ndarray
    width: float

    @classmethod
    def train(cls, vectors: np.ndarray, labels: Sequence[str], strength: float, width: float) -> MarginModel:
        """Fit one machine for each kind.

        ``strength`` is scikit-learn's C, ``width`` its gamma: higher means that only nearer examples count.
        """
        from sklearn.svm import SVC  # noqa: PLC0415 - slow, and only training needs it

        names = np.array(labels)
        weights = np.zeros((len(names), len(KINDS)), dtype=np.float32)
        biases = np.zeros(len(KINDS), dtype=np.float32)
        for place, (kind, others) in enumerate(_AGAINST.items()):
            rows = np.flatnonzero(np.isin(names, [kind, *others]))
            machine = SVC(C=strength, gamma=width, class_weight="balanced", cache_size=500, tol=0.01)
            machine.fit(vectors[rows], names[rows] == kind)
            weights[rows[machine.support_], place] = machine.dual_coef_[0]
            biases[place] = machine.intercept_[0]
        deciding = weights.any(axis=1)
        return cls(vectors[deciding].astype(np.float32), weights[deciding], biases, width)

    def margins(self, vectors: np.ndarray) -> list[Mapping[str, float]]:
        """One row per vector: the margin of each kind."""
        lengths = (vectors**2).sum(axis=1)[:, np.newaxis] + (self.examples**2).sum(axis=1)
        distances = lengths - 2.0 * (vectors @ self.examples.T)
        rows = np.exp(-self.width * distances) @ self.weights + self.biases
        return [dict(zip(KINDS, map(float, row), strict=True)) for row in rows]

    def save(self, folder: Path) -> None:
        """Write the arrays into ``folder``."""
        arrays = {"examples": self.examples, "weights": self.weights, "biases": self.biases}
        np.savez(folder / _ARRAYS, width=np.array(self.width), **arrays)

    @classmethod
    def load(cls, folder: Path) -> MarginModel:
        """Read what :meth:`save` wrote. Raises FileNotFoundError when it is not there."""
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(arrays["examples"], arrays["weights"], arrays["biases"], float(arrays["width"]))


def described(vectors: np.ndarray, texts: Sequence[str], share: float) -> np.ndarray:
    """The sentence vectors with a column for each subject: ``share`` where the text names it, else 0."""
    named = np.array([list(subjects_of(text).values()) for text in texts], dtype=np.float32)
    return np.hstack([vectors, share * named])


@cache
def margin_examples() -> tuple[tuple[str, str], ...]:
    """The examples beside ``data/nlu``: label (an urgent kind, ORDINARY or REFUSED) and text."""
    blocks = ((label, block) for file in EXAMPLE_FILES for label, block in _read(file).items())
    return tuple((label, text) for label, block in blocks for text in block.splitlines())


def label_of(intent: str) -> str:
    """What an example of an intent is for these machines."""
    if intent in URGENT_KINDS:
        return intent
    return REFUSED if intent_topics()[intent].file == REFUSALS else _ASKED


def _read(file: Path) -> dict[str, str]:
    return dict(parse_yaml(file.read_text("utf8"), file.name))
