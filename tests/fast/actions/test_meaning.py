"""What is said between a result and the next question, and what is not asked out of nowhere."""

import pytest

from actions import bound_answers


def test_meaning_of_a_result_comes_before_the_question_with_its_reason(chat, found):
    said = chat.say("provide_results", found("HBsAg", interpretation="positive")).said
    assert said == ["utter_understood_HBsAg_positive", "utter_means_HBsAg_positive", "utter_why_ask_hbeag", "utter_ask_hbeag"]  # fmt: skip  # noqa: E501


def test_meaning_is_that_of_hbsag_among_several(chat, found):
    signs = (found("anti_HBs", interpretation="negative"), found("HBsAg", interpretation="positive"))
    assert [name for name in chat.say("provide_results", *signs).said if name.startswith("utter_means")] == ["utter_means_HBsAg_positive"]  # fmt: skip  # noqa: E501


def test_meaning_is_not_told_twice_nor_behind_each_button(chat, found):
    said = chat.say("provide_results", found("HBsAg", interpretation="positive"), topics=["ask_what_is_hbsag"]).said
    assert "utter_answer_what_is_hbsag" in said
    assert "utter_means_HBsAg_positive" not in said
    assert not [name for name in chat.choose(HBeAg="positive").said if name.startswith(("utter_means", "utter_why"))]


def test_meaning_needs_one_sign(chat, found):
    signs = [found("HBsAg", interpretation=sign) for sign in ("positive", "negative")]
    said = chat.say("provide_results", *({**item, "sequence": 1} for item in signs)).said
    assert not [name for name in said if name.startswith("utter_means")]


def test_first_question_is_explained_behind_any_result(chat, found):
    assert chat.say("provide_results", found("ALT", 30, "U/L")).said[-2:] == ["utter_why_ask_hbsag", "utter_ask_hbsag"]


def test_results_ask_nothing_beside_an_answer_when_no_result_was_told(chat, found):
    child = (found("age", 5, kind="age", person="child"), found("sex", "male", kind="sex", person="child"))
    assert chat.say("provide_results", *child, topics=["ask_vaccine"]).said == ["utter_answer_vaccine"]
    assert chat.pending == ""


def test_results_still_ask_who_asks_for_the_phase(chat, found):
    said = chat.say("provide_results", found("age", 34, kind="age"), topics=["ask_my_phase"]).said
    assert said[-1] == "utter_ask_hbsag"


def test_contact_of_today_is_answered_first(chat, found):
    contact = found("recent_exposure", value=True, kind="condition")
    said = chat.say("provide_results", contact, topics=["ask_blood_spill"]).said
    assert said[0] == "utter_situation_recent_exposure_wash_and_go"
    assert said.index("utter_answer_blood_spill") > said.index("utter_situation_recent_exposure_tests")


@pytest.mark.parametrize("known", [True, False])
def test_bound_answers_are_not_given_to_the_other_sign(chat, found, monkeypatch, known):
    chat.say("provide_results", found("HBsAg", interpretation="positive"))
    table = {"ask_hbsag_negative": {"holds_for": {"HBsAg": "negative"}, "instead": "ask_vaccine" if known else "ask_x"}}
    monkeypatch.setattr(bound_answers, "_bound", lambda: table)
    said = chat.say("ask_hbsag_negative", topics=["ask_hbsag_negative"]).said
    assert "utter_answer_hbsag_negative" not in said
    assert said[0] == "utter_because_HBsAg_positive"
    assert ("utter_answer_vaccine" in said) == known


def test_bound_answers_are_given_to_their_own_sign(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="negative"))
    assert "utter_answer_hbsag_negative" in chat.say("ask_hbsag_negative", topics=["ask_hbsag_negative"]).said


def test_bound_answers_hold_for_conditions(chat, found):
    signs = (found("HBsAg", interpretation="positive"), found("HIV", value=False, kind="condition"))
    said = chat.say("provide_results", *signs, topics=["ask_hiv_too"]).said
    assert "utter_answer_hiv_too" not in said


def test_first_steps_are_told_after_a_positive_test(chat, found):
    said = chat.say("provide_results", found("HBsAg", interpretation="positive"), topics=["next_test"]).said
    assert said[0] == "utter_answer_newly_diagnosed"
    assert said[-1] == "utter_ask_hbeag"
    negative = chat.__class__().say("provide_results", found("HBsAg", interpretation="negative"), topics=["next_test"])
    assert "utter_answer_newly_diagnosed" not in negative.said
