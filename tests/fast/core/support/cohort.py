"""A cohort file of long rows, and the memory that answering it takes."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from hepb import cli

ROW = b'{"sex": "%s"}\n' % (b"m" * 1000)
"""A row that is refused, so that the time goes into reading it."""


def peak_memory(folder: Path, rows: int) -> int:
    """The most bytes of Python objects held at once while a cohort of so many rows is answered."""
    path = folder / "rows.jsonl"
    path.write_bytes(ROW * rows)
    with folder.joinpath("out").open("w") as out, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        tracemalloc.start()
        cli._assess_rows(path, lambda data: data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak
