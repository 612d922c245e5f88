"""A second, naive evaluator of the guideline files: two-valued, one complete person at a time, no diagrams.

It reads the YAML itself and takes nothing from :mod:`hepb` but the place of the files, so that a fault in the core's
loader, criteria, compiler or diagrams shows as a difference. What comes before the guidelines (HBsAg negative, under
six months, on treatment) and the condition on other causes of a raised ALT are written here from the contract.

A person is a dict: ``sex``, ``age``, signs, numbers in canonical units, conditions, ``HIV`` ... as truth values, and
by operator and limit how many months ALT has been over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from hepb.yaml_files import knowledge_folder

Person = dict[Any, Any]
Holds = Callable[[Person], bool]
COMPARE = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


class NaiveGuideline:
    """One guideline file, evaluated as a person would read it.

    ``lasting``: by sex, operator and limit of every comparison of ALT that asks for time.
    ``reads``: every key of a person that its decision looks at.
    """

    def __init__(self, name: str) -> None:
        folder = knowledge_folder() / "guidelines"
        data = yaml.load(folder.joinpath(f"{name}.yaml").read_text("utf8"), yaml.CSafeLoader)
        self.id = data["id"]
        self.counted = data["status"] == "counted"
        self.lasting: dict[str, set[tuple[str, float]]] = {"male": set(), "female": set()}
        self.reads: set[Any] = {"HBsAg", "on_treatment", "infection_over_6_months"}
        self._limits = data["upper_limits"]["ALT"]
        self._settings = {key: item["value"] for key, item in data.get("settings", {}).items()}
        self._definitions = data.get("definitions", {})
        self._groups = [
            (
                self._criterion(group["people"]),
                [(self._criterion(rule["when"]), rule["decision"]) for rule in group["rules"]],
                group["otherwise"]["decision"],
            )
            for group in data["groups"]
        ]
        self._outside = data["outside"]["decision"]

    def decision(self, person: Person) -> str:
        if person["HBsAg"] == "negative" or person["on_treatment"] or not person["infection_over_6_months"]:
            return "not_applicable"
        for people, rules, otherwise in self._groups:
            if people(person):
                return next((decision for when, decision in rules if when(person)), otherwise)
        return self._outside

    def _criterion(self, data: Any) -> Holds:
        if isinstance(data, dict):
            ((word, body),) = data.items()
            parts = [self._criterion(part) for part in (body if isinstance(body, list) else [body])]
            if word == "not":
                return lambda person: not parts[0](person)
            return _joined(parts, {"all": False, "any": True}[word])
        if data in self._definitions:
            return self._criterion(self._definitions[data])
        line = re.sub(r"\{(\w+)\}", lambda match: str(self._settings[match[1]]), data)
        words = line.replace(" (?)", "").split()
        self.reads.add(words[0])
        if words[1] == "is":
            return self._choice(words[0], set(words[2:]) - {"or"})
        return self._comparison(words)

    @staticmethod
    def _choice(subject: str, values: set[str]) -> Holds:
        if subject == "HBV_DNA":
            return lambda person: (person["HBV_DNA"] > 0) == (values == {"detected"})
        allowed = values | {value == "true" for value in values & {"true", "false"}}
        return lambda person: person[subject] in allowed

    def _comparison(self, words: list[str]) -> Holds:
        subject, op, number = words[0], COMPARE[words[1]], float(words[2])
        if words[3:5] != ["x", "ULN"]:
            return lambda person: op(person[subject], number)
        months = float(words[6]) if "for" in words else 0
        raised = words[1].startswith(">")
        self.reads |= {"sex", *(CAUSES if raised else ())}
        if months:
            for sex, limits in self.lasting.items():
                limits.add((words[1], number * self._limits[sex]))
                self.reads |= limits

        def holds(person: Person) -> bool:
            limit = number * self._limits[person["sex"]]
            counts = not raised or not other_cause(person)
            lasts = not months or person[words[1], limit] >= months
            return op(person["ALT"], limit) and counts and lasts

        return holds


def _joined(parts: list[Holds], settles: bool) -> Holds:
    """The criterion that is ``settles`` as soon as one of its parts is."""

    def holds(person: Person) -> bool:
        for part in parts:  # any() and all() take twice as long
            if part(person) is settles:
                return settles
        return not settles

    return holds


CAUSES = ("alcohol", "hepatotoxic_drugs", "steatosis", "alt_cause_excluded")


def other_cause(person: Person) -> bool:
    """Whether something else may explain a raised ALT."""
    suspected = person["alcohol"] or person["hepatotoxic_drugs"] or person["steatosis"]
    return suspected and not person["alt_cause_excluded"]


def guideline_names() -> list[str]:
    return sorted(path.stem for path in (knowledge_folder() / "guidelines").glob("*.yaml"))


def share(decisions: list[str]) -> str:
    """The consensus of complete persons."""
    given = set(decisions) - {"not_applicable"}
    return "differ" if len(given) > 1 else given.pop() if given else "not_applicable"
