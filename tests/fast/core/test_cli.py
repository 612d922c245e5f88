"""The command ``hepb assess``: JSON Lines, exit status, one-line errors, any directory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import fastjsonschema
import pytest

from hepb.record import schema

ROOT = Path(__file__).parents[3]
GOOD = {"age": 24, "sex": "male", "observations": [{"marker": "HBsAg", "value": "positive", "since": "2002-06-01"},
        {"marker": "HBeAg", "value": "positive"}, {"marker": "HBV_DNA", "value": "3.2E8", "unit": "IU/mL"},
        {"marker": "ALT", "value": 22, "unit": None}]}  # fmt: skip


def test_assess_prints_one_valid_result(run):
    status, rows, err = run(json.dumps(GOOD))
    assert (status, err, len(rows)) == (0, "", 1)
    fastjsonschema.compile(schema("result"))(rows[0])
    assert rows[0]["phase"] == "immune_tolerant"


def test_assess_empty_record_is_valid_and_unknown(run):
    status, rows, _ = run("{}")
    assert status == 0
    assert rows[0]["phase"] == "unknown"
    assert rows[0]["consensus"]["decision"] == "unknown"


def test_assess_takes_null_for_absent(run):
    nulls = {"age": None, "sex": None, "as_of": None, "observations": None, "conditions": None}
    assert run(json.dumps(nulls))[1] == run("{}")[1]
    with_nulls = {**GOOD, "observations": [{**item, "date": None, "flag": None} for item in GOOD["observations"]]}
    assert run(json.dumps(with_nulls))[1] == run(json.dumps(GOOD))[1]


REFUSED = {
    "empty input": ("", "JSON object"),
    "no JSON": ("{age: 24}", "JSON object"),
    "a list": ("[]", "JSON object"),
    "unknown key": ('{"weight": 70}', "weight"),
    "unknown key in an observation": ('{"observations": [{"marker": "ALT", "valeu": 3}]}', "valeu"),
    "unknown condition": ('{"conditions": {"smoker": true}}', "smoker"),
    "unknown marker": ('{"observations": [{"marker": "GGT", "value": 3}]}', "observations[0].marker"),
    "no marker": ('{"observations": [{"value": 3}]}', "observations[0]"),
    "unknown unit": ('{"observations": [{"marker": "ALT", "value": 3, "unit": "stone"}]}', "observations[0].unit"),
    "unreadable value": ('{"observations": [{"marker": "ALT", "value": "lots"}]}', "observations[0].value"),
    "a point that may part thousands": (
        '{"observations": [{"marker": "HBV_DNA", "value": "25.000", "unit": "IU/mL"}]}',
        "observations[0].value",
    ),
    "negative value": ('{"observations": [{"marker": "ALT", "value": -3}]}', "observations[0].value"),
    "truth for a number": ('{"observations": [{"marker": "ALT", "value": true}]}', "observations[0].value"),
    "too large a number": (f'{{"observations": [{{"marker": "ALT", "value": {10**400}}}]}}', "observations[0].value"),
    "too large a number in text": ('{"observations": [{"marker": "ALT", "value": "1e999"}]}', "observations[0].value"),
    "range upside down": ('{"observations": [{"marker": "ALT", "value": [9, 3]}]}', "observations[0].value"),
    "NaN": ('{"age": NaN}', "record: NaN"),
    "Infinity": ('{"observations": [{"marker": "ALT", "value": Infinity}]}', "record: Infinity"),
    "too old": ('{"age": 200}', "age"),
    "age as text": ('{"age": "24"}', "age"),
    "unknown sex": ('{"sex": "f"}', "sex"),
    "no date": ('{"as_of": "yesterday"}', "as_of"),
    "no such day": ('{"as_of": "2026-02-30"}', "as_of"),
    "result of tomorrow": (
        '{"as_of": "2026-01-01", "observations": [{"marker": "ALT", "value": 3, "date": "2026-01-02"}]}',
        "observations[0].date",
    ),
    "stage 5": ('{"conditions": {"fibrosis_stage": 5}}', "conditions.fibrosis_stage"),
    "yes for true": ('{"conditions": {"alcohol": "yes"}}', "conditions.alcohol"),
    "unknown virus": ('{"conditions": {"coinfection": ["HEV"]}}', "conditions.coinfection[0]"),
}


@pytest.mark.parametrize("text", [text for text, _ in REFUSED.values()], ids=list(REFUSED))
def test_assess_refuses_in_one_line_with_status_2(run, text):
    field = next(field for known, field in REFUSED.values() if known == text)
    status, rows, err = run(text)
    assert (status, rows) == (2, [])
    assert err.count("\n") == 1
    assert field in err
    assert "Traceback" not in err
    assert field == "JSON object" or "allowed" in err


def test_assess_decisions_only_is_the_short_form(run):
    whole = run(json.dumps(GOOD))[1][0]
    status, (short,), _ = run(json.dumps(GOOD), "--decisions-only")
    assert status == 0
    assert short["consensus"] == whole["consensus"]
    assert short["decisions"] == {
        key: {"decision": item["decision"], "so_far": item["so_far"]} for key, item in whole["decisions"].items()
    }


def test_command_runs_from_any_directory_as_the_clinic_sets_it_and_keeps_output_clean(tmp_path):
    """One real process, as a clinic calls it."""
    file = tmp_path / "clinic.yml"
    file.write_text("leading_guideline: who-2024\ncounted_guidelines: [who-2024, easl-2025]\n", "utf8")
    command, environment = Path(sys.executable).with_name("hepb"), {**os.environ, "CLINIC_FILE": str(file)}
    done = subprocess.run(
        [command, "assess"], input=json.dumps(GOOD), env=environment, cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert (result["phase"], result["leading"]) == ("immune_tolerant", "who-2024")
    assert sum(result["consensus"]["counts"].values()) == 2
    assert list(tmp_path.iterdir()) == [file]


# --- the record's own schema ----------------------------------------------------------------------------------------
def test_record_schema_has_the_vocabulary_of_the_contract():
    """The words of docs/contract.md, which clinics rely on."""
    contract = ROOT.joinpath("docs", "contract.md").read_text("utf8")
    record = schema("record")
    definitions = record["definitions"]
    words = [*record["properties"], *definitions["observation"]["properties"], *definitions["conditions"]["properties"]]
    words += definitions["observation"]["properties"]["marker"]["enum"]
    words += definitions["observation"]["properties"]["interpretation"]["enum"]
    assert [word for word in words if word is not None and f"`{word}`" not in contract] == []
    assert record["additionalProperties"] is False
    assert all(item["additionalProperties"] is False for item in definitions.values())


def test_record_schema_takes_null_as_absent_as_the_command_does(run):
    whole = schema("record")
    words, conditions = (whole["definitions"][part]["properties"] for part in ("observation", "conditions"))
    nothing = dict.fromkeys(whole["properties"])
    nulls = {
        **nothing,
        "observations": [{**dict.fromkeys(words), "marker": "ALT"}],
        "conditions": dict.fromkeys(conditions),
    }
    for record in (nothing, nulls):
        fastjsonschema.compile(whole)(record)
        assert run(json.dumps(record))[0] == 0


def test_result_schema_has_the_vocabulary_of_the_contract():
    contract = ROOT.joinpath("docs", "contract.md").read_text("utf8")
    result = schema("result")
    words = [*result["properties"], *result["definitions"]["phase"]["enum"]]
    words += [*result["definitions"]["guideline_decision"]["properties"], *result["definitions"]["decision"]["enum"]]
    assert [word for word in words if not re.search(rf"`{word}`|`{word}:", contract)] == []


def test_assess_reads_a_point_that_can_only_begin_decimals(run):
    for value, marker, unit in (("25.00", "HBV_DNA", "IU/mL"), (25.000, "HBV_DNA", "IU/mL"), ("0.025", "ALT", None)):
        assert run(json.dumps({"observations": [{"marker": marker, "value": value, "unit": unit}]}))[0] == 0
