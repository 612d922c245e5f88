"""What others wrote and we keep a copy of is the copy that it says it is, with its licence."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = sorted(ROOT.glob("web/**/vendor/*/package.json"))


@pytest.mark.parametrize("described", PACKAGES, ids=[path.parent.name for path in PACKAGES])
def test_vendored_files_are_those_that_were_taken(described):
    package = json.loads(described.read_text())
    assert "LICENSE" in package["files"]
    kept = {path.name for path in described.parent.iterdir()} - {described.name}
    assert kept == set(package["files"])
    for name, about in package["files"].items():
        assert hashlib.sha256((described.parent / name).read_bytes()).hexdigest() == about["sha256"], name


def test_vendored_packages_are_found():
    assert [path.parent.name for path in PACKAGES] == ["simple-keyboard"]
