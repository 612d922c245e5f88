"""Every walked limit with the whole result, valid and deciding as expected; the fast tests make decisions alone."""

from __future__ import annotations

from case_files import answer, read_yaml, walked
from validity import valid

from hepb.assess import assess
from hepb.record import parse_record


def test_thresholds_decide_in_whole_results():
    wrong = {}
    for entry in read_yaml("thresholds.yaml"):
        for value, expected in entry["expect"].items():
            found = answer(valid(assess(parse_record(walked(entry, value)))), entry["of"])
            if found != expected:
                wrong[entry["of"], entry["limit"], value] = found, expected
    assert wrong == {}
