"""Why guidelines differ: every row is borne out by the decisions, and by changing what it speaks of."""

from __future__ import annotations

from generated import examples, patients
from hypothesis import given

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.record import parse_record

STRENGTH = {"monitor": 0, "consider": 1, "treat": 2}


def answers(result):
    """The answer of each counted guideline that gives one."""
    found = {}
    for key in compiled().knowledge.counted:
        decision = result.decisions[key]
        found[key] = decision.so_far if decision.decision == "unknown" else decision.decision
    return {key: STRENGTH[answer] for key, answer in found.items() if answer in STRENGTH}


@examples(25)
@given(patients(most_left_out=4))
def test_differences_part_the_guidelines_that_say_most_from_the_others(patient):
    result = assess(parse_record(patient.record()))
    given_answers = answers(result)
    assert bool(result.differences) <= (len(set(given_answers.values())) > 1)
    for item in result.differences:
        top = max(given_answers.values())
        assert all(given_answers[key] == top for key in item.counts)
        assert all(given_answers[key] < top for key in (*item.asks, *item.ignores))


@examples(25)
@given(patients(most_left_out=2))
def test_differences_say_what_fired_and_what_would_change(patient):
    result = assess(parse_record(patient.record()))
    for item in result.differences:
        assert all(reason in result.decisions[key].because for key, reason in item.counts.items())
        assert all(reason in result.decisions[key].would_change_if for key, reason in item.asks.items())


def test_differences_name_who_counts_asks_and_ignores():
    record = {
        "age": 28, "sex": "male", "as_of": "2026-11-22",
        "observations": [{"marker": "HBsAg", "value": "positive", "since": "2020-01-01"},
                         {"marker": "HBeAg", "value": "negative"},
                         {"marker": "HBV_DNA", "value": 500, "unit": "IU/mL"},
                         {"marker": "ALT", "value": 20, "unit": "U/L"}],
        "conditions": {"diabetes": True},
    }  # fmt: skip
    [row] = assess(parse_record(record)).differences
    assert (row.kind, row.name) == ("condition", "diabetes")
    assert list(row.counts) == ["who-2024"]
    assert set(row.ignores) == set(compiled().knowledge.counted) - {"who-2024"}
