"""A cohort of 20 MB takes no more memory than one of 4 MB, which the fast tests read."""

from __future__ import annotations

import sys
import tracemalloc

from hepb import cli


def test_assess_jsonl_holds_one_row_at_a_time_however_many_there_are(tmp_path, monkeypatch):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"sex": "%s"}\n' % (b"m" * 1000) * 20_000)
    with tmp_path.joinpath("out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        tracemalloc.start()
        cli._assess_rows(path, lambda data: data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 500_000
