"""Where results are not read, nothing of them goes on, and general questions still do."""

import pytest

from assistant.channel.messaging.privacy import (
    LEFT_OUT,
    agreed,
    consent_choice,
    holds_results,
    is_personal,
    without_results,
)
from assistant.channel.tokens import Choice

TYPED = "my HBV DNA is 73519 IU/mL, what is HBeAg?"
VALUE = {"kind": "marker", "name": "HBV_DNA", "value": 73519}
STATE = {"kind": "condition", "name": "pregnant", "value": True}


def parsed(intent, *findings, topics=(), **more):
    reading = {"findings": list(findings)}
    return {"text": TYPED, "intent": {"name": intent}, "topics": list(topics), "reading": reading, **more}


def test_privacy_results_are_left_out_and_the_question_stays():
    left = without_results(parsed("provide_results", VALUE, topics=["ask_what_is_hbeag"]))
    assert left["intent"]["name"] == "ask_what_is_hbeag"
    assert left["reading"] == {"findings": []}
    assert left["text"] == left["shown"] == LEFT_OUT
    assert "73519" not in str(left)


def test_privacy_nothing_is_left_of_results_alone():
    assert without_results(parsed("provide_results", VALUE)) is None
    assert without_results(parsed("ask_my_phase", topics=["ask_my_phase"])) is None


def test_privacy_urgent_stays_urgent_without_its_values():
    left = without_results(parsed("urgent_symptom", VALUE, urgent="urgent_symptom", urgent_signs=["blood"]))
    assert left["intent"]["name"] == "urgent_symptom"
    assert left["urgent_signs"] == ["blood"]
    assert "73519" not in str(left)


@pytest.mark.parametrize("intent", ["ask_my_phase", "ask_treat_now", "provide_results", "answer_now", "correct_value"])
def test_privacy_own_matters_are_personal(intent):
    assert is_personal(parsed(intent))


@pytest.mark.parametrize("intent", ["greet", "ask_what_is_alt", "nlu_fallback", "delete_my_data", "self_harm"])
def test_privacy_general_matters_are_not(intent):
    assert not is_personal(parsed(intent))
    assert is_personal(parsed(intent, VALUE))


def test_privacy_a_condition_is_left_out_too_but_is_no_result():
    question = parsed("ask_breastfeeding", STATE, topics=["ask_what_is_hbeag"])
    assert is_personal(question)
    assert not holds_results(question)
    assert holds_results(parsed("provide_results", STATE, VALUE))
    assert without_results(question)["reading"] == {"findings": []}


def test_privacy_button_of_a_question_is_general_and_one_of_a_result_is_not():
    pressed = {"intent": {"name": "choose"}, "text": '/choose{"ask": "ask_what_is_alt"}'}
    assert not is_personal(pressed)
    assert is_personal({**pressed, "text": '/choose{"HBsAg": "positive", "question": "hbsag"}'})
    assert without_results({**pressed, "text": '/choose{"HBsAg": "positive"}'}) is None


def test_privacy_consent_is_taken_from_its_own_buttons_only():
    assert agreed(consent_choice("Yes", agree=True)) is True
    assert agreed(consent_choice("No", agree=False)) is False
    assert agreed(Choice('/choose{"confirm": true}', "Yes")) is None
    assert agreed(None) is None
