"""What rooms bring in when all of their modules are imported. The fast tests look at the imports one by one."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
READS_TEXT = ("hepb.reading.", "hepb.safety.")
"""Modules below these are imported with the first text: with them comes spaCy."""
LIMIT_SECONDS = 1.0
IMPORT = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
ANSWER = """
sys.modules["hepb.assess"].assess(sys.modules["hepb.record"].parse_record({}))
"""
TELL = """
import time
packages = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps({"seconds": time.process_time(), "packages": packages}))
"""


def modules_of(room):
    paths = [path.relative_to(ROOT) for path in sorted((ROOT / room).rglob("*.py")) if path.name != "__main__.py"]
    return [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]


def run(script, names):
    """The packages that are loaded and the processor time that it took, after the script in a process of its own."""
    done = subprocess.run([sys.executable, "-c", script, *names], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return set(told["packages"]), told["seconds"]


def test_core_brings_in_neither_rasa_nor_tensorflow():
    loaded, _ = run(IMPORT + TELL, modules_of("hepb"))
    assert {"hepb", "spacy"} <= loaded
    assert {"rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn"}.intersection(loaded) == set()


def test_core_answers_within_a_second_and_brings_in_nothing_heavy():
    """In processor time: other work on the machine does not count."""
    light = [name for name in modules_of("hepb") if not name.startswith(READS_TEXT)]
    assert {"hepb.reading", "hepb.safety", "hepb.assess"} <= set(light)
    loaded, seconds = run(IMPORT + ANSWER + TELL, [*light, "hepb.safety.urgent"])
    heavy = {"spacy", "rasa", "rasa_sdk", "tensorflow", "sanic", "sklearn", "numpy", "assistant"}
    assert heavy.intersection(loaded) == set()
    assert seconds < LIMIT_SECONDS


def test_actions_bring_in_no_spacy():
    """The action server reads no text: spaCy would take more memory than all of it."""
    loaded, _ = run(IMPORT + TELL, modules_of("actions"))
    assert {"actions", "hepb", "rasa_sdk"} <= loaded
    assert {"rasa", "tensorflow", "sklearn", "spacy"}.intersection(loaded) == set()
