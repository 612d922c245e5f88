"""Results that leave what is usual, which no guideline here judges."""

import pytest

from hepb.record import parse_record
from hepb.usual import unusual, usual_limits


@pytest.mark.parametrize("limit", usual_limits(), ids=lambda limit: limit.marker)
def test_unusual_begins_beyond_the_limit_and_is_far_beyond_the_further_one(limit):
    step = 0.5 if limit.side == "high" else -0.5

    def found(value):
        told = {"marker": limit.marker, "value": value, "unit": limit.unit}
        return [item.far for item in unusual(parse_record({"observations": [told]}))]

    assert found(limit.value) == []
    assert found(limit.value + step) == [False]
    assert found(limit.far) == [False]
    assert found(limit.far + step) == [True]


def test_unusual_waits_where_the_unit_decides():
    def found(value):
        return [item.far for item in unusual(parse_record({"observations": [{"marker": "albumin", "value": value}]}))]

    assert found(2.9) == [False]  # as g/dL it is low, as g/L far too low
    assert found(50) == []


def test_unusual_result_far_off_is_said_before_any_question(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("platelets", 18, "10^9/L"))
    assert chat.said[0] == "utter_unusual_platelets_low_far"
    assert chat.said[-1].startswith("utter_ask_")


def test_unusual_result_is_part_of_the_answer_and_of_how_bad_it_is(chat, found):
    on = found("on_treatment", value=True, kind="condition")
    results = found("HBsAg", interpretation="positive"), found("platelets", 70, "10^9/L"), found("AFP", 25, "ng/mL")
    chat.say("provide_results", on, *results).say("answer_now")
    assert {"utter_unusual_platelets_low", "utter_unusual_AFP_high"} <= set(chat.said)
    assert "utter_next_show_results" not in chat.said
    assert {"utter_unusual_platelets_low", "utter_unusual_AFP_high"} <= set(chat.say("is_that_bad").said)


def test_unusual_result_answers_whether_it_is_bad_in_the_same_message_and_is_said_once(chat, found):
    on = found("on_treatment", value=True, kind="condition")
    results = found("platelets", 70, "10^9/L"), found("AFP", 25, "ng/mL")
    chat.say("provide_results", on, *results, topics=["is_that_bad"])
    assert chat.said[:3] == ["utter_verdict_on_treatment", "utter_unusual_platelets_low", "utter_unusual_AFP_high"]
    assert chat.said.count("utter_unusual_AFP_high") == 1


def test_unusual_follow_up_on_an_alt_does_not_ask_for_it_again(chat, found):
    chat.say("provide_results", found("ALT", 33, "U/L"), found("sex", "male", kind="sex"))
    assert chat.say("is_that_bad").said[:2] == ["utter_because_ALT_at_most", "utter_normal_alt_told"]


def test_unusual_result_far_off_is_never_called_no_reason(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"), found("AFP", 1200, "ng/mL")).say("answer_now")
    said = chat.say("is_that_bad").said
    assert said[:2] == ["utter_verdict_alarm", "utter_unusual_AFP_high_far"]
