"""Generated people and records: complete, with holes, and messy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hepb.criteria import CHOICES

# HEPB_EXAMPLES=2000 searches long and at random; without it a test run is short and always the same.
_ASKED_FOR = os.environ.get("HEPB_EXAMPLES")


def examples(usually: int) -> settings:
    """So many examples per property, unless the environment asks for another number."""
    return settings(
        max_examples=int(_ASKED_FOR or usually),
        derandomize=_ASKED_FOR is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


AS_OF = date(2026, 11, 22)
SINCE = {0: None, 3: "2026-08-22", 6: "2026-05-22"}
DNA = (0.0, 1.0, 2000.0, 2001.0, 20000.0, 20001.0, 200000.0, 200001.0, 1000000.0, 1000001.0,
       10000000.0, 10000001.0)  # fmt: skip
ALT = (10.0, 19.0, 22.0, 25.0, 28.0, 30.0, 32.0, 35.0, 38.0, 40.0, 45.0, 50.0, 60.0, 70.0, 80.0, 90.0)
AGES = (0.5, 1, 1.5, 2, 11, 12, 17, 18, 30, 31, 40, 41)
APRI = (0.2, 0.5, 0.7, 1.0, 1.1)
HBSAG_LEVEL = (10000.0, 10001.0)  # no record gives it
CHILD_BELOW = 12
CIRRHOSIS_STAGE = 4
STIFFNESS = (5.0, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 11.0, 12.5, 13.0)
YES_NO = (
    "on_treatment", "infection_over_6_months", "extrahepatic", "family_history_hcc", "family_history_cirrhosis",
    "diabetes", "steatosis", "transmission_risk", "alcohol", "hepatotoxic_drugs", "dna_test_unavailable",
)  # fmt: skip
VIRUSES = ("HIV", "HCV", "HDV")
HELD_DOWN_BY = CHOICES["immunosuppression_type"]
NUMBERS_ABSENT = {"fibrosis_stage": 0, "inflammation_grade": 0, "stiffness_kpa": 5.0}
RARE = {"on_treatment": True, "infection_over_6_months": False, "dna_test_unavailable": True}
MAY_BE_LEFT_OUT = (
    "HBsAg", "HBeAg", "HBV_DNA", "ALT", "age", "sex", "AST", "cirrhosis", "fibrosis_stage", "inflammation_grade",
    "stiffness_kpa", "immunosuppression", "immunosuppression_type", "coinfection", "pregnant", *YES_NO,
)  # fmt: skip


@dataclass(frozen=True)
class Patient:
    """A complete person and which items the record leaves out."""

    person: dict[str, Any]
    left_out: frozenset[str]

    def record(self) -> dict[str, Any]:
        person, out = self.person, self.left_out
        observations = [
            {"marker": "HBsAg", "value": person["HBsAg"]},
            {"marker": "HBeAg", "value": person["HBeAg"]},
            {"marker": "HBV_DNA", "value": person["HBV_DNA"], "unit": "IU/mL"}
            if person["HBV_DNA"]
            else {"marker": "HBV_DNA", "value": "not detected"},
            {"marker": "ALT", "value": person["ALT"], "unit": "U/L", "since": SINCE[person["shown_months"]]},
            {"marker": "AST", "value": person["APRI"] * 100, "unit": "U/L"},
            {"marker": "platelets", "value": 250, "unit": "10^9/L"},
        ]
        conditions = {
            name: person[name] for name in (*YES_NO, *NUMBERS_ABSENT, "cirrhosis", "immunosuppression", "pregnant")
        }
        conditions["coinfection"] = [virus for virus in VIRUSES if person[virus]]
        conditions["alt_cause_excluded"] = person["alt_cause_excluded"]
        if person["immunosuppression"] != "none":
            conditions["immunosuppression_type"] = person["immunosuppression_type"]
        record = {
            "age": person["age"],
            "sex": person["sex"],
            "as_of": AS_OF.isoformat(),
            "observations": [item for item in observations if item["marker"] not in out],
            "conditions": {name: value for name, value in conditions.items() if name not in out},
        }
        return {key: value for key, value in record.items() if key not in out}


def _mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((usual,) * (3 * len(others)) + others)


_PERSON = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(("male", "female")),
        "pregnant": _mostly(False, True),
        "age": _mostly(25, *AGES),
        "HBsAg": _mostly("positive", "negative"),
        "HBeAg": st.sampled_from(("positive", "negative")),
        "HBV_DNA": st.sampled_from(DNA),
        "ALT": st.sampled_from(ALT),
        "shown_months": st.sampled_from(tuple(SINCE)),
        "APRI": _mostly(0.2, *APRI),
        "stiffness_kpa": _mostly(5.0, *STIFFNESS),
        "fibrosis_stage": _mostly(0, 1, 2, 3, 4),
        "inflammation_grade": _mostly(0, 1, 2, 3),
        "cirrhosis": st.sampled_from(("compensated", "decompensated")),
        "immunosuppression": _mostly("none", "planned", "current"),
        "immunosuppression_type": st.sampled_from(HELD_DOWN_BY),
        "alt_cause_excluded": st.sampled_from((None, None, True, False)),
        **{name: _mostly(not RARE.get(name, True), RARE.get(name, True)) for name in YES_NO},
        **{virus: _mostly(False, False, True) for virus in VIRUSES},
    }
)


def patients(most_left_out: int = 3) -> st.SearchStrategy[Patient]:
    """Someone whose values lie on, under and over the limits, with some items left out of the record."""
    left_out = st.frozensets(st.sampled_from(MAY_BE_LEFT_OUT), max_size=most_left_out)
    return st.builds(_patient, _PERSON, left_out)


def _patient(drawn: dict[str, Any], left_out: frozenset[str]) -> Patient:
    """A person in whom nothing contradicts another thing."""
    adult = drawn["age"] >= CHILD_BELOW
    return Patient(
        {
            **drawn,
            "pregnant": drawn["pregnant"] and adult and drawn["sex"] == "female",
            "alcohol": drawn["alcohol"] and adult,
            "cirrhosis": drawn["cirrhosis"] if drawn["fibrosis_stage"] == CIRRHOSIS_STAGE else "none",
        },
        left_out,
    )


# --- messy input ----------------------------------------------------------------------------------------------------
MARKERS = (
    "HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM", "HBV_DNA", "ALT", "AST",
    "platelets", "AFP", "bilirubin", "INR", "albumin", "creatinine",
)  # fmt: skip
UNITS = (
    None, None, "IU/mL", "iu/ml", "copies/mL", "log10 IU/mL", "log10 copies/mL", "kIU/mL", "U/L", "ukat/L", "µkat/L",
    "10^9/L", "10*9/L", "/uL", "mg/dL", "umol/L", "mIU/mL", "S/CO", "COI", "bananas", "",
)  # fmt: skip
PRINTED = (
    "positive", "negative", "not detected", "<20", "< 20", ">1.7E8", "~40", "3.2E8", "1,200,000", "5.4", "10^7", "TND",
    "reactive", "non-reactive", "normal", "elevated", "H", "grey zone", "", " ", "abc", "-5", "1e999", "<0", ">=0",
    "≤20", "0", "1,2", "1e-999", "٣", "∞", "nan", "inf", "3.2x10^8", "10^99",
)  # fmt: skip
DAYS = (None, None, "2026-11-22", "2026-08-01", "2025-01-31", "2020-02-29", "1999-12-31", "2027-01-01", "yesterday")
_numbers = st.one_of(
    st.sampled_from((0, 0.0, 1, 19, 20, 30, 35, 70, 2000, 20000, 1e6, 3.2e8, 1e300, 1e-300, -1)),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-10, 10**12),
    st.just(10**400),
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_observation = st.fixed_dictionaries(
    {"marker": st.sampled_from(MARKERS)},
    optional={
        "value": st.one_of(st.none(), _numbers, st.sampled_from(PRINTED), st.tuples(_numbers, _numbers).map(list)),
        "unit": st.sampled_from(UNITS),
        "date": st.sampled_from(DAYS),
        "since": st.sampled_from(DAYS),
        "comparator": st.sampled_from((None, None, "<", "<=", ">", ">=", "~", "range")),
        "interpretation": st.sampled_from(
            (None, "positive", "negative", "detected", "undetectable", "normal", "elevated", "indeterminate")
        ),
        "reference_high": st.sampled_from((None, 40, 1, 0.5, 10**400, float("nan"))),
        "flag": st.sampled_from((None, "H", "L", "+", "*")),
    },
)
_conditions = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from((None, True, False)) for name in (*YES_NO, "pregnant", "alt_cause_excluded")},
        "cirrhosis": st.sampled_from((None, "none", "compensated", "decompensated")),
        "immunosuppression": st.sampled_from((None, "none", "planned", "current")),
        "coinfection": st.lists(st.sampled_from(VIRUSES), max_size=3),
        "fibrosis_stage": st.sampled_from((None, 0, 1, 2, 3, 4)),
        "inflammation_grade": st.sampled_from((None, 0, 2)),
        "stiffness_kpa": st.sampled_from((None, 5, 7.0, 13, float("nan"))),
    },
)
messy_records = st.fixed_dictionaries(
    {"as_of": st.just(AS_OF.isoformat())},
    optional={
        "age": st.sampled_from((None, 0, 0.5, 12, 18, 30, 31, 41, 120)),
        "sex": st.sampled_from((None, "male", "female")),
        "observations": st.lists(_observation, max_size=8),
        "conditions": _conditions,
    },
)
_KEYS = st.sampled_from(("age", "sex", "as_of", "observations", "conditions", "extra"))
any_json = st.one_of(_json, st.dictionaries(_KEYS, _json, max_size=4))
