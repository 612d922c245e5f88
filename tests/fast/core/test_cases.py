"""The clinician-readable cases of ``tests/cases``, and that there are enough of them."""

from __future__ import annotations

import re

import pytest
from case_files import case_files, cases_of, differences, record_of

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.record import parse_record

AT_LEAST = 12


def all_cases():
    return [case for name in case_files() for case in cases_of(name)]


@pytest.mark.parametrize("file", case_files())
def test_cases_hold(file, every):
    def holds(case):
        result = assess(parse_record(record_of(case))).to_dict()
        part = result["decisions"][case["guideline"]] if case["guideline"] else result
        assert differences(part, case["expect"]) == []

    every([(case["says"], case) for case in cases_of(file)], holds)


def test_cases_give_valid_results(valid_result):
    """The first of each file; tests/thorough holds the results of all cases against the schema."""
    for file in case_files():
        valid_result(assess(parse_record(record_of(cases_of(file)[0]))))


def test_cases_name_sources_that_exist():
    known = {*compiled().knowledge.sources, "contract", "issue"}
    unknown = []
    for case in all_cases():
        named = case["source"] if isinstance(case["source"], list) else [case["source"]]
        assert named, case["says"]
        unknown += [name for name in named if name not in known and not re.fullmatch(r"section \d+(\.\d+)?", name)]
    assert unknown == []


def test_cases_are_enough_for_every_guideline_and_the_phases():
    counts = {case["file"]: 0 for case in all_cases()}
    for case in all_cases():
        counts[case["file"]] += 1
    wanted = [f"{guideline.id}.yaml" for guideline in compiled().knowledge.guidelines] + ["phases.yaml"]
    assert {name: counts.get(name, 0) for name in wanted if counts.get(name, 0) < AT_LEAST} == {}


def test_cases_differences_sees_a_wrong_expectation():
    result = assess(parse_record(record_of(all_cases()[0]))).to_dict()
    assert differences(result, {"phase": "no such phase"}) != []
    assert differences(result, {"warnings": {"has": ["no such warning"]}}) != []
    assert differences(result, {"warnings": {"first": "no such warning"}}) != []
    assert differences(result, {"phase_reasons": {"about": ["no such marker"]}}) != []
    assert differences(result, {"decisions": {"no-such-guideline": {"decision": "treat"}}}) != []


def test_cases_differences_sees_wrong_advice_of_a_situation():
    person = {"person": {"age": 30, "sex": "female"}, "results": ["HBsAg positive", "HBV_DNA 300000 IU/mL"]}
    found = assess(parse_record(record_of({**person, "conditions": {"pregnant": True}}))).to_dict()
    wrong = {"says": ["no such advice"], "lacks": ["start_second_trimester"], "missing": ["no such item"]}
    for key, value in wrong.items():
        assert differences(found, {"situations": [{"situation": "pregnancy", key: value}]}) != [], key
    assert differences(found, {"situations": [{"situation": "no_such_situation"}]}) != []
    named = ["start_week_stop_weeks by aasld-2018, start 28-32 weeks, stop 4 weeks"]
    assert differences(found, {"situations": [{"situation": "pregnancy", "says": named}]}) == []
    assert differences(found, {"situations": {"lacks": ["pregnancy"]}}) != []
