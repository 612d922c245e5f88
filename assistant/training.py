"""Training when, and only when, something that the model is made of has changed: ``hepb train``.

The model file carries the digest of its inputs in its name, so a model is either the right one or missing.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from assistant.settings import ROOT
from hepb.errors import ServerError

MODELS = ROOT / "models"
INPUTS = ("config.yml", "domain.yml", "data", "assistant/nlu", "hepb/reading", "hepb/safety", "hepb/knowledge/lexicon")
"""Files and folders that decide what a trained model is; the sentence encoder's weights come with their digest."""
SUFFIXES = frozenset({".yml", ".yaml", ".py", ".json", ".txt"})
DISTRIBUTIONS = ("rasa", "scikit-learn", "onnxruntime", "tokenizers", "spacy", "numpy")
DIGITS = 16
KEPT_MODELS = 5


def train_if_stale(*, folder: Path = MODELS) -> Path:
    """Return the model file for the present inputs; train it first when there is none.

    Two callers at a time train once: the second waits for the first. Raises ServerError S005 when training fails.
    """
    model = folder / f"{inputs_digest()}.tar.gz"
    if model.exists():
        return model
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder / "training.lock"):
        if not model.exists():
            print("training the model (it takes under a minute) ...", file=sys.stderr, flush=True)
            _train(model)
            _remove_old(folder)
    return model


def inputs_digest(root: Path = ROOT) -> str:
    """Return the digest of all training inputs: names and contents of files, and versions of what trains."""
    digest = hashlib.sha256()
    for path in sorted(_input_files(root)):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in DISTRIBUTIONS:
        digest.update(f"{name}=={version(name)}\0".encode())
    return digest.hexdigest()[:DIGITS]


def _input_files(root: Path) -> Iterable[Path]:
    for name in INPUTS:
        place = root / name
        if place.is_file():
            yield place
        yield from (path for path in place.rglob("*") if path.suffix in SUFFIXES and path.is_file())


def _train(model: Path) -> None:
    """Train into a file of another name first, so that a killed training leaves no half model."""
    unfinished = "unfinished-" + model.name.removesuffix(".tar.gz")
    log = model.parent / "training.log"
    # The validator reads all data a second time, which takes nearly as long as training; the tests run it.
    options = ["--skip-validation", "--out", str(model.parent), "--fixed-model-name", unfinished]
    command = [sys.executable, "-m", "rasa", "train", *options]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with log.open("wb") as output:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False)
    made = model.parent / f"{unfinished}.tar.gz"
    if done.returncode or not made.exists():
        raise ServerError("S005", status=done.returncode, log=log, line=_last_line(log))
    made.replace(model)


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "(no output)")


def _remove_old(folder: Path) -> None:
    """Keep a few models: one may just be served, or be wanted again when a change is taken back."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT_MODELS:]:
        old.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; the system lets go of it even when the process is killed."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb train``: print the path of the model that fits the present inputs, training it when needed."""
    argparse.ArgumentParser(prog="hepb train", description=main.__doc__).parse_args(argv)
    print(train_if_stale())
    return 0
