"""Slips of tests/cases/slips as words with places."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from assistant.slips.lines import Word, lines_of, words_of_picture
from hepb.yaml_files import parse_yaml

FILE = Path(__file__).parents[2] / "cases" / "slips" / "slips.yaml"
TODAY = date(2026, 11, 28)
WIDTH, HEIGHT, LEADING = 6, 10, 14
CASES = parse_yaml(FILE.read_text("utf8"), FILE.name)


def words_of_text(text):
    """Each word where it stands in letters of one width."""
    return [
        Word(match[0], 1, match.start() * WIDTH, match.end() * WIDTH, row * LEADING, row * LEADING + HEIGHT)
        for row, line in enumerate(text.splitlines())
        for match in re.finditer(r"\S+", line)
    ]


def as_recognised(words):
    """The same words as tesseract prints them."""
    head = ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height")
    rows = [
        (5, 1, 1, 1, word.top // LEADING + 1, 1, word.x0, word.top, word.x1 - word.x0, HEIGHT, 95, word.text)
        for word in words
    ]
    return words_of_picture("\n".join("\t".join(map(str, row)) for row in [(*head, "conf", "text"), *rows]).encode())


def lines_of_case(case):
    words = words_of_text(case["slip"])
    return lines_of(as_recognised(words) if case.get("photo") else words)
