"""``hepb assess --jsonl``: every row is answered in its place, whatever it holds, in constant memory."""

from __future__ import annotations

import io
import re
import sys

from cohort import peak_memory

from hepb import cli
from hepb.rows import LONGEST_ROW


def test_assess_jsonl_answers_bad_rows_in_their_place(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{}\n{\n\n{"weight": 70}\n{}\n', "utf8")
    status, rows, err = run(None, "--jsonl", str(path))
    assert (status, err) == (1, "")
    assert [row.get("phase") for row in rows] == ["unknown", None, None, "unknown"]
    assert [row["line"] for row in rows if "line" in row] == [2, 4]
    assert [sorted(row) for row in rows if "line" in row] == [["error", "line"]] * 2
    assert "weight" in rows[2]["error"]


def test_assess_jsonl_of_good_rows_has_status_0(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n" * 3, "utf8")
    status, rows, _ = run(None, "--jsonl", str(path))
    assert (status, len(rows)) == (0, 3)


def test_assess_jsonl_gives_the_id_of_a_row_back(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a7"}\n{"id": 3, "weight": 70}\n{"id": null}\n{"id": ["Ann"]}\n', "utf8")
    status, rows, _ = run(None, "--jsonl", str(path))
    assert status == 1
    assert [row.get("id") for row in rows] == ["a7", 3, None, None]
    assert [row.get("line") for row in rows] == [None, 2, None, 4]
    assert "Ann" not in rows[3]["error"]


BAD_ROWS = {
    "not JSON": (b"{", "not a JSON object"),
    "no object": (b"[]", "not a JSON object"),
    "two objects": (b"{} {}", "not a JSON object"),
    "not UTF-8": (b'{"sex": "\xff"}', "0xff"),
    "NaN": (b'{"age": NaN}', "NaN is not allowed"),
    "number too large": (b'{"age": 1e999}', "age"),
    "too many digits": (b'{"age": ' + b"9" * 5000 + b"}", "not a JSON object"),
    "nested too deep to read": (b'{"age": ' + b"[" * 100_000, "not a JSON object"),
    "nested deep": (b'{"age": ' + b"[" * 900 + b"]" * 900 + b"}", "age"),
    "nested deep where nulls are": (b'{"observations": ' + b"[" * 400 + b"]" * 400 + b"}", "observations"),
    "a key twice": (b'{"age": 20, "age": 70}', "'age'"),
    "a key twice within": (b'{"conditions": {"alcohol": true, "alcohol": false}}', "'alcohol'"),
    "half a character": (b'{"sex": "\\ud800"}', "sex"),
    "too long": (b'{"sex": "' + b"m" * LONGEST_ROW + b'"}', str(LONGEST_ROW)),
}


def test_assess_jsonl_answers_every_kind_of_bad_row_and_does_the_rest(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(row + b"\n{}\n" for row, _ in BAD_ROWS.values()))
    status, rows, err = run(None, "--jsonl", str(path), "--decisions-only")
    assert (status, err) == (1, "")
    assert [row.get("line") for row in rows] == [n for i in range(len(BAD_ROWS)) for n in (2 * i + 1, None)]
    for row, (kind, (_, named)) in zip(rows[::2], BAD_ROWS.items(), strict=True):
        assert named in row["error"], kind
        assert len(row["error"]) < 1000, kind
        assert "\n" not in row["error"], kind
    assert all(row["consensus"]["decision"] == "unknown" for row in rows[1::2])


def test_assess_jsonl_reads_what_windows_writes(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"sex": "male"}\r\n\r\n{}')
    status, rows, _ = run(None, "--jsonl", str(path), "--decisions-only")
    assert (status, len(rows)) == (0, 2)


def test_assess_jsonl_refuses_a_file_that_is_not_there(run, tmp_path):
    for path in (tmp_path / "rows.jsonl", tmp_path):
        status, rows, err = run(None, "--jsonl", str(path))
        assert (status, rows) == (2, [])
        assert err.count("\n") == 1
        assert str(path) in err


def test_assess_jsonl_holds_one_row_at_a_time(tmp_path):
    assert peak_memory(tmp_path, 2000) < 500_000
    assert tmp_path.joinpath("rows.jsonl").stat().st_size > 2_000_000


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_assess_jsonl_shows_on_a_terminal_how_far_it_is(tmp_path, monkeypatch, capsys):
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n" * 3, "utf8")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert cli.assess(["--jsonl", str(path), "--decisions-only"]) == 0
    drawn = sys.stderr.getvalue().split("\r")
    assert re.fullmatch(r"\[#{24}\] 100% 3 records, [\d,]+ a second \n", drawn[-1])
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_assess_jsonl_draws_nothing_among_results_on_the_same_terminal(tmp_path, monkeypatch):
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n", "utf8")
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    cli.assess(["--jsonl", str(path), "--decisions-only"])
    assert sys.stderr.getvalue() == ""
