"""Numbers that responses mention, from the knowledge of the core and the settings of the server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from actions import printing
from hepb.assays import assays
from hepb.criteria import tests_in
from hepb.loader import knowledge
from hepb.reading.durations import duration

NEEDED: Mapping[str, tuple[str, ...]] = {
    "utter_answer_what_is_hbsag": ("chronic_months",),
    "utter_answer_what_is_hepatitis_b": ("chronic_months",),
    "utter_answer_acute_infection": ("chronic_months",),
    "utter_answer_acute_or_chronic": ("chronic_months",),
    "utter_answer_how_diagnosed": ("chronic_months",),
    "utter_phase_under_six_months": ("chronic_months",),
    "utter_next_under_six_months": ("chronic_months",),
    "utter_ask_background": ("chronic_months",),
    "utter_ask_background_of_another": ("chronic_months",),
    "utter_because_infection_over_6_months_true": ("chronic_months",),
    "utter_because_infection_over_6_months_false": ("chronic_months",),
    "utter_answer_units": ("copies_low", "copies_high"),
    "utter_answer_privacy": ("retention_hours",),
    "utter_confirm_sign_anti_HBs": ("protective_from",),
    "utter_ask_alt_repeat": ("lasting_short", "lasting_long"),
    "utter_next_alt_repeat": ("lasting_short",),
    "utter_serology_infected": ("chronic_months",),
    "utter_serology_chronic": ("chronic_months",),
    "utter_warning_old_result": ("old_months",),
    "utter_warning_values_apart": ("old_months",),
    "utter_confirm_immunosuppression": ("immunosuppression_months",),
    "utter_warning_under_18": ("adult_age",),
    "utter_warning_maternal_antibody": ("mothers_months",),
}
"""Which response needs which of these numbers; a test keeps this equal to data/responses."""


@cache
def lasting_months() -> Mapping[str, int]:
    """The shortest and the longest time, in months, for which a guideline wants ALT to stay raised."""
    asked = {
        int(test.months)
        for guideline in knowledge().guidelines
        for rule in guideline.rules()
        for test in tests_in(rule.when)
        if test.months
    }
    return {"short": min(asked), "long": max(asked)}


@cache
def _numbers() -> Mapping[str, str]:
    copies = assays().units["HBV_DNA"]["copies/mL"]
    lasting = lasting_months()
    protective = next(sign for sign in assays().signs if (sign.marker, sign.unit) == ("anti_HBs", "mIU/mL"))
    return {
        "protective_from": printing.number(protective.positive_from),
        "chronic_months": str(assays().chronic_after_months),
        "immunosuppression_months": str(duration("immunosuppression")[0]),
        "mothers_months": str(assays().mothers_antibody_below_months),
        "adult_age": str(assays().adult_from_years),
        "copies_low": printing.number(round(1 / copies.high, 1)),
        "copies_high": printing.number(round(1 / copies.low, 1)),
        "old_months": str(assays().old_result_months),
        "lasting_short": str(lasting["short"]),
        "lasting_long": str(lasting["long"]),
        "retention_hours": os.environ.get("RETENTION_HOURS", "24"),
    }


def values_for(response: str) -> dict[str, str]:
    """The placeholders of ``response`` that are the same for every patient."""
    return {name: _numbers()[name] for name in NEEDED.get(response, ())}
