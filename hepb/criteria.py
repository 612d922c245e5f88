"""Criteria: what a guideline asks for, as data.

A criterion is written in the knowledge files as one readable line, or as ``all``, ``any`` or ``not`` over others::

    HBV_DNA > 2000 IU/mL            a number with its unit
    ALT >= 2 x ULN                  a multiple of the guideline's own upper limit of normal
    ALT > 1 x ULN for 3 months      raised throughout that time
    HBeAg is positive               a sign, a yes/no condition (``is true``) or a choice (``is none or planned``)
    HBV_DNA > 20000 IU/mL (?)       the sources print both ``>`` and ``>=``: a value on the limit is reported
    significant_fibrosis            a definition of the same file

Line grammar and subjects are checked strictly; a number without a unit is an error (K004).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hepb.errors import KnowledgeError
from hepb.sureness import least_sure

NUMBERS: Mapping[str, str] = {
    "HBV_DNA": "IU/mL",
    "HBsAg_level": "IU/mL",
    "ALT": "U/L",
    "bilirubin": "mg/dL",
    "INR": "ratio",
    "APRI": "ratio",
    "FIB4": "ratio",
    "PAGE_B": "points",
    "age": "years",
    "pregnancy_week": "weeks",
    "stiffness_kpa": "kPa",
    "fibrosis_stage": "METAVIR",
    "inflammation_grade": "METAVIR",
}
"""Numeric subjects and the unit that a criterion must write."""

_YES_NO = ("true", "false")
_SIGN = ("positive", "negative")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "sex": ("male", "female"),
    **dict.fromkeys(("HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM"), _SIGN),
    **dict.fromkeys(
        (
            "on_treatment",
            "infection_over_6_months",
            "pregnant",
            "HIV",
            "HCV",
            "HDV",
            "family_history_hcc",
            "family_history_cirrhosis",
            "extrahepatic",
            "diabetes",
            "steatosis",
            "transmission_risk",
            "alcohol",
            "hepatotoxic_drugs",
            "alt_cause_excluded",
            "dna_test_unavailable",
            "birth_near",
            "postpartum",
            "kidney_disease",
            "bone_disease",
            "missed_doses",
            "wishes_to_stop",
            "stopped_treatment",
            "recent_exposure",
            "vaccinated",
        ),
        _YES_NO,
    ),
    "cirrhosis": ("none", "compensated", "decompensated"),
    "immunosuppression": ("none", "planned", "current"),
    "immunosuppression_type": (
        "anti_cd20",
        "stem_cell_transplant",
        "organ_transplant",
        "chemotherapy",
        "steroids",
        "other",
    ),
    "ancestry": ("asian", "african", "other"),
}
"""Subjects with a closed list of values."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison. ``value`` is a number in ``unit``, or a tuple of choices with ``op`` ``is``.

    With ``times_upper_limit`` the value is a multiple of the guideline's upper limit of normal by sex.
    ``months``: how long it must have held. ``operator_open``: sources disagree on a value exactly on the limit.
    ``confidence``: how sure the settings in it are, None where it has none; it does not tell comparisons apart.
    """

    subject: str
    op: str
    value: float | tuple[str, ...]
    unit: str | None = None
    times_upper_limit: bool = False
    months: float | None = None
    operator_open: bool = False
    confidence: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Criterion


Criterion = Test | All | AnyOf | Not
ALWAYS = All(())

_COMPARISON = re.compile(
    r"(?P<subject>\w+) (?P<op>>=|<=|>|<) (?P<value>\d+(?:\.\d+)?(?:e\d+)?)(?: (?P<unit>x ULN|\S+))?"
    r"(?: for (?P<months>\d+(?:\.\d+)?) months)?(?P<open> \(\?\))?"
)
_CHOICE = re.compile(r"(?P<subject>\w+) is (?P<values>\w+(?: or \w+)*)")


@dataclass(frozen=True)
class Reader:
    """Reads the criteria of one file. ``settings`` fill ``{name}`` in a line; ``definitions`` name criteria.

    ``confidences``: how sure each setting is.
    """

    file: str
    settings: Mapping[str, float]
    definitions: Mapping[str, Any]
    confidences: Mapping[str, str] = field(default_factory=dict)

    def read(self, data: object, key: str) -> Criterion:
        """The criterion written as ``data`` under ``key``. Raises :class:`KnowledgeError` naming file and key."""
        if isinstance(data, str):
            return self._line(data, key)
        if isinstance(data, list) and data:
            return All(tuple(self.read(item, f"{key}[{i}]") for i, item in enumerate(data)))
        if isinstance(data, dict) and len(data) == 1:
            ((word, body),) = data.items()
            if word in {"all", "any"} and isinstance(body, list) and body:
                parts = tuple(self.read(item, f"{key}.{word}[{i}]") for i, item in enumerate(body))
                return All(parts) if word == "all" else AnyOf(parts)
            if word == "not":
                return Not(self.read(body, f"{key}.not"))
        raise KnowledgeError(
            "K005", file=self.file, key=key, value=data, allowed="a line, all: [...], any: [...], not:"
        )

    def _line(self, line: str, key: str) -> Criterion:
        if line.isidentifier():
            if line not in self.definitions:
                raise KnowledgeError("K009", file=self.file, key=key, value=line)
            return self.read(self.definitions[line], f"definitions.{line}")
        try:
            text = line.format(**{name: f"{value:.15g}" for name, value in self.settings.items()})
        except (KeyError, IndexError, ValueError):
            raise KnowledgeError("K009", file=self.file, key=key, value=line) from None
        if text in {"HBV_DNA is detected", "HBV_DNA is undetected"}:
            return Test("HBV_DNA", ">" if text.endswith(" detected") else "<=", 0.0, "IU/mL")
        if match := _CHOICE.fullmatch(text):
            return self._choice(match, key)
        if match := _COMPARISON.fullmatch(text):
            return replace(self._comparison(match, key), confidence=self._confidence(line))
        raise KnowledgeError("K005", file=self.file, key=key, value=line, allowed="see hepb/criteria.py for the forms")

    def _confidence(self, line: str) -> str | None:
        used = [confidence for name, confidence in self.confidences.items() if f"{{{name}}}" in line]
        return least_sure(used) if used else None

    def _choice(self, match: re.Match[str], key: str) -> Test:
        subject, values = match["subject"], tuple(match["values"].split(" or "))
        allowed = CHOICES.get(subject)
        if allowed is None:
            raise KnowledgeError("K005", file=self.file, key=key, value=subject, allowed=", ".join(CHOICES))
        if wrong := [value for value in values if value not in allowed]:
            raise KnowledgeError("K005", file=self.file, key=key, value=wrong[0], allowed=", ".join(allowed))
        return Test(subject, "is", values)

    def _comparison(self, match: re.Match[str], key: str) -> Test:
        subject, unit = match["subject"], match["unit"]
        if subject not in NUMBERS:
            raise KnowledgeError("K005", file=self.file, key=key, value=subject, allowed=", ".join(NUMBERS))
        if unit is None:
            raise KnowledgeError("K004", file=self.file, key=key)
        times = unit == "x ULN"
        if unit != NUMBERS[subject] and not (times and subject == "ALT"):
            raise KnowledgeError("K005", file=self.file, key=key, value=unit, allowed=NUMBERS[subject])
        months = float(match["months"]) if match["months"] else None
        if months is not None and not (subject == "ALT" and match["op"] in {">", ">="}):
            raise KnowledgeError(
                "K005", file=self.file, key=key, value=match[0], allowed="months for ALT above a limit"
            )
        return Test(
            subject, match["op"], float(match["value"]), "U/L" if times else unit, times, months, bool(match["open"])
        )


def tests_in(criterion: Criterion) -> tuple[Test, ...]:
    """Every comparison in a criterion, in reading order."""
    match criterion:
        case Test():
            return (criterion,)
        case All(parts) | AnyOf(parts):
            return tuple(test for part in parts for test in tests_in(part))
        case Not(part):
            return tests_in(part)
