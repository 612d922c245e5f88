"""A text as a QR code: its dark squares as one path, which any page can draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import segno

QUIET = 4
"""Squares of quiet zone on each side, as ISO/IEC 18004 wants it."""


def qr_code(text: str) -> dict[str, Any]:
    """``size``: squares from side to side, the quiet zone included; ``path``: SVG path data of the dark ones."""
    code = segno.make(text, error="L", micro=False, boost_error=False)
    rows = enumerate(code.matrix_iter(border=QUIET))
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in rows for x, length in _dark_runs(row))
    return {"size": code.symbol_size(border=QUIET)[0], "path": path}


def _dark_runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where in a row dark squares begin, and how many lie side by side."""
    start = 0
    for dark, squares in groupby(row):
        length = len(list(squares))
        if dark:
            yield start, length
        start += length
