"""The command ``hepb read``: JSON Lines, exit status, one-line errors."""

from __future__ import annotations

import json

import pytest

from hepb import cli

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
