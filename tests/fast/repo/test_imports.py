"""Each room of docs/architecture.md imports only what it may, and the core is quick to import."""

import ast
import json
import subprocess
import sys
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
LIMIT_SECONDS = 1.0

MEASURE = """
import importlib, json, sys, time
for name in sys.argv[1:]:
    importlib.import_module(name)
sys.modules["hepb.assess"].assess(sys.modules["hepb.record"].parse_record({}))
packages = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps({"seconds": time.process_time(), "packages": packages}))
"""


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


def light_modules():
    """All of the core that must not bring in spaCy; reading and safety load it with the first text."""
    paths = [path for path in sorted(CORE.rglob("*.py")) if path.name != "__main__.py"]
    names = [module_name(path) for path in paths if not str(path.relative_to(ROOT)).startswith(MAY_USE_SPACY)]
    return [*names, "hepb.reading", "hepb.safety.urgent"]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_room_imports_only_what_it_may(room, every):
    def imports_what_it_may(path):
        spacy = set() if str(path.relative_to(ROOT)).startswith(MAY_USE_SPACY) else {"spacy"}
        assert (FORBIDDEN[room] | spacy).intersection(imported_packages(path)) == set()

    every([(module_name(path), path) for path in sorted((ROOT / room).rglob("*.py"))], imports_what_it_may)


def test_core_answers_within_a_second_and_brings_in_nothing_heavy():
    """In processor time: other work on the machine does not count."""
    command = [sys.executable, "-c", MEASURE, *light_modules()]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    measured = json.loads(run.stdout)
    heavy = {"spacy", "rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn", "numpy", "assistant"}
    assert heavy.intersection(measured["packages"]) == set()
    assert measured["seconds"] < LIMIT_SECONDS
