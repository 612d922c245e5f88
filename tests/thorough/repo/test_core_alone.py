"""The whole core, reading and safety included, runs without Rasa. The fast tests look at the imports one by one."""

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


def test_core_brings_in_neither_rasa_nor_tensorflow():
    paths = [path.relative_to(ROOT) for path in sorted((ROOT / "hepb").rglob("*.py")) if path.name != "__main__.py"]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names], check=True, capture_output=True, text=True, cwd=ROOT
    )
    loaded = set(run.stdout.split())
    assert {"hepb", "spacy"} <= loaded
    assert {"rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn"}.intersection(loaded) == set()
