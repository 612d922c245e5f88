"""`make help` lists every target, and the targets that clinics and continuous integration rely on exist."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
RELIED_ON = {"run", "test", "test-fast", "setup", "bench", "eval", "eval-baselines", "lint", "help"}


def targets():
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def test_makefile_help_lists_every_target():
    shown = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    listed = dict(re.findall(r"^make (\S+) +(\S.*)$", shown, flags=re.MULTILINE))
    assert listed.keys() == targets()


def test_makefile_has_the_targets_others_rely_on():
    assert targets() >= RELIED_ON


def test_makefile_targets_are_never_taken_for_files():
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)[1]
    assert set(phony.split()) == targets()


def test_ci_runs_the_test_command():
    assert re.search(r"^exec make test$", (ROOT / ".ci" / "run").read_text(), flags=re.MULTILINE)
