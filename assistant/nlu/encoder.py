"""The sentence encoder: text to unit vectors with the int8 MiniLM that set-up made, one thread a text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assistant.nlu.spellings import written_out
from assistant.weights import check_weights

Vectors = np.ndarray


class Encoder:
    """Turns texts into vectors of length one. ``max_tokens`` cuts a text: a turn must not wait for a novel."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        check_weights(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text.

        Each text runs alone: the int8 activations share one scale, so neighbours in a batch would change the vector
        (cosine down to 0.94), and a batch of short texts is hardly faster on one thread (1.1 against 1.3 ms a text).
        """
        return np.concatenate([self._encode_one(text) for text in texts])

    def encode_many(self, texts: Sequence[str]) -> Vectors:
        """The same rows as :meth:`encode`, on all processor cores: for training, where nobody else needs them."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return np.concatenate(list(threads.map(self._encode_one, texts)))

    def _encode_one(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(written_out(text))
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        return self._session.run(["sentence_embedding"], feed)[0]


@cache
def shared_encoder(folder: Path, max_tokens: int) -> Encoder:
    """One encoder for all components of the process: it holds weights and nothing of any message."""
    return Encoder(folder, max_tokens)
