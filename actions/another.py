"""Results of another person: a first line that says whose they are, and headlines in words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from actions.dialogue import SELF
from actions.memory import Record
from actions.saying import Say
from hepb.reading.findings import OTHER
from hepb.yaml_files import parse_yaml

FILE = Path(__file__).parents[1] / "data" / "responses" / "another_person.yml"
OF_ANOTHER = "_of_another"
"""The end of the name of a response that is said in place of the one without it."""
ABOUT = "utter_about_"
"""The beginning of the name of the line that says whose results they are."""
_GENERAL = frozenset({"answer", "notice", "urgent", "offer"})
"""Sections that hold for everybody: alone they need no word of whose results they are about."""

_OWN = ("utter_because_", "utter_your_value")
"""What says "your" of results."""


def worded(says: Sequence[Say], person: str, record: Record) -> tuple[Say, ...]:
    """What is said, in the words for ``person``: unchanged for the patient, else whose results they are comes first."""
    if person == SELF or all(say.section in _GENERAL and not say.response.startswith(_OWN) for say in says):
        return tuple(says)
    about = Say(_about(person, record.get("sex") or ""), "notice")
    return (about, *(of_another(say) for say in says))


def _about(person: str, sex: str) -> str:
    names = (f"{ABOUT}{person}_{sex}", f"{ABOUT}{person}", f"{ABOUT}{OTHER}")
    return next(name for name in names if name in another_names())


def of_another(say: Say) -> Say:
    """The message in the words for another person, where it has such words."""
    name = f"{say.response}{OF_ANOTHER}"
    return replace(say, response=name) if name in another_names() else say


@cache
def another_names() -> frozenset[str]:
    """The responses of that file: Rasa sends no domain with a call."""
    return frozenset(parse_yaml(FILE.read_text("utf8"), FILE.name)["responses"])
