"""One person in a file, whatever they are called there; several are refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from resources import TODAY, bundle, read, whole_observation

from hepb.errors import FhirError
from hepb.fhir.reading import read_fhir

PATIENT = {
    "resourceType": "Patient",
    "id": "1",
    "birthDate": "1980-05-05",
    "identifier": [{"system": "urn:x", "value": "7"}],
}


def of(**subject):
    return whole_observation(subject=subject)


def at(url, resource):
    return {"fullUrl": url, "resource": resource}


ONE = {
    "by its relative reference": bundle(PATIENT, of(reference="Patient/1")),
    "by an identifier": bundle(PATIENT, of(identifier={"system": "urn:x", "value": "7"})),
    "by a version of it": bundle(PATIENT, of(reference="Patient/1/_history/3")),
    "by its address": {
        "resourceType": "Bundle",
        "entry": [at("http://a/fhir/Patient/1", PATIENT), {"resource": of(reference="http://a/fhir/Patient/1")},
                  {"resource": of(reference="Patient/1")}],
    },
    "by a unique name": {
        "resourceType": "Bundle",
        "entry": [at("urn:uuid:5", {**PATIENT, "id": None}), {"resource": of(reference="urn:uuid:5")}],
    },
    "contained in each result": bundle(
        *({**of(reference="#p"), "id": str(number), "contained": [{**PATIENT, "id": "p"}]} for number in range(2))
    ),
}  # fmt: skip
SEVERAL = {
    "two patients": bundle(PATIENT, {**PATIENT, "id": "2", "identifier": []}),
    "two references": bundle(of(reference="Patient/1"), of(reference="Patient/2")),
    "a patient and another one's result": bundle(PATIENT, of(reference="Patient/2")),
    "the same number on two servers": bundle(of(reference="http://a/Patient/1"), of(reference="http://b/Patient/1")),
    "two names": bundle(of(display="Ann"), of(display="Bob")),
    "two contained": bundle(
        *({**of(reference="#p"), "id": name, "contained": [{"resourceType": "Patient", "id": "p", "birthDate": name}]}
          for name in ("1980-01-01", "1990-01-01"))
    ),
    "a report of another": bundle(of(reference="Patient/1"), {"resourceType": "DiagnosticReport", "status": "final",
                                                              "subject": {"reference": "Patient/2"}}),
}  # fmt: skip


@pytest.mark.parametrize("resource", ONE.values(), ids=ONE)
def test_persons_one_is_known_by_every_name(resource):
    record, notes = read(resource)
    assert (record["age"], set(notes)) == (46, set())


@pytest.mark.parametrize("resource", SEVERAL.values(), ids=SEVERAL)
def test_persons_several_are_refused(resource):
    with pytest.raises(FhirError, match="F005: results of 2 patients"):
        read_fhir(resource, TODAY)
