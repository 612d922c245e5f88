"""What rooms bring in when all of their modules are imported. The fast tests look at the imports one by one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def packages_of(room):
    """The packages that are loaded when every module of the room is imported in a new process."""
    paths = [path.relative_to(ROOT) for path in sorted((ROOT / room).rglob("*.py")) if path.name != "__main__.py"]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return set(run.stdout.split())


def test_core_brings_in_neither_rasa_nor_tensorflow():
    loaded = packages_of("hepb")
    assert {"hepb", "spacy"} <= loaded
    assert {"rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn"}.intersection(loaded) == set()


def test_actions_bring_in_no_spacy():
    """The action server reads no text: spaCy would take more memory than all of it."""
    loaded = packages_of("actions")
    assert {"actions", "hepb", "rasa_sdk"} <= loaded
    assert {"rasa", "tensorflow", "sklearn", "spacy"}.intersection(loaded) == set()
