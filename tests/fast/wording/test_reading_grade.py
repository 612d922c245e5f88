"""Every response reads at grade 8 or easier, and answers are short."""

import re
from functools import cache
from pathlib import Path

import pytest
import textstat

from hepb.yaml_files import parse_yaml

ROOT = Path(__file__).parents[3]
RESPONSES = sorted((ROOT / "data" / "responses").glob("*.yml"))
HARDEST = 8.0
LONG_ENOUGH = 30
"""Words from which a response is measured by itself; shorter ones are measured together, topic by topic."""
LONGEST_ANSWER = 120
NOT_PROSE = {"utter_source", "utter_source_with_doi"}  # a citation is its authors' wording

SAMPLES = {
    "guideline": "WHO", "guidelines": "WHO, AASLD", "citation": "", "yours": "96 U/L", "value": "30", "unit": "U/L",
    "written": "ten", "months": "6", "first": "3", "ALT": "450 U/L", "bilirubin": "4 mg/dL", "INR": "2",
    "chronic_months": "6", "adult_age": "18", "copies_low": "3", "copies_high": "6", "retention_hours": "24",
    "lasting_short": "3", "lasting_long": "6", "old_months": "12", "treat": "1", "consider": "0", "monitor": "3",
    "unknown": "0", "total": "4",
}  # fmt: skip


def plain_terms():
    terms = parse_yaml((ROOT / "hepb/knowledge/plain_terms.en.yaml").read_text(), "plain_terms.en.yaml")["terms"]
    return re.compile(
        "|".join(rf"\b{re.escape(term)}\b" for term in sorted(terms, key=len, reverse=True)), re.IGNORECASE
    )


TERMS = plain_terms()


@cache
def texts_of(path):
    """Response names with their default (unconditioned) texts, placeholders filled."""
    responses = parse_yaml(path.read_text(), path.name)["responses"]
    return tuple(
        (name, variation["text"].format_map(SAMPLES))
        for name, variations in responses.items()
        for variation in variations
        if "text" in variation and "condition" not in variation and name not in NOT_PROSE
    )


def grade(text):
    return textstat.flesch_kincaid_grade(TERMS.sub("table", text))


LONG = [(name, text) for path in RESPONSES for name, text in texts_of(path) if len(text.split()) >= LONG_ENOUGH]
SHORT = {
    path.stem: " ".join(text for _, text in texts_of(path) if len(text.split()) < LONG_ENOUGH) for path in RESPONSES
}


@pytest.mark.parametrize(("name", "text"), LONG, ids=[name for name, _ in LONG])
def test_reading_grade_of_long_response(name, text):
    assert grade(text) <= HARDEST, f"{name} reads at grade {grade(text):.1f}: shorten its sentences"


@pytest.mark.parametrize("topic", [topic for topic, text in SHORT.items() if text])
def test_reading_grade_of_short_responses_together(topic):
    assert grade(SHORT[topic]) <= HARDEST


@pytest.mark.parametrize(("name", "text"), LONG, ids=[name for name, _ in LONG])
def test_response_is_no_longer_than_an_answer_may_be(name, text):
    assert len(text.split()) <= LONGEST_ANSWER


def test_reading_grade_can_fail():
    hard = (
        "Notwithstanding antecedent serological characterisation, individualised pharmacotherapeutic considerations "
        * 3
    )
    assert grade(hard) > HARDEST


@pytest.mark.parametrize("order", ["you must", "you have to", "you need to take", "you should take", "stop taking"])
def test_no_response_gives_an_order(order):
    said = [name for path in RESPONSES for name, text in texts_of(path) if order in text.lower()]
    assert said == []
