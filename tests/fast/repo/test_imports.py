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
IMPORT_LIMIT_SECONDS = 1.0

MEASURE = """
import importlib, json, sys, time
start = time.perf_counter()
for name in sys.argv[1:]:
    importlib.import_module(name)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "packages": sorted({name.split(".")[0] for name in sys.modules})}))
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


def core_modules(*, with_spacy):
    modules = sorted(CORE.rglob("*.py"))
    return [
        module_name(path)
        for path in modules
        if path.name != "__main__.py" and (with_spacy or not str(path.relative_to(ROOT)).startswith(MAY_USE_SPACY))
    ]


def import_alone(names):
    run = subprocess.run([sys.executable, "-c", MEASURE, *names], check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("room", FORBIDDEN)
def test_room_imports_only_what_it_may(room, every):
    def imports_what_it_may(path):
        spacy = set() if str(path.relative_to(ROOT)).startswith(MAY_USE_SPACY) else {"spacy"}
        assert (FORBIDDEN[room] | spacy).intersection(imported_packages(path)) == set()

    every([(module_name(path), path) for path in sorted((ROOT / room).rglob("*.py"))], imports_what_it_may)


def test_core_brings_in_neither_rasa_nor_tensorflow():
    loaded = import_alone(core_modules(with_spacy=True))["packages"]
    assert {"rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn"}.intersection(loaded) == set()


def test_core_imports_within_a_second():
    names = core_modules(with_spacy=False)
    # Three tries: other work on the machine only ever adds to the time.
    assert any(import_alone(names)["seconds"] < IMPORT_LIMIT_SECONDS for _ in range(3))
