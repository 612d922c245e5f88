"""What is committed runs anywhere: no path of one machine, no address of a registry, no overlong module."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LONGEST_MODULE = 300

ELSEWHERE = re.compile(
    r"""(?<![\w.$}~*-])/(?:work|root|home|tmp|opt)/   # a folder of one machine
    | file:///
    | \b(?:pypi|pythonhosted|npmjs|debian|conda|anaconda)\.(?:org|com)\b
    | --(?:extra-)?index-url | --find-links
    """,
    re.VERBOSE,
)
BINARY = {".png", ".jpg", ".ico", ".woff2", ".pdf"}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name(path):
    return str(path.relative_to(ROOT))


# In parts, so that this file names no machine and no registry itself.
@pytest.mark.parametrize(
    "parts", [("cd ", "/work", "/x"), ('open("', "/opt", '/x")'), ("pypi", ".org"), ("--index", "-url x")]
)
def test_pattern_finds_what_runs_on_one_machine_only(parts):
    assert ELSEWHERE.search("".join(parts))


@pytest.mark.parametrize("line", ["see example.org/home/page", "work/tmp/", '"${HOME}/tmp/x"', "IU/mL"])
def test_pattern_lets_other_text_pass(line):
    assert not ELSEWHERE.search(line)


def test_tracked_files_name_no_machine_and_no_registry():
    found = [
        f"{name(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path in tracked()
        if path.suffix not in BINARY and path != Path(__file__)
        for text in [path.read_text()]
        for match in ELSEWHERE.finditer(text)
    ]
    assert found == []


def test_tracked_modules_are_short():
    long = {
        name(path): lines
        for path in tracked()
        if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_tracked_files_leave_out_what_setup_makes():
    made = (".venv/", ".build/", "models/", "var/", ".rasa/")
    assert [name(path) for path in tracked() if name(path).startswith(made)] == []
