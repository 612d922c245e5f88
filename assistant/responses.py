"""The sentences under ``data/responses``, read without Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.settings import ROOT
from hepb.yaml_files import parse_yaml

FOLDER = ROOT / "data" / "responses"
Responses = Mapping[str, Sequence[Mapping[str, Any]]]
"""By the name of a response its variations, as the assistant's domain has them."""


def response_files() -> list[Path]:
    """The files, one a topic, by name."""
    return sorted(FOLDER.glob("*.yml"))


@cache
def responses_of(path: Path) -> Responses:
    """The responses of one topic."""
    found: Responses = parse_yaml(path.read_text("utf8"), path.name)["responses"]
    return found


@cache
def all_responses() -> Responses:
    """The responses of all topics."""
    return {name: variations for path in response_files() for name, variations in responses_of(path).items()}
