"""Urgent signs: recall, false alarms, contexts, robustness and time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hepb.safety.urgent import find_signs, find_urgent

DATA = Path(__file__).parents[2] / "data"
LEAST_RECALL = 0.99
MOST_FALSE_ALARMS = 0.02
LEAST_MESSAGES = 400
LEAST_ORDINARY = 300
MOST_CPU_MS = 2.0


def read_rows(file: str) -> list[tuple[str, str]]:
    blocks = yaml.safe_load((DATA / file).read_text("utf8"))
    return [(kind, row) for kind, block in blocks.items() for row in block.splitlines()]


def vary(number: int, text: str) -> list[str]:
    """The message as it is and as two other people would type it; which ones goes round by ``number``."""
    others = [
        text.lower().replace("'", "").replace(".", "").replace(",", ""),
        text.upper(),
        f"Hello doctor, {text}",
        f"My HBsAg is positive, ALT 45 U/L, HBV DNA 2.3e4 IU/mL. {text}",
        f"{text.rstrip('.?!')}. Which phase am I in and what should I do?",
    ]
    return [text, others[number % len(others)], others[(number + 1) % len(others)]]


URGENT = [(kind, text) for i, (kind, row) in enumerate(read_rows("urgent_messages.yml")) for text in vary(i, row)]
ORDINARY = [row for _, row in read_rows("ordinary_messages.yml")]
UNSEEN = read_rows("urgent_unseen.yml")


def share_found(rows: list[tuple[str, str]]) -> tuple[float, list[str]]:
    missed = [text for kind, text in rows if kind not in {sign.kind for sign in find_urgent(text)}]
    return 1 - len(missed) / len(rows), missed


def test_urgent_finds_nearly_every_urgent_message():
    assert len(URGENT) >= LEAST_MESSAGES
    recall, missed = share_found(URGENT)
    assert recall >= LEAST_RECALL, missed


def test_urgent_seldom_alarms_at_ordinary_messages():
    assert len(ORDINARY) >= LEAST_ORDINARY
    alarms = [text for text in ORDINARY if find_urgent(text)]
    assert len(alarms) / len(ORDINARY) <= MOST_FALSE_ALARMS, alarms


def test_urgent_holds_its_floor_on_messages_it_was_not_made_for():
    recall, missed = share_found([row for row in UNSEEN if row[0] != "ordinary"])
    alarms = [text for kind, text in UNSEEN if kind == "ordinary" and find_urgent(text)]
    assert recall >= 0.94, missed
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("my eyes are yellow, is it bad?", None),
        ("no fever but my eyes are yellow", None),
        ("I can't stop vomiting blood", None),
        ("no yellow eyes", "negated"),
        ("I have no pain, black stool or swelling", "negated"),
        ("vomiting blood: no", "negated"),
        ("I had jaundice two years ago", "past"),
        ("I had jaundice as a child and now my eyes are yellow again", None),
        ("my eyes were yellow but they went away", "resolved"),
        ("can hepatitis cause yellow eyes?", "knowledge"),
        ("if my eyes turn yellow, what should I do", "hypothetical"),
        ("I want to die", None),
        ("I don't want to die", "idiom"),
        ("I'm not suicidal", "negated"),
        ("does interferon cause suicidal thoughts", "knowledge"),
    ],
)
def test_urgent_looks_at_the_context(text, context):
    signs = find_signs(text)
    assert signs
    assert {sign.context for sign in signs} == {context}


def test_urgent_puts_self_harm_first():
    signs = find_urgent("My eyes are yellow and I want to kill myself")
    assert [sign.kind for sign in signs] == ["self_harm", "urgent_symptom"]


def test_urgent_names_the_place_of_a_sign():
    text = "ALT 30. My eyes are yellow."
    (sign,) = find_urgent(text)
    assert (sign.id, text[sign.start : sign.end]) == ("jaundice", "eyes are yellow")


def test_urgent_forgives_one_typing_error_but_not_the_first_letter():
    assert find_urgent("my skin is yelow")
    assert not find_urgent("my skin is mellow")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_urgent_survives_any_text(text):
    for sign in find_signs(text):
        assert 0 <= sign.start < sign.end <= len(text) + text.count("İ")


def test_urgent_takes_little_time():
    texts = [*ORDINARY, *(row for _, row in UNSEEN)]
    find_urgent("my eyes are yellow")
    start = time.process_time()
    for text in texts:
        find_urgent(text)
    assert (time.process_time() - start) / len(texts) * 1000 < MOST_CPU_MS
