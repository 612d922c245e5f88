"""The words of pictures, one file per language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hepb.yaml_files import parse_yaml

DEFAULT_LANGUAGE = "en"
Words = Mapping[str, Any]
_FOLDER = Path(__file__).parent
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"))


def words(language: str | None = None) -> Words:
    """The words of ``language``; of the default one where there is no file."""
    file = _FOLDER / f"words.{language or DEFAULT_LANGUAGE}.yaml"
    return _read(file if file in _files() else _FOLDER / f"words.{DEFAULT_LANGUAGE}.yaml")


def round_number(value: float, said: Words) -> str:
    """A number of an axis in as few characters as it takes: ``20,000``, ``1 million``."""
    for scale, name in _SCALES:
        if value >= scale:
            return said[name].format(number=f"{value / scale:,.10g}")
    return f"{value:,.10g}"


@cache
def _files() -> frozenset[Path]:
    return frozenset(_FOLDER.glob("words.*.yaml"))


@cache
def _read(file: Path) -> Words:
    return parse_yaml(file.read_text("utf8"), file.name)
