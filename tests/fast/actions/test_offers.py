"""Questions offered as buttons: what else may have been meant or was asked, and what a message may have meant."""

import pytest

from actions import questions

EVERY = ["ask_coffee_tea", "ask_what_to_eat", "ask_alcohol"]


def titles(chat):
    return [button["title"] for button in chat.buttons]


def test_offers_stand_behind_the_answer_and_before_the_open_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.say("ask_coffee_tea", topics=["ask_coffee_tea"], offers=["ask_alcohol", "ask_what_to_eat"])
    assert chat.said == ["utter_answer_coffee_tea", "utter_meant_something_else", "utter_back_to_question", "utter_ask_hbsag"]  # fmt: skip  # noqa: E501
    assert titles(chat) == ["Can I drink alcohol?", "What should I eat?"]
    assert chat.buttons[0]["payload"] == '/choose{"ask": "ask_alcohol"}'


def test_offers_say_so_when_more_was_asked_than_is_answered(chat):
    chat.say("ask_coffee_tea", topics=EVERY, offers=["ask_kissing"])
    assert chat.said == [*(f"utter_answer_{intent[4:]}" for intent in EVERY), "utter_more_questions"]


def test_offers_come_in_place_of_not_understanding(chat):
    chat.say("nlu_fallback", offers=EVERY)
    assert chat.said == ["utter_which_question"]
    assert len(titles(chat)) == 3
    chat.say("nlu_fallback")
    assert chat.said == ["utter_cannot_help"]
    assert titles(chat) == []


def test_offers_beside_results_stand_before_the_next_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"), topics=EVERY, offers=["ask_kissing"])
    assert chat.said.index("utter_more_questions") < chat.said.index("utter_ask_hbsag")


def test_offered_question_is_answered_and_the_thread_taken_up(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    pending = chat.pending
    chat.say("nlu_fallback", offers=EVERY).pick("ask_alcohol")
    assert chat.said == ["utter_answer_alcohol", "utter_back_to_question", "utter_ask_hbsag"]
    assert chat.pending == pending
    assert chat.record == {"observations": [{"marker": "ALT", "value": 64, "unit": "U/L"}]}


def test_offered_question_is_answered_at_any_time_later(chat, found):
    chat.say("nlu_fallback", offers=EVERY)
    old = chat.buttons[0]["payload"]
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.say("choose", text=old, topics=["ask_coffee_tea"])
    assert chat.said[0] == "utter_answer_coffee_tea"


@pytest.mark.parametrize("intent", ["ask_my_phase", "ask_treat_now"])
def test_offered_question_about_the_own_results_goes_on_with_them(chat, found, intent):
    chat.say("nlu_fallback", offers=[intent]).pick(intent)
    assert chat.said == ["utter_invite_results"]
    chat.say("provide_results", found("ALT", 64, "U/L")).say("nlu_fallback", offers=[intent])
    part = {"ask_my_phase": "phase", "ask_treat_now": "advice"}[intent]
    assert chat.pick(intent).said == [f"utter_{part}_unknown", "utter_back_to_question", "utter_ask_hbsag"]


def test_offered_question_that_is_no_longer_answered_repeats_the_open_one(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.say("choose", text='/choose{"ask": "ask_taken_out"}')
    assert chat.said[-1] == "utter_ask_hbsag"
    assert "utter_choice_closed" not in chat.said


@pytest.mark.parametrize(
    "intent", ["ask_shame", "ask_fear_of_future", "ask_tell_family", "ask_support", "ask_violence", "express_distress"]
)
def test_question_in_distress_leaves_the_thread(chat, found, intent):
    chat.say("provide_results", found("ALT", 64, "U/L")).say(intent, topics=[intent])
    assert len(chat.said) == 1
    assert chat.pending
    chat.say("affirm")
    assert chat.record["observations"][-1]["marker"] == "HBsAg"


def test_several_questions_are_all_answered_whichever_action_runs(chat, found):
    both = ["ask_alcohol", "ask_my_phase"]
    assert chat.say("ask_alcohol", topics=both).said == ["utter_answer_alcohol", "utter_invite_results"]
    assert chat.say("ask_my_phase", topics=both[::-1]).said == ["utter_answer_alcohol", "utter_invite_results"]
    chat.say("next_test", topics=["next_test", "ask_alcohol"])
    assert chat.said == ["utter_answer_next_test", "utter_answer_alcohol"]
    chat.say("provide_results", found("ALT", 64, "U/L")).say("ask_alcohol", topics=both)
    assert chat.said[:2] == ["utter_answer_alcohol", "utter_phase_unknown"]
    assert chat.said[-1] == "utter_ask_hbsag"


def test_offered_question_is_worded_in_the_language_of_the_patient(monkeypatch):
    chinese = {"condition": [{"type": "slot", "name": "language", "value": "zh"}], "text": "可以喝酒吗？"}
    monkeypatch.setattr(questions, "_titles", lambda: {"utter_question_alcohol": [chinese, {"text": "May I?"}]})
    assert [questions.title_of("ask_alcohol", language) for language in ("zh", "en", None)] == ["可以喝酒吗？", "May I?", "May I?"]  # fmt: skip  # noqa: E501
