"""What must hold for every record: nothing crashes, implied values change nothing, order and units do not matter."""

from __future__ import annotations

import copy
import json
from datetime import timedelta

import pytest
from generated import ALT, AS_OF, any_json, examples, messy_records, patients
from hypothesis import given
from hypothesis import strategies as st

from hepb.assess import assess, decisions_only
from hepb.compiler import compiled
from hepb.errors import RecordError
from hepb.facts import build_facts
from hepb.phase import classify
from hepb.record import parse_record

MANY = examples(25)
KNOWN = {"treat", "consider", "monitor", "not_applicable"}


def answers(record):
    """Phase and decisions, without the words about them."""
    read = parse_record(record)
    phase = classify(compiled(), build_facts(read, compiled().space))
    return phase.phase, phase.likely, {key: (d.decision, d.so_far) for key, d in decisions_only(read).items()}


def parsed(data):
    """The record and no refusal, or no record and the line that refuses it."""
    try:
        return parse_record(data, AS_OF), ""
    except RecordError as error:
        return None, str(error)


def find(record, marker):
    return next((item for item in record["observations"] if item["marker"] == marker), None)


# --- nothing crashes ------------------------------------------------------------------------------------------------
@MANY
@given(messy_records)
def test_messy_record_gives_a_valid_result_or_one_line(valid_result, data):
    record, refusal = parsed(data)
    if record is None:
        assert "allowed" in refusal
        assert "\n" not in refusal
    else:
        valid_result(assess(record))


@MANY
@given(any_json)
def test_any_json_gives_a_record_or_one_line(data):
    assert "\n" not in parsed(data)[1]


@MANY
@given(patients(most_left_out=12))
def test_record_with_holes_gives_a_valid_result(valid_result, patient):
    valid_result(assess(parse_record(patient.record())))


@MANY
@given(patients(most_left_out=6))
def test_decisions_only_says_what_the_whole_result_says(patient):
    record = parse_record(patient.record())
    short, whole = decisions_only(record), assess(record).decisions
    assert {k: (d.decision, d.so_far) for k, d in short.items()} == {
        k: (d.decision, d.so_far) for k, d in whole.items()
    }


# --- what is implied changes nothing --------------------------------------------------------------------------------
def with_result(record, **item):
    return {**record, "observations": [*record["observations"], item]}


def implied(record):
    """Records with one thing added that already follows from the record."""
    conditions = record["conditions"]
    for name, value in (
        ("pregnant", False if record.get("sex") == "male" else None),
        ("dna_test_unavailable", False if find(record, "HBV_DNA") else None),
        ("cirrhosis", "none" if 0 <= conditions.get("fibrosis_stage", 4) < 4 else None),
    ):
        if value is not None and conditions.get(name) is None:
            yield name, {**record, "conditions": {**conditions, name: value}}
    for item in record["observations"]:
        yield "again", with_result(record, **item)
    alt = find(record, "ALT")
    if alt and alt.get("since"):
        earlier = {**alt, "since": None, "date": (AS_OF - timedelta(days=20)).isoformat()}
        yield "within since", with_result(record, **earlier)
    if (dna := find(record, "HBV_DNA")) and dna["value"] != "not detected":
        looser = {"marker": "HBV_DNA", "value": f"<{dna['value'] * 10}", "unit": "IU/mL"}
        yield "looser", {**record, "observations": [*record["observations"], looser]}
        yield (
            "detected",
            {**record, "observations": [*record["observations"], {"marker": "HBV_DNA", "value": "detected"}]},
        )
    for empty in ("value", "unit", "date"):
        yield "null", {**record, "observations": [{**item, empty: item.get(empty)} for item in record["observations"]]}


@MANY
@given(patients(most_left_out=4))
def test_adding_what_is_implied_changes_no_decision(patient):
    record = patient.record()
    before = answers(record)
    for what, after in implied(record):
        assert answers(after) == before, what


@MANY
@given(patients(most_left_out=4), st.data())
def test_adding_what_is_true_never_turns_a_decision(patient, data):
    """A strict decision stays when one more true thing is told: unknown may become known, nothing else."""
    if not patient.left_out:
        return
    told = data.draw(st.sampled_from(sorted(patient.left_out)))
    before = answers(patient.record())[2]
    after = answers(type(patient)(patient.person, patient.left_out - {told}).record())[2]
    for guideline, (decision, _) in before.items():
        if decision in KNOWN:
            assert after[guideline] == (decision, decision), told


