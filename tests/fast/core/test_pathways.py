"""The pathways of situations: what their files may hold, and when a statement is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_files import case_files, cases_of

from hepb.assess import assess
from hepb.compiler import compile_knowledge, compiled
from hepb.errors import KnowledgeError
from hepb.loader import load_knowledge
from hepb.record import parse_record

PREGNANCY = "pathways/pregnancy.yaml"
AT_LEAST = 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("asks: [HBV_DNA", "asks: [weather"),
        ("unless: HBsAg is negative", "unless: HBsAg is blue"),
        ("guideline: who-2024", "guideline: who-1924"),
        ("unit: hours", "unit: moons"),
    ],
)
def test_pathways_refuse_what_is_not_known(change, old, new):
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(change(PREGNANCY, old, new))
    assert refused.value.code == "K005"
    assert PREGNANCY in str(refused.value)


def said(record, what=None):
    found = assess(parse_record({"as_of": "2026-11-22", **record}), what).situations
    return {item.situation: {advice.says for advice in item.advice} for item in found}


def test_pathways_unless_counts_only_what_is_known(change):
    pregnant = {"conditions": {"pregnant": True}}
    negative = {**pregnant, "observations": [{"marker": "HBsAg", "value": "negative"}]}
    assert "birth_dose" in said(pregnant)["pregnancy"]
    assert "pregnancy" not in said(negative)
    without = compile_knowledge(load_knowledge(change(PREGNANCY, "unless: HBsAg is negative\n", "")))
    assert "birth_dose" in said(negative, without)["pregnancy"]


def test_pathways_stand_in_the_contract():
    contract = (Path(__file__).parents[3] / "docs" / "contract.md").read_text("utf8")
    assert [pathway.id for pathway in compiled().knowledge.pathways if f"`{pathway.id}`" not in contract] == []


def test_pathways_have_cases_enough():
    counts = {name: len(cases_of(name)) for name in case_files()}
    names = [f"situation_{pathway.id}.yaml" for pathway in compiled().knowledge.pathways]
    assert {name: counts.get(name, 0) for name in names if counts.get(name, 0) < AT_LEAST} == {}


def test_pathways_while_unknown_asks_until_it_is_known():
    chemotherapy = {"conditions": {"immunosuppression": "planned"}}
    negative = {"marker": "HBsAg", "value": "negative"}
    core = {"marker": "anti_HBc", "value": "positive"}
    asked = [
        said({**chemotherapy, "observations": seen})["immunosuppression"] & {"test_before", "test_core_before"}
        for seen in ([], [negative], [negative, core])
    ]
    assert asked == [{"test_before"}, {"test_core_before"}, set()]


def test_pathways_take_no_unknown_sign_for_negative():
    """A core antibody that nobody knows counts as absent for the phase, but not for advice that rests on it."""
    record = {
        "observations": [{"marker": "HBsAg", "value": "negative"}],
        "conditions": {"immunosuppression": "current"},
    }
    assert assess(parse_record(record)).phase.phase == "not_infected"
    assert "never_met" not in said(record)["immunosuppression"]


def test_pathways_and_steps_know_that_who_never_met_the_virus_needs_none():
    negative = [{"marker": marker, "value": "negative"} for marker in ("HBsAg", "anti_HBc")]
    chemotherapy = {"conditions": {"immunosuppression": "planned"}}
    for seen, due in ((negative, False), (negative[:1], True), ([], True)):
        steps = assess(parse_record({**chemotherapy, "observations": seen})).next_steps
        assert ("before_immunosuppression" in steps) is due
