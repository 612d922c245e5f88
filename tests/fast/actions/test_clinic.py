"""What the clinic has set reaches the patient: whom to call, and the guideline that the clinic goes by."""

from dataclasses import replace

import pytest

from actions.advice import advice
from actions.differences import differences
from actions.next_steps import next_steps
from hepb.assess import assess
from hepb.clinic import Clinic, Contact
from hepb.loader import knowledge
from hepb.record import parse_record

CONTACTS = {
    "emergency": Contact("Emergency room", "555 0199"),
    "crisis_line": Contact("Crisis line", "555 0111"),
    "clinic": Contact("Liver clinic", "555 0100", "Mon-Fri 8-16"),
}


@pytest.fixture
def with_contacts(monkeypatch):
    monkeypatch.setattr("actions.contacts.clinic", lambda: Clinic(contacts=CONTACTS))


@pytest.mark.usefixtures("with_contacts")
def test_clinic_numbers_come_with_the_urgent_answers(chat):
    chat.say("urgent_symptom", signs=["jaundice"])
    assert chat.text("utter_contact_emergency") == "Call Emergency room: 555 0199."
    chat.say("self_harm")
    assert "555 0111" in chat.text("utter_contact_crisis_line")


@pytest.mark.usefixtures("with_contacts")
def test_clinic_number_comes_with_the_answer(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    chat.say("answer_now")
    assert "555 0100 (Mon-Fri 8-16)" in chat.text("utter_contact_clinic_hours")


@pytest.mark.usefixtures("with_contacts")
def test_clinic_and_emergency_numbers_answer_the_question_whom_to_call(chat):
    chat.say("ask_whom_to_call")
    assert chat.said[:3] == ["utter_answer_whom_to_call", "utter_contact_clinic_hours", "utter_contact_emergency"]


def test_without_a_clinic_no_number_is_made_up(chat, found, tolerant):
    chat.say("urgent_symptom", signs=["jaundice"])
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    chat.say("answer_now")
    chat.say("ask_whom_to_call")
    assert not [name for name in chat.said if "contact" in name]


RECORD = parse_record(
    {
        "age": 24,
        "sex": "male",
        "as_of": "2026-11-22",
        "observations": [
            {"marker": "HBsAg", "value": "positive", "since": "2020-01-01"},
            {"marker": "HBeAg", "value": "positive"},
            {"marker": "HBV_DNA", "value": 50000, "unit": "IU/mL"},
            {"marker": "ALT", "value": 45, "unit": "U/L"},
        ],
    }
)


def test_clinic_guideline_is_said_first():
    result = replace(assess(RECORD), leading="who-2024")
    first = next(iter(advice(result, knowledge())))
    assert (first.response, first.values) == ("utter_advice_leading_treat", {"guideline": "WHO 2024"})


def test_differences_are_told_with_each_guidelines_own_limit():
    says = {say.response: say.values for say in differences(assess(RECORD), knowledge())}
    assert "> 30 U/L" in says["utter_differ_counts_ALT"]["limits"]
    assert "≥ 70 U/L" in says["utter_differ_asks"]["limits"]


@pytest.mark.usefixtures("with_contacts")
def test_emergency_number_comes_with_advice_for_which_hours_count(chat, found):
    chat.say("provide_results", found("recent_exposure", value=True, kind="condition"))
    assert "utter_contact_emergency" in chat.said


def test_nobody_asks_for_the_guideline_that_the_clinic_has_named():
    what = knowledge()
    result = assess(RECORD)
    apart = replace(result.consensus, decision="differ", so_far="differ")
    plain, led = (replace(result, consensus=apart, leading=leading) for leading in (None, what.counted[0]))
    assert "utter_next_differ" in [say.response for say in next_steps(plain, what)]
    said = [say.response for say in next_steps(led, what)]
    assert "utter_next_differ_led" in said
    assert "utter_next_differ" not in said
