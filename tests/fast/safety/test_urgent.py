"""Urgent signs: recall, false alarms, contexts, robustness and time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.floors import broken
from assistant.evaluation.measure import URGENT
from assistant.evaluation.sets import urgent_held_out, urgent_seen
from assistant.evaluation.urgency import measure_urgency, rule_kinds
from hepb.safety.urgent import find_signs, find_urgent

MOST_CPU_MS = 2.0


@pytest.mark.parametrize("name", URGENT)
def test_urgent_holds_its_floors_on_messages_it_was_not_made_for(name):
    score = measure_urgency(rule_kinds, URGENT[name]())
    assert broken({"rules": {name: score.figures()}}, f"rules.{name}") == {}, (score.missed, score.alarms)


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
        ("my aunt died after she vomited blood, can I get that too?", "past"),
        ("I died of shame and I vomit blood", None),
        ("my stool looks like coffee", None),
        ("vodka to forget it all forever", None),
        ("jaundice, explain it please", "knowledge"),
        ("I have jaundice, explain it please", None),
        ("can she harm herself with herbal tea", "idiom"),
        ("she wants to harm herself with a knife", None),
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
    """On one message in ten; tests/thorough reads all."""
    texts = [*urgent_seen().ordinary, *urgent_held_out().ordinary][::10]
    find_urgent("my eyes are yellow")
    start = time.process_time()
    for text in texts:
        find_urgent(text)
    assert (time.process_time() - start) / len(texts) * 1000 < MOST_CPU_MS
