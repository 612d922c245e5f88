"""The readable cases of tests/cases/fhir."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from resources import TODAY, bundle, cases, read, whole_observation

from hepb.assess import assess
from hepb.fhir.notes import LEFT_OUT, MARKED
from hepb.fhir.reading import read_fhir
from hepb.record import parse_record


def test_observation_gives_what_it_says(every):
    def holds(case):
        record, notes = read(whole_observation(**case.get("with", {})))
        wanted = [] if case["record"] == "none" else [case["record"]]
        assert record.get("observations", []) == wanted
        assert notes == case.get("notes", [])

    every([(case["says"], case) for case in cases("observations.yaml")["cases"]], holds)


def test_bundle_gives_what_it_says(every):
    def holds(case):
        record, notes = read(json.loads(json.dumps(case["resource"])))
        assert record == case["record"]
        assert notes == case["notes"]
        result = assess(parse_record(record)).to_dict()
        assert {key: result[key] for key in case["expect"]} == case["expect"]

    every([(case["says"], case) for case in cases("bundles.yaml")], holds)


def test_every_note_has_a_case():
    """What no case shows is no promise to an integrator."""
    shown = {note.rstrip("!") for case in cases("observations.yaml")["cases"] for note in case.get("notes", [])}
    shown |= {note.rstrip("!") for case in cases("bundles.yaml") for note in case["notes"]}
    assert sorted({*LEFT_OUT, *MARKED} - shown) == []


def test_note_says_where_it_is_and_names_what_it_means():
    wrong = whole_observation(valueQuantity={"value": 3, "unit": "pg/mL"})
    [_, note] = read_fhir(bundle({"resourceType": "Basic"}, wrong), TODAY).to_dict()["notes"]
    assert note == {
        "place": "Bundle.entry[1].resource.valueQuantity",
        "note": "unit_unknown",
        "used": False,
        "text": "the unit pg/mL is not known for HBV_DNA",
    }
