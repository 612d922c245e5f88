"""The locked requirements: exact versions with hashes, no addresses, and no version that an advisory names."""

import re
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REQUIREMENTS = Path(__file__).parents[3] / "requirements"
OVERRIDES = REQUIREMENTS / "overrides.txt"
LOCKS = [path for path in sorted(REQUIREMENTS.glob("*.txt")) if path != OVERRIDES]


def entries(lock):
    """The lock's requirements, each with its hashes on one line; comments left out."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.MULTILINE)
    return text.replace("\\\n", " ").splitlines()


@cache
def pinned(lock):
    return {re.match(r"[\w.-]+", entry)[0]: entry.split("==")[1].split()[0] for entry in entries(lock)}


def asked(source):
    for line in source.read_text().splitlines():
        wanted = line.split("#")[0].strip()
        if wanted and not wanted.startswith("-r"):
            yield Requirement(wanted)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_every_package_with_a_hash(lock):
    assert entries(lock)
    loose = [entry for entry in entries(lock) if not re.match(r"\S+==\S+\s.*--hash=sha256:[0-9a-f]{64}", entry)]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_holds_no_address(lock):
    assert re.findall(r"\S*://\S*|^-.*", lock.read_text(), flags=re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_satisfies_what_was_asked_for(lock):
    versions = pinned(lock)
    sources = [lock.with_suffix(".in")] + ([REQUIREMENTS / "bot.in"] if lock.stem == "dev" else [])
    broken = [
        str(wanted)
        for source in sources
        for wanted in asked(source)
        if not wanted.specifier.contains(versions.get(wanted.name.replace("_", "-").lower(), "0"))
    ]
    assert broken == []


def test_lock_keeps_every_override():
    versions = pinned(REQUIREMENTS / "dev.txt")
    assert [str(wanted) for wanted in asked(OVERRIDES) if not wanted.specifier.contains(versions[wanted.name])] == []
