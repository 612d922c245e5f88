"""What holds for every file: what goes in as FHIR comes out as the record, and nothing breaks the reader."""

from __future__ import annotations

import copy
import json
import sys
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from resources import TODAY, bundle, cases, read

from hepb.errors import FhirError
from hepb.fhir.codes import codes
from hepb.fhir.reading import read_fhir
from hepb.record import parse_record

QUICK = settings(max_examples=40, deadline=None, derandomize=True)
CODE_OF = {test.marker: code for code, test in sorted(codes().tests.items()) if test.marker and not test.units}
CODE_OF["HBV_DNA"] = "42595-9"
UNITS = {
    "HBV_DNA": ["[IU]/mL"], "HBsAg": ["[IU]/mL", "{s_co_ratio}"], "ALT": ["U/L", "ukat/L"], "AST": ["U/L"],
    "platelets": ["10*9/L"], "bilirubin": ["mg/dL", "umol/L"], "anti_HBs": ["m[IU]/mL"], "AFP": ["ng/mL", "ug/L"],
    "albumin": ["g/L", "g/dL"], "INR": ["{INR}"],
}  # fmt: skip
WORDS = {"positive": "10828004", "negative": "260385009", "detected": "260373001", "undetectable": "260415000"}
SEROLOGY = ("HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM")


@st.composite
def numbers(draw):
    """A number in the record, and its Observation."""
    marker = draw(st.sampled_from(sorted(UNITS)))
    unit, value = draw(st.sampled_from(UNITS[marker])), draw(st.integers(1, 10**7))
    comparator, day = draw(st.sampled_from([None, "<", ">="])), draw(st.dates(date(2015, 1, 1), TODAY)).isoformat()
    wanted = {"marker": marker, "value": value, "unit": codes().units[unit], "comparator": comparator, "date": day}
    quantity = {"value": value, "system": "http://unitsofmeasure.org", "code": unit, "comparator": comparator}
    return {key: told for key, told in wanted.items() if told}, {"valueQuantity": quantity}


@st.composite
def words(draw):
    """A word in the record, and its Observation."""
    marker, word = draw(st.sampled_from(SEROLOGY)), draw(st.sampled_from(sorted(WORDS)))
    day = draw(st.dates(date(2015, 1, 1), TODAY)).isoformat()
    coding = {"system": "http://snomed.info/sct", "code": WORDS[word]}
    return {"marker": marker, "interpretation": word, "date": day}, {"valueCodeableConcept": {"coding": [coding]}}


def written(wanted, value):
    code = {"coding": [{"system": "http://loinc.org", "code": CODE_OF[wanted["marker"]]}]}
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        "effectiveDateTime": wanted["date"],
        **value,
    }


@QUICK
@given(st.lists(numbers() | words(), max_size=6))
def test_reading_gives_back_what_was_written(results):
    record, notes = read(bundle(*(written(*one) for one in results)))
    assert record.get("observations", []) == [wanted for wanted, _ in results]
    assert set(notes) <= {"code_unverified"}
    parse_record(json.loads(json.dumps(record)))


WHOLE = cases("bundles.yaml")[0]["resource"]
OTHER = [
    {"resourceType": "Condition"},
    {"resourceType": "Basic", "extension": [{"url": "urn:x"}]},
    {"resourceType": ""},
]


@QUICK
@given(st.permutations(range(len(WHOLE["entry"]))), st.lists(st.sampled_from(OTHER), max_size=3))
def test_reading_does_not_depend_on_order_or_on_what_stands_beside(order, other):
    entries = [WHOLE["entry"][place] for place in order] + [{"resource": item} for item in other]
    record, _ = read({**WHOLE, "entry": entries})
    first, _ = read(WHOLE)
    assert sorted(map(str, record.pop("observations"))) == sorted(map(str, first.pop("observations")))
    assert record == first


def places(value, path=()):
    """The path of every value in a resource."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def answered(resource):
    """The lines that are said about a resource; one that is read gives a record that holds."""
    try:
        reading = read_fhir(resource, TODAY)
    except FhirError as error:
        return [str(error)]
    parse_record(reading.record)
    return [note.to_dict()["text"] for note in reading.notes]


RESOURCES = [case["resource"] for case in cases("bundles.yaml")]
WRONG = st.sampled_from(
    [None, [], {}, "", "x", "#", 0, -1, 1e300, 10**400, True, [[]], [None], [{}], {"a": {}}, "\ud800", "9" * 500]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_reading_answers_any_wrong_value_with_a_plain_error_or_a_note(data):
    resource = copy.deepcopy(data.draw(st.sampled_from(RESOURCES)))
    *path, last = data.draw(st.sampled_from([path for path in places(resource) if path]))
    holder = resource
    for key in path:
        holder = holder[key]
    holder[last] = data.draw(WRONG)
    lines = answered(resource)
    assert all(len(line) < 300 and "\n" not in line for line in lines)
