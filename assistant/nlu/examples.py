"""The training examples and held-out questions as plain pairs, read without Rasa."""

from __future__ import annotations

from pathlib import Path

from assistant.weights import PROJECT_ROOT
from hepb.yaml_files import parse_yaml

NLU_FOLDER = PROJECT_ROOT / "data" / "nlu"


def read_examples(folder: Path = NLU_FOLDER) -> list[tuple[str, str]]:
    """All ``(text, intent)`` of the YAML files in ``folder``, in file order."""
    return [
        (line.removeprefix("- "), block["intent"])
        for file in sorted(folder.glob("*.yml"))
        for block in parse_yaml(file.read_text("utf8"), file.name)["nlu"]
        for line in block["examples"].splitlines()
    ]
