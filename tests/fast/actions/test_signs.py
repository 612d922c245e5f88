"""Urgent signs are kept by their ids, so that a later result is seen in their light."""

import pytest

ALARM = "utter_alarm_alt_over_5_with_jaundice"


def test_jaundice_told_earlier_raises_the_alarm_of_a_later_result(chat, found):
    chat.say("urgent_symptom", text="my eyes are yellow", signs=["jaundice"])
    chat.say("provide_results", found("sex", "male", kind="sex"), found("ALT", 300, "U/L"))
    assert chat.said[0] == ALARM
    assert "300 U/L" in chat.text(ALARM)
    assert ALARM not in chat.say("dont_know").said
    assert "yellow" not in str(chat.slots), "the words are not kept"


@pytest.mark.parametrize(("signs", "value"), [(["swelling"], 300), ([], 300), (["jaundice"], 170)])
def test_no_alarm_without_jaundice_or_below_the_limit(chat, found, signs, value):
    chat.say("urgent_symptom", signs=signs)
    chat.say("provide_results", found("sex", "male", kind="sex"), found("ALT", value, "U/L"))
    assert ALARM not in chat.said


def test_sign_stays_when_the_results_of_another_person_come_up(chat, found):
    chat.say("urgent_symptom", signs=["jaundice"])
    sex = found("sex", "male", kind="sex", person="father")
    chat.say("provide_results", sex, found("ALT", 300, "U/L", person="father"))
    assert ALARM in chat.said
