"""Beside a result that needs care today nothing says "soon": such a sentence is left out, or says "today"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from actions.saying import Say
from actions.understood import said
from hepb.record import Record
from hepb.result import Result

LEFT_OUT = frozenset({"utter_situation_stopped_treatment_may_be_flare", "utter_next_on_treatment"})
"""What the alarm itself and its next step have said already."""
DUE_TODAY = frozenset({("birth", "ward_today"), ("birth", "ward_now"), ("stopped_treatment", "cirrhosis_danger")})
"""Advice of situations that asks to call somebody today."""
SAID_BY = {
    "bilirubin_with_inr": frozenset({"high_bilirubin", "high_inr", "alt_over_5_with_bilirubin"}),
    "alt_over_5_with_inr": frozenset({"high_inr", "alt_over_10"}),
    "alt_over_5_with_bilirubin": frozenset({"high_bilirubin", "alt_over_10"}),
}
"""What an alarm of two results says already, so that the same advice is not given four times."""
WOKEN = ("immunosuppression", "virus_found")
"""Advice for a virus that came back without HBsAg."""
STIRRING = frozenset({"alt_raised", "viral_rebound", "hbsag_appearance", "hbsag_reappearance", "reactivation"})
"""Events that beside damped immunity do not wait for the next visit."""
NOT_BESIDE_TODAY = frozenset({"utter_situation_stopped_treatment_may_be_flare", "utter_next_treat"})
"""What that advice has said already, or would put off again."""
TODAY = frozenset(
    {
        "utter_course_flare_over_5",
        "utter_course_hbsag_appearance",
        "utter_course_hbsag_reappearance",
        "utter_course_reactivation",
        "utter_course_viral_rebound",
        "utter_next_during_immunosuppression",
        "utter_phase_indeterminate",
        "utter_serology_next_acute_or_flare",
        "utter_serology_together_igm_in_chronic_infection",
        "utter_situation_acute_infection_ask_for_bilirubin",
        "utter_situation_acute_infection_ask_for_inr",
        "utter_situation_acute_infection_new_or_flare",
        "utter_situation_immunosuppression_raised_alt",
        "utter_situation_pregnancy_keep_medicine",
        "utter_situation_pregnancy_needs_HBV_DNA",
        "utter_situation_pregnancy_week_due",
        "utter_situation_pregnancy_week_past",
        "utter_warning_possible_cirrhosis",
    }
)
"""Responses of which there is a second one, with ``_today`` at its end, that does not put the doctor off."""


def alarms(record: Record, result: Result, only: Iterable[str] | None = None) -> Iterator[Say]:
    """What each result that needs care today says, with its values; ``only`` those named."""
    told = said(record)
    values = {marker: told.get(marker, "") for marker in ("ALT", "bilirubin", "INR")}
    named = tuple(result.alarms if only is None else only)
    said_already = frozenset().union(*(SAID_BY.get(alarm, ()) for alarm in named))
    for alarm in (alarm for alarm in named if alarm not in said_already):
        yield Say(f"utter_alarm_{alarm}", "urgent", values)


def _advised(result: Result) -> frozenset[tuple[str, str]]:
    return frozenset((found.situation, advice.says) for found in result.situations for advice in found.advice)


def _due_today(result: Result) -> bool:
    """Whether a situation asks to call somebody today, or the virus stirs while immunity is damped."""
    return bool(DUE_TODAY & _advised(result)) or stirs(result)


def stirs(result: Result) -> bool:
    """Whether the virus stirs while a medicine damps immunity: what was quiet is not, or it is found without HBsAg."""
    stirring = any(event.now and event.name in STIRRING for event in result.course.events)
    return WOKEN in _advised(result) or (stirring and "during_immunosuppression" in result.next_steps)


def beside_alarm(says: Iterable[Say], result: Result) -> Iterator[Say]:
    """The messages; where a result or a situation needs somebody today, none of them puts that off."""
    today = result.alarms or _due_today(result)
    left_out = LEFT_OUT if result.alarms else NOT_BESIDE_TODAY
    for say in says:
        if today and say.response in left_out:
            continue
        if today and say.response in TODAY:
            yield replace(say, response=f"{say.response}_today")
        else:
            yield say
