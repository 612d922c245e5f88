"""Digests that keep Rasa's training cache honest about files it does not know of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path]) -> str:
    """The sha256 over name and content of ``paths`` in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def own_modules() -> list[Path]:
    """The Python and YAML files of this folder: a component's behaviour depends on more than its own class."""
    folder = Path(__file__).parent
    return [*folder.glob("*.py"), *folder.glob("*.yaml")]
