"""A FHIR resource that became a record becomes values that mean the same as a message."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "fhir"))
from resources import TODAY, cases

from assistant.slips.days import SampleDay
from assistant.slips.records import days_of_record, values_of_record
from assistant.slips.values import dated
from hepb.fhir.reading import read_fhir
from hepb.reading import read_text

RECORDS = {
    case["says"]: read_fhir(case["resource"], TODAY).record for case in cases("bundles.yaml") if "record" in case
}


def test_records_lose_no_result_and_change_none(every):
    def holds(record):
        results = [value for value in values_of_record(record) if value.written is not None]
        for value, told in zip(results, record.get("observations", []), strict=True):
            assert value.written == told.get("date", "")
            words = dated(value.words, value.written) if value.written else value.words
            [finding] = read_text(words, TODAY).findings
            assert (finding.name, finding.value, finding.date) == (told["marker"], told.get("value"), told.get("date"))
            if "interpretation" in told:
                assert finding.interpretation == told["interpretation"]

    every(RECORDS.items(), holds)


def test_records_tell_the_person_and_the_other_viruses_without_a_day():
    record = {"age": 41.7, "sex": "female", "conditions": {"coinfection": []}}
    values = values_of_record(record)
    assert [value.words for value in values] == [
        "age 41", "sex female", "HIV negative", "anti-HCV negative", "anti-HDV negative",
    ]  # fmt: skip
    assert {value.written for value in values} == {None}
    assert [value.words for value in values_of_record({"conditions": {"coinfection": ["HCV"]}})] == [
        "anti-HCV positive"
    ]


def test_records_values_as_text_and_without_a_unit_are_taken_as_they_stand():
    results = [
        {"marker": "HBV_DNA", "value": "<20", "unit": "IU/mL"}, {"marker": "HBV_DNA", "value": 5000.0},
        {"marker": "ALT", "value": 1.35, "unit": "ukat/L", "date": "2026-10-05"},
    ]  # fmt: skip
    values = values_of_record({"observations": results})
    assert [value.words for value in values] == ["HBV DNA <20 IU/mL", "HBV DNA 5000", "ALT 1.35 ukat/L"]
    assert days_of_record(values) == (SampleDay("2026-10-05", (date(2026, 10, 5),)), SampleDay("", ()))


def test_records_value_that_no_message_can_say_is_to_be_typed():
    [value] = values_of_record({"observations": [{"marker": "ALT", "value": "see text", "unit": "U/L"}]})
    assert (value.words, value.line) == (None, "ALT see text U/L")
