"""Each room of docs/architecture.md imports only what it may; ``tests/thorough`` sees what is loaded."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CORE = ROOT / "hepb"
MAY_USE_SPACY = ("hepb/reading", "hepb/safety")
# Where the imports of a module are followed by hand, because importing it would start Rasa.
FORBIDDEN = {
    "hepb": {"assistant", "actions", "rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn", "onnxruntime"},
    "actions": {"rasa", "tensorflow", "sklearn", "onnxruntime"},
}


def imported_packages(path):
    """Names of the top-level packages that the file imports, at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("room", FORBIDDEN)
def test_room_imports_only_what_it_may(room, every):
    def imports_what_it_may(path):
        spacy = set() if str(path.relative_to(ROOT)).startswith(MAY_USE_SPACY) else {"spacy"}
        assert (FORBIDDEN[room] | spacy).intersection(imported_packages(path)) == set()

    every([(module_name(path), path) for path in sorted((ROOT / room).rglob("*.py"))], imports_what_it_may)
