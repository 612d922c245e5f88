"""What is taken in: doubts, other people, refused values, urgent words, messages missed, failures."""

import logging

import actions.turn


def test_doubtful_value_counts_only_when_confirmed(chat, found):
    doubtful = found("HBV_DNA", 1e4, "IU/mL", text="10e4", doubt="exponent_notation")
    chat.say("provide_results", found("ALT", 30, "U/L"), doubtful)
    assert chat.said[-1] == "utter_confirm_value"
    assert chat.text("utter_confirm_value").endswith('You wrote "10e4". Did you mean 10,000 IU/mL?')
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT"]
    chat.say("affirm")
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT", "HBV_DNA"]


def test_bare_value_with_a_point_of_thousands_counts_only_when_confirmed(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"))
    while "utter_ask_hbv_dna" not in chat.said:
        chat.say("dont_know")
    chat.say("provide_results", text="25.000 IU/mL")
    assert chat.said[-1] == "utter_confirm_point"
    assert 'The point in "25.000 IU/mL"' in chat.text("utter_confirm_point")
    assert "HBV_DNA" not in [item["marker"] for item in chat.record["observations"]]
    chat.say("affirm")
    assert chat.record["observations"][-1] == {"marker": "HBV_DNA", "value": "25000", "unit": "IU/mL"}


def test_impossible_age_is_not_taken_and_said(chat, found):
    chat.say("provide_results", found("age", 200, kind="age", current=False), found("ALT", 30, "U/L"))
    assert "utter_refused_value" in chat.said
    assert chat.record.get("age") is None


def test_denied_value_is_dropped_and_asked_for_again(chat, found):
    chat.say("provide_results", found("HBV_DNA", 1e4, "IU/mL", text="10e4", doubt="exponent_notation"))
    chat.choose(confirm=False)
    assert "utter_type_again" in chat.said
    assert not chat.record.get("observations")


def test_clear_value_settles_a_doubt_about_the_same_marker(chat, found):
    chat.say("provide_results", found("HBV_DNA", 1e4, "IU/mL", text="10e4", doubt="exponent_notation"))
    chat.say("provide_results", found("HBV_DNA", 2e4, "IU/mL"))
    assert chat.said[-1] == "utter_ask_hbsag"
    assert chat.slots["dialogue"]["doubts"] == []


def test_results_of_another_person_are_kept_apart(chat, found):
    chat.say("provide_results", found("ALT", 30, "U/L"))
    chat.say("provide_results", found("ALT", 90, "U/L", person="mother"))
    assert "utter_about_mother" in chat.said
    assert [item["value"] for item in chat.record["observations"]] == [90]
    assert chat.slots["dialogue"]["others"]["self"]["observations"][0]["value"] == 30


def test_results_of_another_person_beside_mine_are_kept_for_later(chat, found):
    mothers = found("ALT", 80, "U/L", person="mother", current=False)
    chat.say("provide_results", mothers, found("ALT", 20, "U/L"))
    assert [item["value"] for item in chat.record["observations"]] == [20]
    chat.say("provide_results", found("HBsAg", interpretation="positive", person="mother"))
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT", "HBsAg"]
    assert chat.record["observations"][0]["value"] == 80


def test_whose_result_it_is_is_asked_when_unclear(chat, found):
    chat.say("provide_results", found("ALT", 90, "U/L", person="mother"))
    chat.say("provide_results", found("HBV_DNA", 500, "IU/mL"))
    assert chat.said[-1] == "utter_confirm_whose"
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT"]
    chat.say("affirm")
    assert "utter_switched_back" in chat.said
    assert [item["marker"] for item in chat.record["observations"]] == ["HBV_DNA"]


def test_answer_to_the_open_question_belongs_to_the_person_spoken_of(chat, found):
    chat.say("provide_results", found("ALT", 90, "U/L", person="mother"))
    chat.say("provide_results", found("HBsAg", interpretation="positive"))
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT", "HBsAg"]


def test_value_that_the_core_refuses_is_named_and_changes_nothing(chat, found):
    chat.say("provide_results", found("ALT", 30, "U/L"), found("HBV_DNA", 50, "mg/dL"))
    assert "utter_refused_value" in chat.said
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT"]


def test_unreadable_results_are_admitted(chat):
    assert chat.say("provide_results").said == ["utter_no_value_read"]


def test_what_is_not_understood_is_said_once_and_the_question_repeated(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    assert chat.say("nlu_fallback").said == ["utter_cannot_help", "utter_back_to_question", "utter_ask_hbsag"]


def test_urgent_message_keeps_its_values(chat, found):
    chat.say("urgent_symptom", found("ALT", 64, "U/L"))
    assert chat.said == ["utter_understood_ALT", "utter_after_urgent"]
    chat.choose(**{"continue": True})
    assert chat.said == ["utter_ask_hbsag"]


def test_urgent_message_alone_leaves_the_word_to_the_urgent_answer(chat):
    assert chat.say("urgent_symptom").said == []


def test_self_harm_is_followed_by_no_question(chat, found):
    chat.say("self_harm", found("ALT", 64, "U/L"))
    assert chat.said == ["utter_kept_for_later"]
    assert chat.choose(**{"continue": True}).said[-1] == "utter_ask_hbsag"
    assert chat.record["observations"][0]["value"] == 64


def test_messages_missed_while_the_action_server_was_down_are_heard(chat, found):
    chat.arrive("provide_results", found("ALT", 64, "U/L"))
    chat.arrive("provide_results", found("HBsAg", interpretation="positive"))
    chat.say("thanks")
    assert chat.said[0] == "utter_thanks"
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT", "HBsAg"]
    assert chat.pending == "hbeag"


def test_message_is_heard_only_once_even_with_new_time_stamps(chat, found):
    """Rasa may stamp old events anew when it loads a conversation."""
    chat.say("provide_results", found("ALT", 64, "U/L"))
    for event in chat.events:
        event["timestamp"] += 100
    assert chat.say("thanks").said == ["utter_thanks", "utter_back_to_question", "utter_ask_hbsag"]


def test_failing_action_answers_and_logs_no_health_text(chat, found, monkeypatch, caplog):
    def broken(*_, **__):
        raise ValueError("ALT 64 of the patient")

    chat.say("provide_results", found("ALT", 60, "U/L"))
    before = dict(chat.slots)
    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(actions.turn, "assess", broken)
        chat.say("provide_results", found("ALT", 64, "U/L"), text="my ALT is 64")
    assert chat.said == ["utter_technical_problem"]
    assert chat.slots == before
    assert "ValueError" in caplog.text
    assert "64" not in caplog.text.replace("turn.py", "")
    chat.say("thanks")
    assert [item["value"] for item in chat.record["observations"]] == [64]
