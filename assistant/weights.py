"""Where the sentence encoder lies, where it comes from and how both are checked.

The weights are all-MiniLM-L6-v2 (Apache-2.0), carried by a locked package; ``make setup`` turns them into one int8
ONNX file (``scripts/build_encoder.py``). The file is the same byte for byte on every machine, so one digest checks it.

``python -m assistant.weights`` exits 0 when the encoder is in place, 1 when not.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hepb.errors import ModelError

PROJECT_ROOT = Path(__file__).resolve().parent.parent
ENCODER_DIR = PROJECT_ROOT / "models" / "encoder"
ENCODER_MODEL = ENCODER_DIR / "model.onnx"
ENCODER_TOKENIZER = ENCODER_DIR / "tokenizer.json"
EMBEDDING_SIZE = 384

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

# What the package holds; the same digests stand in the model's public repository and in three other packages.
SOURCE_SHA256: Mapping[str, str] = MappingProxyType(
    {
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": TOKENIZER_SHA256,
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    }
)

# What set-up makes of it. Changes only with scripts/encoder_graph.py or the locked onnx.
BUILT_SHA256: Mapping[str, str] = MappingProxyType(
    {
        "model.onnx": "88969c2a95772bf8911e0a2592e69e42dbcee1a8f00158c0c3eb1a1b22256bf3",
        "tokenizer.json": TOKENIZER_SHA256,
    }
)


def check_files(folder: Path, expected: Mapping[str, str]) -> None:
    """Compare the files of ``folder`` with their sha256 digests; raises ModelError for the first that differs."""
    for name, digest in expected.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        if found != digest:
            raise ModelError("M001", file=path, found=found, expected=digest)


def check_weights(folder: Path = ENCODER_DIR) -> None:
    """Check the built encoder in ``folder`` before it is loaded; raises ModelError when it is missing or changed."""
    check_files(folder, BUILT_SHA256)


def main() -> int:
    """Say on standard error what is wrong with the encoder, if anything."""
    try:
        check_weights()
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
