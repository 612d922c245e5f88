"""``hepb assess --fhir``: one line of JSON, exit status, and one line for every file that is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import fastjsonschema
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from resources import bundle, cases, whole_observation

from hepb import cli
from hepb.fhir.reading import LARGEST_FILE
from hepb.record import schema

WHOLE = cases("bundles.yaml")[0]["resource"]


@pytest.fixture
def assess(tmp_path, capsys):
    """Give exit status, rows and standard error of the command for one file."""

    def command(content, *arguments):
        path = tmp_path / "file.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        status = cli.assess(["--fhir", str(path), *arguments])
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], err

    return command


def test_command_prints_one_valid_result_with_the_record_it_read(assess):
    status, [row], err = assess(WHOLE, "--as-of", "2026-11-22")
    assert (status, err) == (0, "")
    fastjsonschema.compile(schema("result"))(row)
    assert row["phase"] == "immune_tolerant"
    assert row["fhir"]["record"] == cases("bundles.yaml")[0]["record"]
    assert {"place": "Bundle", "note": "resource_not_read", "used": False,
            "text": "resources of this type are not read: MedicationStatement (1)"} in row["fhir"]["notes"]  # fmt: skip


def test_command_answers_as_for_the_record_it_prints(assess, monkeypatch, capsys):
    _, [row], _ = assess(WHOLE)
    done = row.pop("fhir")
    monkeypatch.setattr("sys.stdin.read", lambda: json.dumps(done["record"]), raising=False)
    assert cli.assess([]) == 0
    assert json.loads(capsys.readouterr().out) == row


def test_command_asks_for_the_unit_of_a_viral_load(assess):
    positive = {
        "resourceType": "Observation",
        "status": "final",
        "valueString": "Positive",
        "effectiveDateTime": "2026-10-05",
    }
    coded = [
        {**positive, "code": {"coding": [{"system": "http://loinc.org", "code": code}]}}
        for code in ("5196-1", "13954-3")
    ]
    for unit, is_asked in ((None, True), ("IU/mL", False)):
        load = whole_observation(valueQuantity={"value": 60000, "unit": unit})
        _, [row], _ = assess(bundle(*coded, load), "--as-of", "2026-11-22")
        assert ("HBV_DNA_unit" in row["missing"]) is is_asked


def test_command_prints_the_short_form(assess):
    _, [row], _ = assess(WHOLE, "--decisions-only")
    assert sorted(row) == ["consensus", "decisions", "fhir"]


REFUSED = {
    "nothing": (b"", "F002"),
    "no JSON": (b"{", "F002"),
    "XML": (b"<Bundle xmlns='http://hl7.org/fhir'/>", "XML"),
    "a list": (b"[]", "F002"),
    "not UTF-8": (b'{"resourceType": "\xff"}', "not UTF-8"),
    "a key twice": (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', "twice"),
    "a number that is none": (b'{"resourceType": "Bundle", "total": NaN}', "F002"),
    "nested too deep to read": (b'{"resourceType": "Bundle", "entry": ' + b"[" * 100_000, "F002"),
    "nested deep": (b'{"resourceType": "Bundle", "entry": ' + b"[" * 400 + b"]" * 400 + b"}", "Bundle.entry[0]"),
    "another resource": (b'{"resourceType": "Patient"}', "F004"),
    "no resource": (b"{}", "F004"),
    "type of a type": (b'{"resourceType": ["Bundle"]}', "F003"),
    "old versions": (b'{"resourceType": "Bundle", "type": "history"}', "F007"),
    "wrong type deep within": (
        json.dumps(bundle(whole_observation(code={"coding": {"code": "Jane Doe"}}))).encode(),
        "Bundle.entry[0].resource.code.coding: an object is not allowed; allowed: a list",
    ),
    "too large": (b" " * (LARGEST_FILE + 1), "F001"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "named"), REFUSED.values(), ids=REFUSED)
def test_command_refuses_in_one_line_with_status_2(assess, content, named):
    status, rows, err = assess(content)
    assert (status, rows) == (2, [])
    assert err.count("\n") == 1
    assert named in err
    assert "Jane" not in err


def test_command_refuses_more_results_than_are_read(assess, monkeypatch):
    monkeypatch.setattr("hepb.fhir.reading.MOST_RESULTS", 3)
    assert assess(bundle(*[whole_observation()] * 3))[0] == 0
    status, rows, err = assess(bundle(*[whole_observation()] * 4))
    assert (status, rows, err.count("\n")) == (2, [], 1)
    assert "F006" in err


def test_command_refuses_a_file_that_is_not_there(tmp_path, capsys):
    for path in (tmp_path / "none.json", tmp_path):
        assert cli.assess(["--fhir", str(path)]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert str(path) in err


def test_command_refuses_two_sources_and_a_day_that_is_none(tmp_path):
    command = [Path(sys.executable).with_name("hepb"), "assess", "--fhir", "x.json"]
    for more in (["--jsonl", "y"], ["--as-of", "yesterday"]):
        done = subprocess.run([*command, *more], check=False, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
