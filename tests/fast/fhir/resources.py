"""FHIR resources of tests/cases/fhir, seen on one day."""

import json
from datetime import date
from pathlib import Path

from hepb.fhir.reading import read_fhir
from hepb.yaml_files import parse_yaml

CASES = Path(__file__).parents[2] / "cases" / "fhir"
TODAY = date(2026, 11, 22)


def cases(name):
    return parse_yaml(CASES.joinpath(name).read_text("utf8"), name)


WHOLE = cases("observations.yaml")["whole"]


def whole_observation(**other):
    """The whole Observation of the cases, with other keys; None takes a key away."""
    item = json.loads(json.dumps({**WHOLE, **other}))
    return {key: value for key, value in item.items() if value is not None}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": item} for item in resources]}


def read(resource):
    """The record and the notes of a resource, a note that is left out with ``!``."""
    reading = read_fhir(resource, TODAY)
    return reading.record, [note.note + ("" if note.used else "!") for note in reading.notes]
