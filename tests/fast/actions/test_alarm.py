"""Beside a result that needs care today no other sentence puts the doctor off."""

import re

import pytest

from actions.alarm import LEFT_OUT, TODAY

PUTS_OFF = re.compile(r"\b(?<!as )soon\b|next days")
BESIDE = ("utter_situation_", "utter_course_", "utter_serology_", "utter_warning_", "utter_next_")
NEVER_BESIDE = {"utter_course_hbeag_reversion", "utter_next_treat", "utter_next_flare"}


@pytest.fixture
def answered(chat):
    """The final answer to a message, also when an alarm came first."""

    def answer(text):
        return chat.tell(text).say("answer_now")

    return answer


@pytest.mark.parametrize(
    "text",
    [
        "I stopped tenofovir 3 months ago. HBsAg positive, ALT 180, HBV DNA 1000000 IU/mL, male",
        "Infected 2 months ago, HBsAg positive, ALT 900, bilirubin 2 mg/dL",
        "HBsAg positive, anti-HBc IgM positive, ALT 900, male, 40",
        "I am 30 weeks pregnant, HBsAg positive, HBV DNA 1000000 IU/mL, ALT 700",
        "HBsAg positive, on prednisone, ALT 900",
    ],
)
def test_alarm_stands_beside_nothing_that_puts_the_doctor_off(answered, text):
    chat = answered(text)
    assert "utter_advice_alarm" in chat.said
    assert [words for words in chat.sentences if PUTS_OFF.search(words)] == []


def test_alarm_knows_every_sentence_that_puts_the_doctor_off(responses):
    waiting = {
        name
        for name, variations in responses.items()
        if name.startswith(BESIDE) and PUTS_OFF.search(variations[0].get("text", ""))
    }
    assert waiting - {*TODAY, *LEFT_OUT} == NEVER_BESIDE
    assert not [name for name in TODAY if PUTS_OFF.search(responses[f"{name}_today"][0]["text"])]


@pytest.mark.parametrize("intent", ["self_harm", "urgent_symptom"])
def test_alarm_of_a_result_is_not_lost_beside_an_urgent_answer(chat, found, tolerant, intent):
    chat.say(intent, *tolerant, found("ALT", 900, "U/L"))
    assert "utter_alarm_alt_over_10" in chat.said
    assert "question" not in chat.sections


def test_failing_liver_is_sent_to_the_emergency_room_once(chat, found):
    values = (("ALT", 1200, "U/L"), ("bilirubin", 180, "umol/L"), ("INR", 2.3, "1"))
    chat.say("provide_results", *(found(*value) for value in values))
    alarms = [name for name in chat.said if name.startswith("utter_alarm")]
    assert alarms == ["utter_alarm_alt_over_5_with_inr", "utter_alarm_bilirubin_with_inr"]
    assert all("Please go to an emergency room now" in " ".join(chat.text(name).split()) for name in alarms)