@MANY
@given(patients(most_left_out=8))
def test_so_far_agrees_with_a_decision_that_is_known(patient):
    for decision, so_far in answers(patient.record())[2].values():
        assert decision in {"unknown", so_far}


# --- order, sex, units ----------------------------------------------------------------------------------------------
@MANY
@given(messy_records, st.randoms(use_true_random=False))
def test_order_of_observations_does_not_matter(data, random):
    if parsed(data)[0] is None:
        return
    before = answers(data)
    mixed = copy.deepcopy(data)
    random.shuffle(mixed.get("observations", []))
    assert answers(mixed) == before


UNLIKE = {
    "ALT in ukat/L": ("ALT", lambda item: {**item, "value": item["value"] / 60, "unit": "ukat/L"}),
    "ALT in iu/l": ("ALT", lambda item: {**item, "unit": "iu/l"}),
    "AST in µkat/L": ("AST", lambda item: {**item, "value": item["value"] / 60, "unit": "µkat/L"}),
    "DNA in kIU/mL": ("HBV_DNA", lambda item: {**item, "value": item["value"] / 1000, "unit": "kIU/mL"}),
    "DNA as text": ("HBV_DNA", lambda item: {**item, "value": f"{item['value']:.7E}"}),
    "platelets in 10*9/L": ("platelets", lambda item: {**item, "unit": "10*9/L"}),
    "platelets in /uL": ("platelets", lambda item: {**item, "value": item["value"] * 1000, "unit": "/uL"}),
}


@pytest.mark.parametrize("name", UNLIKE)
@examples(6)
@given(patient=patients(most_left_out=2))
def test_another_unit_for_the_same_value_changes_nothing(name, patient):
    marker, change = UNLIKE[name]
    record = patient.record()
    item = find(record, marker)
    if item is None or item["value"] == "not detected":
        return
    others = [other for other in record["observations"] if other is not item]
    assert answers({**record, "observations": [*others, change(item)]}) == answers(record)


@pytest.mark.parametrize("power", [0, 2, 3.29, 3.31, 4.29, 4.31, 5.99, 6, 6.01, 8.5])
def test_viral_load_as_a_logarithm_decides_as_its_number(power):
    def decided(item):
        observations = [{"marker": "HBsAg", "value": "positive"}, {"marker": "HBeAg", "value": "negative"},
                        {"marker": "ALT", "value": 90, "unit": "U/L"}, {"marker": "HBV_DNA", **item}]  # fmt: skip
        return answers({"age": 35, "sex": "male", "as_of": AS_OF.isoformat(), "observations": observations})

    as_number = {"value": f"{10**power:.4E}", "unit": "IU/mL"}
    assert decided({"value": power, "unit": "log10 IU/mL"}) == decided(as_number)
    assert decided({"value": f"{power}", "unit": "Log10 [IU]/mL"}) == decided(as_number)


@MANY
@given(patients(most_left_out=3))
def test_sex_matters_only_through_the_limit_of_alt(patient):
    """Normal by both limits or raised by both and twice both: then the other sex is answered alike."""
    person = {**patient.person, "ALT": 10.0 if patient.person["ALT"] < 40 else 90.0}
    person["pregnant"] = False
    by_sex = []
    for sex in ("male", "female"):
        record = type(patient)({**person, "sex": sex}, patient.left_out - {"sex", "pregnant"}).record()
        by_sex.append(answers(record))
    assert by_sex[0] == by_sex[1]


@pytest.mark.parametrize("alt", ALT)
def test_alt_without_unit_decides_as_units_per_litre(alt):
    def record(unit):
        return {"age": 35, "sex": "male", "as_of": AS_OF.isoformat(),
                "observations": [{"marker": "HBsAg", "value": "positive"},
                                 {"marker": "HBV_DNA", "value": 50000, "unit": "IU/mL"},
                                 {"marker": "ALT", "value": alt, "unit": unit}]}  # fmt: skip

    assert answers(record(None)) == answers(record("U/L"))


def test_results_survive_json(valid_result):
    printed = valid_result(assess(parse_record({}, AS_OF)))
    assert json.loads(json.dumps(printed)) == printed
