"""The commands ``hepb assess`` and ``hepb read``: JSON Lines, exit status, one-line errors, any directory."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import fastjsonschema
import pytest

from hepb import cli
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
    "negative value": ('{"observations": [{"marker": "ALT", "value": -3}]}', "observations[0].value"),
    "truth for a number": ('{"observations": [{"marker": "ALT", "value": true}]}', "observations[0].value"),
    "too large a number": (f'{{"observations": [{{"marker": "ALT", "value": {10**400}}}]}}', "observations[0].value"),
    "too large a number in text": ('{"observations": [{"marker": "ALT", "value": "1e999"}]}', "observations[0].value"),
    "range upside down": ('{"observations": [{"marker": "ALT", "value": [9, 3]}]}', "observations[0].value"),
    "NaN": ('{"age": NaN}', "JSON object"),
    "Infinity": ('{"observations": [{"marker": "ALT", "value": Infinity}]}', "JSON object"),
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


def test_command_runs_from_any_directory_and_keeps_output_clean(tmp_path):
    """One real process, as a clinic calls it."""
    command = Path(sys.executable).with_name("hepb")
    done = subprocess.run(
        [command, "assess"], input=json.dumps(GOOD), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["phase"] == "immune_tolerant"
    assert list(tmp_path.iterdir()) == []


def timed(command):
    """A finished process and the processor time that it took: other programs on the machine do not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_core_imports_in_a_second_without_spacy_or_rasa():
    heavy = ("spacy", "rasa", "rasa_sdk", "tensorflow", "numpy", "assistant")
    code = "import sys, hepb.assess, hepb.record, hepb.cli; hepb.assess.assess(hepb.record.parse_record({})); "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    done, seconds = timed([sys.executable, "-c", code])
    assert done.stdout.strip() == "[]"
    assert seconds < 1


# --- hepb read ------------------------------------------------------------------------------------------------------
TEXT = "I'm 24, male, HBsAg positive, HBeAg positive, HBV DNA 3.2x10^8 IU/mL, ALT 22"


def read(capsys, *arguments):
    status = cli.read(arguments)
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err


def test_read_prints_one_row_with_a_null_id(capsys):
    status, (row,), err = read(capsys, TEXT)
    assert (status, err) == (0, "")
    assert row["id"] is None
    assert {"id", "markers", "others"} == set(row)
    assert row["markers"]["HBV_DNA"]["unit"] == "IU/mL"
    assert row["markers"]["ALT"]["unit"] is None


def test_read_output_can_be_fed_into_assess(capsys, run):
    _, (row,), _ = read(capsys, TEXT)
    markers = dict(row["markers"])
    record = {
        "age": markers.pop("age")["value"],
        "sex": markers.pop("sex")["value"],
        "observations": [{"marker": marker, **item} for marker, item in markers.items()],
    }
    status, (result,), _ = run(json.dumps(record))
    assert (status, result["phase"]) == (0, "immune_tolerant")


def test_read_jsonl_keeps_order_and_ids(capsys, tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in
                            (("b", "ALT 40 U/L"), ("a", "HBsAg negative"), (7, "hello"))), "utf8")  # fmt: skip
    status, rows, _ = read(capsys, "--jsonl", str(path))
    assert status == 0
    assert [row["id"] for row in rows] == ["b", "a", 7]
    assert rows[2]["markers"] == {}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', "3"])
def test_read_jsonl_refuses_a_row_without_text(capsys, tmp_path, line):
    path = tmp_path / "texts.jsonl"
    path.write_text(line + "\n", "utf8")
    status, _, err = read(capsys, "--jsonl", str(path))
    assert status == 2
    assert err.count("\n") == 1
    assert "line 1" in err


# --- the record's own schema ----------------------------------------------------------------------------------------
def test_record_schema_has_the_vocabulary_of_the_contract():
    """The words of docs/contract.md, which clinics rely on."""
    contract = ROOT.joinpath("docs", "contract.md").read_text("utf8")
    record = schema("record")
    definitions = record["definitions"]
    words = [*record["properties"], *definitions["observation"]["properties"], *definitions["conditions"]["properties"]]
    words += definitions["observation"]["properties"]["marker"]["enum"]
    words += definitions["observation"]["properties"]["interpretation"]["enum"]
    assert [word for word in words if f"`{word}`" not in contract] == []
    assert record["additionalProperties"] is False
    assert all(item["additionalProperties"] is False for item in definitions.values())


def test_result_schema_has_the_vocabulary_of_the_contract():
    contract = ROOT.joinpath("docs", "contract.md").read_text("utf8")
    result = schema("result")
    words = [*result["properties"], *result["definitions"]["phase"]["enum"]]
    words += [*result["definitions"]["guideline_decision"]["properties"], *result["definitions"]["decision"]["enum"]]
    assert [word for word in words if not re.search(rf"`{word}`|`{word}:", contract)] == []
