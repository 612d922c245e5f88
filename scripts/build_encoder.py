"""Turn the locked MiniLM weights into the int8 ONNX file that the assistant reads.

    python scripts/build_encoder.py SOURCE

``SOURCE`` is the folder with ``model.safetensors``, ``tokenizer.json`` and ``config.json``. Runs in a build
environment of its own (requirements/encoder-build.txt); ``scripts/setup.sh`` makes it, calls this and removes it.

Steps: check the digests of the source; build the graph (``encoder_graph``); compare it with a float32 forward pass in
numpy (``encoder_reference``) on a few sentences; check the digest of the result; put it into ``models/encoder``.
The graph is made of single float32 operations, each rounded as IEEE 754 says, so a digest that differs means another
onnx, another script or a broken file, never another processor: the build then stops. After a wanted change of the
graph write the digest that it prints into ``assistant/weights.py``.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import encoder_graph
import encoder_reference
import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.weights import ENCODER_DIR, SOURCE_SHA256, check_files, check_weights
from hepb.errors import ModelError

SENTENCES = (
    "How is the weather today?",
    "The train to the coast leaves at seven and arrives before noon.",
    "Which birds spend the winter here, and where do they go when the lakes freeze over?",
    "She reads two newspapers every morning before the children wake up.",
)
LEAST_COSINE = 0.99
TIMED_RUNS = 50


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _embed(session: onnxruntime.InferenceSession, input_ids: list[int]) -> np.ndarray:
    ids = np.array([input_ids])
    return session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]


def compare(model: bytes, tensors: Mapping[str, np.ndarray], tokenizer: Tokenizer) -> tuple[float, float]:
    """Return the least cosine to the float32 forward pass, and the median milliseconds for one sentence."""
    session = _session(model)
    sentences = [tokenizer.encode(sentence).ids for sentence in SENTENCES]
    cosine = min(float(_embed(session, ids) @ encoder_reference.embed(ids, tensors)) for ids in sentences)
    times = []
    for ids in sentences * TIMED_RUNS:
        start = time.perf_counter()
        _embed(session, ids)
        times.append(1000 * (time.perf_counter() - start))
    return cosine, statistics.median(times)


def build(source: Path, target: Path) -> None:
    """Build the encoder of ``source`` in ``target``, which holds either a checked encoder or nothing afterwards."""
    check_files(source, SOURCE_SHA256)
    tensors = load_file(source / "model.safetensors")
    model = encoder_graph.build_graph(tensors).SerializeToString()
    cosine, milliseconds = compare(model, tensors, _tokenizer(source / "tokenizer.json"))
    print(
        f"encoder: {len(model) / 1e6:.1f} MB, cosine to float32 {cosine:.4f}, {milliseconds:.1f} ms a sentence",
        file=sys.stderr,
    )
    if cosine < LEAST_COSINE:
        raise ModelError("M002", found=f"{cosine:.4f}", least=LEAST_COSINE)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "model.onnx").write_bytes(model)
    shutil.copyfile(source / "tokenizer.json", target / "tokenizer.json")
    try:
        check_weights(target)
    except ModelError:
        shutil.rmtree(target)
        raise


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), ENCODER_DIR)
    except ModelError as error:
        sys.exit(str(error))
