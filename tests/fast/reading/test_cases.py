"""The readable cases of tests/cases/reading, one test for each file, which names each sentence that fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation.notation import expected
from hepb.reading import read_text
from hepb.yaml_files import parse_yaml

FOLDER = Path(__file__).parents[2] / "cases" / "reading"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_reading_understands(path, every):
    every([(case["text"], case) for case in parse_yaml(path.read_text("utf8"), path.name)], understands)


def understands(case):
    reading = read_text(case["text"], date(2026, 11, 22))
    assert reading.markers() == {name: expected(name, said) for name, said in case["read"].items()}
    assert [other["marker"] for other in reading.others()] == case.get("others", [])
    if "conditions" in case:
        assert reading.conditions() == case["conditions"]
    for name, order in case.get("order", {}).items():
        assert [f.sequence for f in reading.findings if f.name == name] == order
    for name, dates in case.get("dates", {}).items():
        assert [f.date for f in reading.findings if f.name == name] == dates
    for name, limit in case.get("limits", {}).items():
        assert [f.reference_high for f in reading.findings if f.name == name] == [limit]
    doubts = {f.name: f.doubt for f in reading.findings if f.doubt and f.kind == "marker"}
    assert doubts == case.get("doubt", {})
