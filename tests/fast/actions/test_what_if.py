"""What would change with another value: the record with that value in it, assessed once more."""

import json

from hepb.reading.what_if import imagined


def ask(chat, text, intent="ask_normal_alt"):
    asked = imagined(text)
    return chat.say(intent, text=text, topics=[intent], imagined=asked.to_dict() if asked else None)


def counts(chat):
    return {
        message["response"].removeprefix("utter_what_if_"): message["count"]
        for message in chat.messages
        if message["response"].startswith("utter_what_if_") and "count" in message
    }


def test_what_if_counts_the_guidelines_and_leaves_the_record_as_it_is(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    before = json.dumps(chat.record)
    ask(chat, "what if my ALT goes to 100?")
    assert chat.said[:2] == ["utter_what_if_value_lasting", "utter_what_if_phase_immune_active_hbeag_positive"]
    assert "100 U/L" in chat.text("utter_what_if_value_lasting")
    assert counts(chat) == {"treat": "4"}
    assert "utter_what_if_changed" in chat.said
    assert json.dumps(chat.record) == before


def test_what_if_of_an_age_changes_the_guideline_that_goes_by_it(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    ask(chat, "what if I turn 40?", "ask_life_expectancy")
    assert chat.said[0] == "utter_what_if_age"
    assert "China 2022" in chat.text("utter_what_if_changed")


def test_what_if_nothing_changes_says_so(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    assert "utter_what_if_same" in ask(chat, "what if my ALT goes to 23?").said


def test_what_if_takes_the_unit_of_the_own_viral_load_and_asks_where_there_is_none(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBV_DNA", 900))
    assert ask(chat, "what if my DNA rises to 20000?").said[0] == "utter_what_if_unit"
    chat.say("provide_results", found("HBV_DNA", 900, "IU/mL"))
    ask(chat, "what if my DNA rises to 20000?")
    assert "20,000 IU/mL" in chat.text("utter_what_if_value")
    assert chat.said[-1].startswith("utter_ask_")


def test_what_if_it_means_the_result_given_last(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 22, "U/L"))
    ask(chat, "and if it goes to 300?", "ask_other_test")
    assert "300 U/L" in chat.text("utter_what_if_value_lasting")


def test_what_if_of_a_dangerous_value_says_the_same_day(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    assert "utter_what_if_alarm" in ask(chat, "what if my ALT goes to 900?").said


def test_what_if_on_treatment_is_left_to_the_doctor(chat, found):
    sign, told = found("HBsAg", interpretation="positive"), found("on_treatment", value=True, kind="condition")
    chat.say("provide_results", sign, told, found("ALT", 20, "U/L"))
    assert "utter_what_if_no_answer" in ask(chat, "what if my ALT goes to 50?").said


def test_what_if_without_results_is_answered_in_general(chat):
    assert ask(chat, "what if my ALT goes to 100?").said == ["utter_answer_normal_alt"]


def test_what_if_behind_a_mere_if_leaves_other_questions_their_answer(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    assert (
        ask(chat, "can I breastfeed if my HBeAg is positive?", "ask_breastfeeding").said[0]
        == "utter_answer_breastfeeding"
    )
    assert "utter_what_if_sign" in ask(chat, "would I need treatment if my HBeAg was negative?", "ask_treat_now").said


def test_what_if_never_stands_before_an_urgent_sign(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 22, "U/L"))
    assert "utter_what_if_value_lasting" not in ask(chat, "what if my ALT goes to 100?", "urgent_symptom").said


def test_what_if_of_another_person_is_answered_from_their_results_and_never_from_the_own(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 22, "U/L"))
    assert ask(chat, "what if my husband's ALT is 300").said[0] != "utter_what_if_value_lasting"
    his = {"person": "partner", "current": True}
    chat.say("provide_results", found("HBsAg", interpretation="positive", **his), found("ALT", 30, "U/L", **his))
    assert "utter_what_if_value_lasting" in ask(chat, "what if his ALT goes to 300").said


def test_what_if_leaves_a_follow_up_to_the_own_results(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    ask(chat, "what if my ALT goes to 100?")
    assert chat.say("is_that_bad").said[0] == "utter_verdict_monitor"


def test_what_if_never_takes_the_place_of_what_was_told(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"))
    old = found("ALT", 100, "U/L")
    asked = {"findings": [old], "of_it": "", "plain": True}
    chat.say("provide_results", old, text="when I was 40 my ALT was 100", imagined=asked)
    assert "utter_understood_ALT" in chat.said
    assert not [name for name in chat.said if name.startswith("utter_what_if_")]
