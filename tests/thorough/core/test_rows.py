"""A cohort of 20 MB takes no more memory than one of 2 MB, which the fast tests read; and a reader that has enough."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cohort import peak_memory


def test_assess_jsonl_holds_one_row_at_a_time_however_many_there_are(tmp_path):
    assert peak_memory(tmp_path, 20_000) < 500_000
    assert tmp_path.joinpath("rows.jsonl").stat().st_size > 20_000_000


def test_assess_jsonl_ends_quietly_when_the_reader_has_enough(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n" * 2000, "utf8")
    command = Path(sys.executable).with_name("hepb")
    arguments = [command, "assess", "--decisions-only", "--jsonl", path]
    with subprocess.Popen(arguments, stdout=-1, stderr=-1, cwd=tmp_path) as process:
        assert json.loads(process.stdout.readline())["decisions"]
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
