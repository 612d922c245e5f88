"""The program that measures sizes and times, on the real server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))
import page_times as program

pytestmark = [pytest.mark.live, pytest.mark.browser]

LARGEST = 60_000


def test_page_times_are_in_their_order_and_sizes_are_all_that_is_loaded(chromium, stack):
    times = program.Times()
    program.visit(chromium, f"{stack.address}/demo", times, ask=True)
    [paint], [ready], [words], [whole] = times.paint, times.ready, times.words, times.whole
    assert paint > 0
    assert ready > 0
    assert 0 < words <= whole
    assert f"{stack.address}/static/widget.js" in times.files
    files = {name for name in times.files if "/static/" in name}
    assert 0 < program.compressed(files) <= LARGEST + program.compressed({f"{stack.address}/static/demo/demo.css"})
    assert program.told([3.0, 1.0, 2.4]) == "2 (1 to 3)"
