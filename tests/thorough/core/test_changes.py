"""``would_change_if`` against trying out every change of a record: each holds, none nearer does, none is left out."""

from __future__ import annotations

import copy
from datetime import timedelta
from itertools import pairwise

from generated import AS_OF, VIRUSES, examples, patients
from hypothesis import given
from hypothesis import strategies as st

from hepb.assess import assess, decisions_only
from hepb.compiler import compiled
from hepb.record import parse_record

BOTH_WAYS = ("ALT", "HBV_DNA", "HBsAg_level")
MARKER = {"HBsAg_level": "HBsAg"}
ONLY_UP = ("age", "stiffness_kpa", "fibrosis_stage", "inflammation_grade")
WHOLE = ("fibrosis_stage", "inflammation_grade")
UNITS = {"ALT": "U/L", "HBV_DNA": "IU/mL", "HBsAg_level": "IU/mL"}
IN_ORDER = {"cirrhosis": ("none", "compensated", "decompensated"), "immunosuppression": ("none", "planned", "current")}
FOR_GOOD = ("cirrhosis", "family_history_hcc", "family_history_cirrhosis", *VIRUSES)
YES_NO = (
    "pregnant", "extrahepatic", "family_history_hcc", "family_history_cirrhosis", "diabetes", "steatosis",
    "transmission_risk", *VIRUSES,
)  # fmt: skip
MOST = {"age": 119.0, "stiffness_kpa": 99.0}
YESTERDAY = (AS_OF - timedelta(days=1)).isoformat()
MONTHS = sorted({limit for index, _ in compiled().space.months for limit in compiled().space.axes[index].limits})


# --- one change of a record -----------------------------------------------------------------------------------------
def told(record, subject, value, months=None):
    """The record had the person told this as well: of a result a new one, of today or lasting since ``months``."""
    after = copy.deepcopy(record)
    if subject in {"age", "sex"}:
        return {**after, subject: value}
    if subject in UNITS or subject == "HBeAg":
        marker = MARKER.get(subject, subject)
        kept = [item for item in after["observations"] if item["marker"] != marker]
        if subject == "ALT" and not months:
            kept += [{**item, "date": YESTERDAY} for item in after["observations"] if item["marker"] == subject]
        new = {"marker": marker, "value": value, "unit": UNITS.get(subject), "since": before(months or 0)}
        return {**after, "observations": [*kept, new]}
    if subject in VIRUSES:
        others = [virus for virus in after["conditions"].get("coinfection") or () if virus != subject]
        subject, value = "coinfection", [*others, subject] if value else others
    return {**after, "conditions": {**after["conditions"], subject: value}}


def before(months):
    """The day so many months before the day of the assessment."""
    year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 - int(months), 12)
    return AS_OF.replace(year=year, month=month + 1).isoformat()


# --- every change worth trying --------------------------------------------------------------------------------------
def ladder(subject):
    """A value on every limit of any rule and one in every gap, in order, each with how a reason names it."""
    if subject in WHOLE:
        return [(value, (">=", float(value)), ("<=", float(value))) for value in range(5)]
    limits = compiled().space.axis(subject).limits
    steps = [(limits[0] / 2, (">", 0.0), ("<", limits[0]))] if limits[0] else []
    for low, high in pairwise((*limits, MOST.get(subject, 2 * limits[-1]))):
        steps += [(low, (">=", low), ("<=", low)), ((low + high) / 2, (">", low), ("<", high))]
    return steps


def present(record, subject):
    """Lowest and highest value that the record leaves possible, and whether they belong to it; None if it is open."""
    if subject in BOTH_WAYS:
        marker = MARKER.get(subject, subject)
        found = [item.reading.levels for item in parse_record(record).observations if item.marker == marker]
        if not found or found[0] is None:
            return None
        low, high = min(found[0]), max(found[0], key=lambda level: (level.high, not level.high_open))
        return (low.low, low.low_open), (high.high, high.high_open)
    value = record.get("age") if subject == "age" else record["conditions"].get(subject) or 0
    if value is None:
        return None
    if subject == "fibrosis_stage" and record["conditions"].get(subject) is None:
        value = 0 if record["conditions"].get("cirrhosis") in {None, "none"} else 4
    return (value, False), (value, False)


def tries(record):
    """Per subject and direction the changes from the nearest to the farthest: how it is named, and the new record."""
    for subject in (*BOTH_WAYS, *ONLY_UP):
        if (now := present(record, subject)) is None:
            continue
        (low, low_open), (high, high_open) = now
        lasting = (None, *MONTHS) if subject == "ALT" else (None,)
        yield [
            ((MARKER.get(subject, subject), *name, months), told(record, subject, value, months))
            for value, name, _ in ladder(subject)
            if value > high or (value == high and high_open)
            for months in lasting
        ]
        if subject in BOTH_WAYS:
            yield [
                ((MARKER.get(subject, subject), *name, None), told(record, subject, value))
                for value, _, name in reversed(ladder(subject))
                if value < low or (value == low and low_open)
            ]
    for item in record["observations"]:
        if item["marker"] == "HBeAg":
            other = {"positive": "negative", "negative": "positive"}[item["value"]]
            yield [(("HBeAg", "is", other, None), told(record, "HBeAg", other))]
    for subject, words in (*IN_ORDER.items(), *((name, (False, True)) for name in YES_NO)):
        if subject == "pregnant" and record.get("sex") == "male":
            continue
        place = words.index(word_now(record, subject, words[0]))
        ways = [words[place + 1 :]] if subject in FOR_GOOD else [words[place + 1 :], reversed(words[:place])]
        for way in ways:
            yield [
                ((subject, "is", subject if subject in VIRUSES else word, None), told(record, subject, word))
                for word in way
            ]


def word_now(record, subject, absent):
    conditions = record["conditions"]
    if subject in VIRUSES:
        return subject in (conditions.get("coinfection") or ())
    if subject == "cirrhosis" and conditions.get(subject) is None and conditions.get("fibrosis_stage") == 4:
        return "compensated"
    if subject == "immunosuppression" and conditions.get(subject) is None and conditions.get("immunosuppression_type"):
        return "planned"
    return absent if conditions.get(subject) is None else conditions[subject]


def nearest_changes(record):
    """By guideline, what trying out every change finds."""
    now = decisions_only(parse_record(record))
    found = {key: [] for key in now}
    for way in tries(record):
        waiting = {key for key, answer in now.items() if answer.so_far not in {"unknown", "not_applicable"}}
        for name, after in way:
            if not waiting:
                break
            then = decisions_only(parse_record(after))
            for key in [key for key in waiting if then[key].so_far not in {now[key].so_far, "unknown"}]:
                waiting.discard(key)
                if then[key].so_far != "not_applicable":
                    found[key].append(name)
    return found


def said(decision):
    """What the result says, in the same form."""
    return [
        (
            reason.value if reason.name == "coinfection" else reason.name,
            reason.op,
            reason.value,
            reason.months,
        )
        for reason in decision.would_change_if
    ]


def check(record):
    decisions = assess(parse_record(record)).decisions
    for guideline, expected in nearest_changes(record).items():
        assert sorted(said(decisions[guideline]), key=str) == sorted(expected, key=str), guideline


# --- generated records ----------------------------------------------------------------------------------------------
@examples(8)
@given(patients(most_left_out=8))
def test_changes_named_are_the_nearest_that_change_the_answer(patient):
    check(patient.record())


@examples(6)
@given(patients(most_left_out=20))
def test_changes_named_are_the_nearest_for_someone_of_whom_little_is_known(patient):
    check(patient.record())


VAGUE = {
    "HBV_DNA": (
        {"value": "<20", "unit": "IU/mL"},
        {"value": "<2000", "unit": "IU/mL"},
        {"value": ">1.7E8", "unit": "IU/mL"},
        {"value": [1500, 15000], "unit": "IU/mL"},
        {"value": 5000},
        {"value": 6},
        {"value": "~2000", "unit": "IU/mL"},
        {"value": "detected"},
    ),
    "ALT": (
        {"value": "<35", "unit": "U/L"},
        {"value": "~40", "unit": "U/L"},
        {"value": [20, 45], "unit": "U/L"},
        {"value": "normal"},
        {"value": ">80", "unit": "U/L"},
    ),
}


@examples(6)
@given(patients(most_left_out=3), st.sampled_from((2000, 10_000, 12_000, "<0.05", "~9000")))
def test_changes_named_hold_for_a_level_of_hbsag(patient, level):
    record = patient.record()
    measured = {"marker": "HBsAg", "value": level, "unit": "IU/mL"}
    record["observations"] = [measured if item["marker"] == "HBsAg" else item for item in record["observations"]]
    check(record)


@examples(8)
@given(patients(most_left_out=6), st.sampled_from(VAGUE["HBV_DNA"]), st.sampled_from((None, *VAGUE["ALT"])))
def test_changes_named_lie_beyond_all_that_a_vague_value_can_be(patient, dna, alt):
    record = patient.record()
    vague = {"HBV_DNA": {"marker": "HBV_DNA", **dna}} | ({"ALT": {"marker": "ALT", **alt}} if alt else {})
    record["observations"] = [vague.get(item["marker"], item) for item in record["observations"]]
    check(record)
