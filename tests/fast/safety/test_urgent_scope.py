"""What takes a sign back must never reach over to another clause, nor count words that are not its own."""

from __future__ import annotations

import pytest

from hepb.safety.urgent import find_signs, find_urgent


@pytest.mark.parametrize(
    "text",
    [
        "I was diagnosed 5 years ago and I want to kill myself",
        "I'm scared of dying and I want to kill myself",
        "i dont want to die but i will kill myself",
        "I don't want to live with this anymore",
        "life is hard and not worth living",
        "people say life is good but I want to die",
        "I do not take my pills and want to die",
        "I want to kill myself, can hepatitis cause cancer",
        "end it with my boyfriend and kill myself",
        "I want to cut myself in the kitchen",
    ],
)
def test_urgent_no_idiom_or_context_hides_a_thought_of_self_harm(text):
    assert [sign.kind for sign in find_urgent(text)][:1] == ["self_harm"]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("I cut myself shaving", "idiom"),
        ("is she going to die, my daughter has hep b", "idiom"),
        ("is my father going to die", "idiom"),
        ("I cut myself with a knife in the kitchen", "idiom"),
        ("I don't want to live with my parents", "idiom"),
        ("I used to want to die years ago but I am fine now", "past"),
    ],
)
def test_urgent_idiom_covers_all_words_of_the_sign(text, context):
    assert {sign.context for sign in find_signs(text)} == {context}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I swallowed all my tenofovir tablets", ["urgent_symptom"]),
        ("I took 40 pills", ["urgent_symptom"]),
        ("I took 8 tablets", ["urgent_symptom"]),
        ("I took 7 tablets", []),
        ("I took 20 500mg paracetamol", ["urgent_symptom"]),
        ("I took 500 mg paracetamol", []),
        ("my daughter ate my tablets", ["urgent_symptom"]),
        ("my daughter took her tablets", []),
        ("should I worry that I took 40 pills", ["urgent_symptom"]),
        ("if I take 40 pills what happens", ["self_harm"]),
        ("I took my tablets for 2 years but last night I swallowed all of them", ["urgent_symptom"]),
        ("i took 30 paracetamol pills because i am desperate", ["self_harm", "urgent_symptom"]),
        ("I take 1 tablet a day", []),
        ("my varices are bleeding", ["urgent_symptom"]),
        ("his varices burst yesterday", ["urgent_symptom"]),
        ("I have varices that never bled", []),
        ("I took 2 paracetamol", []),
        ("I took 30 days of entecavir", []),
        ("I took all my tablets for 3 years as prescribed", []),
        ("how many tablets do I take", []),
    ],
)
def test_urgent_tells_an_overdose_from_taking_medicine(text, kinds):
    assert [sign.kind for sign in find_urgent(text)] == kinds


def test_urgent_names_poisoning():
    assert [sign.id for sign in find_urgent("I took 40 pills")] == ["poisoning"]
