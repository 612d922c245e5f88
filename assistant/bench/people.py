"""Made-up people with hepatitis B: complete, so that every question has an answer.

Their shares are round guesses that give every branch of the guidelines its people; they say nothing of any population.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

AS_OF = date(2026, 11, 1)
SIGNS = ("HBsAg", "HBeAg", "anti_HBc")
UNITS = {"ALT": "U/L", "AST": "U/L", "platelets": "10^9/L"}
RESULTS = (*SIGNS, *UNITS, "HBV_DNA", "HBV_DNA_unit", "ALT_repeat")
DAYS_OF_A_MONTH = 31
ADULT_FROM = 18
STAGES = {0: 50, 1: 20, 2: 14, 3: 8, 4: 8}
CIRRHOSIS = max(STAGES)
PHASES = {  # logarithm of the viral load from and to, ALT in the middle, share with HBeAg
    "tolerant": (6.5, 9.0, 24, 1.0),
    "active": (4.5, 8.5, 95, 1.0),
    "inactive": (0.0, 3.3, 22, 0.0),
    "reactivated": (3.4, 7.5, 80, 0.0),
    "between": (2.5, 6.5, 38, 0.4),
}
DETECTED_FROM = 20
PRESENT = {
    "on_treatment": 0.05,
    "extrahepatic": 0.02,
    "family_history_hcc": 0.08,
    "family_history_cirrhosis": 0.06,
    "diabetes": 0.08,
    "steatosis": 0.15,
    "transmission_risk": 0.05,
    "alcohol": 0.1,
    "hepatotoxic_drugs": 0.06,
    "dna_test_unavailable": 0.0,
}
CHILD, SURFACE_ANTIGEN, CHRONIC, PREGNANT, OTHER_CAUSE_EXCLUDED, NO_UNIT = 0.05, 0.95, 0.97, 0.1, 0.5, 0.15
OFTEN_TOLD = {"HBsAg": 0.9, "HBeAg": 0.5, "HBV_DNA": 0.5, "ALT": 0.7, "age": 0.7, "sex": 0.6}
TOLD_IF_PRESENT, SELDOM_TOLD = 0.5, 0.05
"""How often someone tells a condition that is present, and anything else, unasked."""


@dataclass(frozen=True)
class Person:
    """The value of every item that a question can ask for. ``names_unit``: of the viral load without being asked."""

    values: Mapping[str, Any]
    names_unit: bool

    def record(self, known: Collection[str]) -> dict[str, Any]:
        """The record that holds the items in ``known``."""
        told = {item: value for item, value in self.values.items() if item in known}
        observations = [{"marker": marker, "value": told[marker]} for marker in SIGNS if marker in told]
        observations += [{"marker": m, "value": told[m], "unit": unit} for m, unit in UNITS.items() if m in told]
        if "HBV_DNA" in told:
            unit = "IU/mL" if self.names_unit or "HBV_DNA_unit" in told else None
            observations.append({"marker": "HBV_DNA", "value": told["HBV_DNA"], "unit": unit})
        if "ALT_repeat" in told:
            since = AS_OF - timedelta(days=DAYS_OF_A_MONTH * told["ALT_repeat"])
            observations = [
                {**item, "since": since.isoformat()} if item["marker"] == "ALT" else item for item in observations
            ]
        return {
            **{item: told[item] for item in ("age", "sex") if item in told},
            "as_of": AS_OF.isoformat(),
            "observations": observations,
            "conditions": {item: value for item, value in told.items() if item not in {*RESULTS, "age", "sex"}},
        }

    def told_first(self, source: random.Random) -> set[str]:
        """What the person tells unasked."""
        told = {item for item in self.values if source.random() < self._likelihood(item)}
        return told - {"ALT_repeat", "HBV_DNA_unit"}

    def _likelihood(self, item: str) -> float:
        if item in OFTEN_TOLD:
            return OFTEN_TOLD[item]
        absent = item in RESULTS or self.values[item] in (False, "none", [], 0)
        return SELDOM_TOLD if absent else TOLD_IF_PRESENT


def make_people(count: int, seed: int) -> list[Person]:
    """Return ``count`` people, the same for the same ``seed``."""
    source = random.Random(seed)  # noqa: S311 - no secret: the people must be the same in each run
    return [_person(source) for _ in range(count)]


def _person(source: random.Random) -> Person:
    sex = source.choice(("male", "female"))
    age = source.randint(1, ADULT_FROM - 1) if source.random() < CHILD else round(source.triangular(ADULT_FROM, 85, 40))
    low, high, middle, with_antigen = PHASES[source.choice(tuple(PHASES))]
    load = round(10 ** source.uniform(low, high))
    alt = max(5, round(source.lognormvariate(0, 0.35) * middle))
    stage = source.choices(tuple(STAGES), tuple(STAGES.values()))[0]
    kind = source.choices(("compensated", "decompensated"), (3, 1))[0]
    values: dict[str, Any] = {
        "age": age,
        "sex": sex,
        "HBsAg": "positive" if source.random() < SURFACE_ANTIGEN else "negative",
        "anti_HBc": "positive",
        "HBeAg": "positive" if source.random() < with_antigen else "negative",
        "HBV_DNA": load if load >= DETECTED_FROM else "not detected",
        "HBV_DNA_unit": "IU/mL",
        "ALT": alt,
        "ALT_repeat": source.choice((0, 0, 4, 8, 14)),
        "AST": max(5, round(alt * source.lognormvariate(0.1 * stage - 0.1, 0.25))),
        "platelets": max(30, round(source.gauss(240 - 30 * stage, 50))),
        "fibrosis_stage": stage,
        "inflammation_grade": min(4, max(0, round(source.gauss(alt / 60, 0.8)))),
        "stiffness_kpa": round(source.lognormvariate(1.6 + 0.25 * stage, 0.2), 1),
        "cirrhosis": kind if stage == CIRRHOSIS else "none",
        "infection_over_6_months": source.random() < CHRONIC,
        "pregnant": sex == "female" and ADULT_FROM <= age < 45 and source.random() < PREGNANT,  # noqa: PLR2004 - see top
        "immunosuppression": source.choices(("none", "planned", "current"), (94, 3, 3))[0],
        "coinfection": source.choices(([], ["HIV"], ["HCV"], ["HDV"]), (94, 2, 2, 2))[0],
        "alt_cause_excluded": source.random() < OTHER_CAUSE_EXCLUDED,
        **{name: source.random() < share for name, share in PRESENT.items()},
    }
    return Person(values, names_unit=source.random() >= NO_UNIT)
