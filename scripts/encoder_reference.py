"""The sentence encoder in plain numpy and float32: slow, and what the int8 graph is checked against."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

HEADS = 12
LAYERS = 6
NORM_EPSILON = 1e-12

_erf = np.vectorize(math.erf, otypes=[np.float32])


def _dense(source: np.ndarray, tensors: Mapping[str, np.ndarray], layer: str) -> np.ndarray:
    return source @ tensors[f"{layer}.weight"].T + tensors[f"{layer}.bias"]


def _norm(source: np.ndarray, tensors: Mapping[str, np.ndarray], layer: str) -> np.ndarray:
    centred = source - source.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + NORM_EPSILON)
    return centred / spread * tensors[f"{layer}.weight"] + tensors[f"{layer}.bias"]


def _attend(source: np.ndarray, tensors: Mapping[str, np.ndarray], layer: str) -> np.ndarray:
    def heads(part: str) -> np.ndarray:
        return _dense(source, tensors, f"{layer}.self.{part}").reshape(len(source), HEADS, -1).swapaxes(0, 1)

    query, key, value = heads("query"), heads("key"), heads("value")
    scores = query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1])
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return (shares @ value).swapaxes(0, 1).reshape(source.shape)


def embed(input_ids: list[int], tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the embedding (384 numbers, length 1) of one sentence without padding."""
    hidden = (
        tensors["embeddings.word_embeddings.weight"][input_ids]
        + tensors["embeddings.position_embeddings.weight"][: len(input_ids)]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    hidden = _norm(hidden, tensors, "embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        attended = _dense(_attend(hidden, tensors, f"{layer}.attention"), tensors, f"{layer}.attention.output.dense")
        middle = _norm(attended + hidden, tensors, f"{layer}.attention.output.LayerNorm")
        wide = _dense(middle, tensors, f"{layer}.intermediate.dense")
        active = wide / 2 * (1 + _erf(wide / math.sqrt(2)))
        hidden = _norm(_dense(active, tensors, f"{layer}.output.dense") + middle, tensors, f"{layer}.output.LayerNorm")
    mean = hidden.mean(axis=0)
    return mean / np.linalg.norm(mean)
