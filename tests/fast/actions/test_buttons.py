"""Buttons answer their own question and no other."""

import pytest


def test_button_of_a_closed_question_answers_no_other(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    first = chat.question
    chat.choose(none=True)
    pending, before = chat.pending, chat.record
    assert pending != first
    chat.choose(none=True, question=first)
    assert chat.said == ["utter_choice_closed", "utter_back_to_question", f"utter_ask_{pending}"]
    assert chat.record == before
    chat.choose(unknown=True, question=first)
    assert chat.pending == pending


def test_value_of_a_closed_question_is_taken_but_answers_no_other(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    chat.choose(none=True)
    assert chat.pending == "conditions"
    chat.choose(HBeAg="negative", question="hbeag")
    assert {"marker": "HBeAg", "interpretation": "negative"} in chat.record["observations"]
    assert "cirrhosis" not in chat.record["conditions"]


def test_button_is_left_aside_when_no_question_is_open(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    before = chat.record
    assert chat.choose(none=True, question="conditions").said == ["utter_choice_closed"]
    assert chat.record == before


@pytest.mark.parametrize("confirmed", [True, False])
def test_confirmation_fits_only_the_value_that_it_was_asked_for(chat, found, confirmed):
    chat.say("provide_results", found("HBV_DNA", 1e4, "IU/mL", text="10e4", doubt="exponent_notation"))
    first = chat.question
    chat.say("provide_results", found("HBV_DNA", 1e6, "IU/mL", text="10e6", doubt="exponent_notation"))
    assert chat.question != first
    chat.choose(confirm=confirmed, question=first)
    assert chat.said[0] == "utter_choice_closed"
    assert not chat.record.get("observations")
    assert len(chat.slots["dialogue"]["doubts"]) == 1
    chat.choose(confirm=confirmed)
    assert bool(chat.record.get("observations")) is confirmed
