"""The generated pages are those of today's knowledge, name everything, and put rules into plain words."""

from __future__ import annotations

import pytest

from assistant.documents.cli import main, pages, stale_pages
from assistant.documents.plain import as_written, in_words
from assistant.documents.review_page import review_page
from assistant.responses import FOLDER
from hepb import criteria
from hepb.criteria import Reader
from hepb.loader import knowledge

LIMITS = {"male": 30.0, "female": 19.0}
READER = Reader("test", {"persistence": 3}, {})


@pytest.fixture(scope="module")
def written():
    """The pages as they should be today."""
    return pages()


def test_pages_are_not_stale(written, monkeypatch):
    monkeypatch.setattr("assistant.documents.cli.pages", lambda: written)
    assert sorted(stale_pages()) == [], "run `make docs`"


def test_pages_check_says_which_page_is_stale(monkeypatch, capsys):
    monkeypatch.setattr("assistant.documents.cli.stale_pages", lambda: {"review.md": "other"})
    assert main(["--check"]) == 1
    assert "docs/review.md is stale" in capsys.readouterr().err


def test_guidelines_page_names_every_rule_phase_schedule_and_statement(written):
    page = written["guidelines.md"]
    what = knowledge()
    ids = [rule.id for guideline in what.guidelines for rule in guideline.rules()]
    ids += [item.id for g in what.guidelines for item in (*g.phases, *g.monitoring, *g.surveillance)]
    ids += [statement.id for pathway in what.pathways for statement in pathway.statements]
    ids += [item.id for g in what.guidelines for item in (*g.no_surveillance, *g.stiffness)]
    ids += [item.id for item in (*what.panel.readings, *what.panel.together, *what.course.events)]
    ids += [item.id for score in what.scores for item in (*score.bands, *score.limits)]
    ids += [notice.id for notice in (*what.warnings, *what.next_steps, *what.alarms, *what.gates)]
    assert [name for name in ids if f"`{name}`" not in page] == []


def test_review_page_names_every_unverified_rule_and_no_verified_one(written):
    page = written["review.md"]
    page = page[page.index("## assays.yaml") :]
    for guideline in knowledge().guidelines:
        for rule in guideline.rules():
            unverified = rule.provenance.confidence == "unverified"
            by_itself = unverified and not rests_on_something_unverified(guideline, rule)
            listed = f"`{rule.id}`" in page
            assert by_itself <= listed <= unverified, rule.id


def rests_on_something_unverified(guideline, rule):
    """Whether a setting or an upper limit, which the page lists itself, already makes the rule unverified."""
    behind = [rule, *(other for group in guideline.groups if rule is group.otherwise for other in group.rules)]
    limits = guideline.limits_provenance.confidence
    return any(
        "unverified" in {test.confidence, limits if test.times_upper_limit else None}
        for item in behind
        for test in criteria.tests_in(item.when)
    )


def test_review_page_finds_what_is_unverified_anywhere(tmp_path):
    tmp_path.joinpath("deep.yaml").write_text(
        "a: [{b: {value: 7, unit: weeks, source: unverified, confidence: unverified, note: from memory}}]\n"
        "c: {value: 8, unit: weeks, source: [X], confidence: P}\n"
        "settings: {s: {value: 2, unit: months, confidence: R, source: [X]}}\n"
    )
    page = review_page(tmp_path, FOLDER, {}, knowledge())
    assert "| `a[0].b` | value: 7; unit: weeks | from memory |" in page
    assert "value: 8" not in page
    assert "| `deep.yaml` | `s` | 2 months | – |" in page


def test_review_page_names_the_rule_of_an_open_operator(written):
    assert "| `aasld-2018.hbeag-positive` | `HBV_DNA > 20000 IU/mL (?)` |" in written["review.md"]


@pytest.mark.parametrize(
    ("criterion", "words", "written"),
    [
        ("HBV_DNA > 2000 IU/mL", "HBV DNA is above 2,000 IU/mL", "HBV_DNA > 2000 IU/mL"),
        (
            "ALT >= 2 x ULN",
            "ALT is at least 2 times the upper limit (60 U/L in men, 38 in women)",
            "ALT >= 2 x ULN",
        ),
        (
            "ALT > 1 x ULN for {persistence} months",
            "ALT is above the upper limit (30 U/L in men, 19 in women) for 3 months",
            "ALT > 1 x ULN for 3 months",
        ),
        ("diabetes is true", "diabetes", "diabetes is true"),
        ("diabetes is false", "not: diabetes", "diabetes is false"),
        ("HBV_DNA is detected", "HBV DNA is detected", "HBV_DNA > 0 IU/mL"),
        (
            {"all": ["HIV is true", {"any": ["age > 40 years (?)", "stiffness_kpa >= 7 kPa"]}]},
            "co-infected with HIV; and (the age is above 40 years (sources print both > and ≥); or liver stiffness is at least 7 kPa)",  # noqa: E501 (one sentence)
            "HIV is true AND (age > 40 years (?) OR stiffness_kpa >= 7 kPa)",
        ),
        ({"not": "HIV is true"}, "not (co-infected with HIV)", "NOT (HIV is true)"),
    ],
)
def test_plain_puts_a_criterion_into_words(criterion, words, written):
    read = READER.read(criterion, "when")
    assert in_words(read, LIMITS) == words
    assert as_written(read) == written
