"""Taking in, asking, digressing, correcting: one conversation at a time."""

import logging

import pytest

import actions.turn


def test_values_are_repeated_with_units_before_a_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L", date="2026-03-01"), found("HBV_DNA", 2.3e4, "copies/ml"))
    assert chat.text("utter_understood_ALT") == "ALT (liver enzyme) 64 U/L 2026-03-01"
    assert chat.text("utter_understood_HBV_DNA").strip() == "HBV DNA (viral load) 23,000 copies/mL"
    assert chat.sections == ["understood", "question"]
    assert chat.said[-1] == "utter_ask_hbsag"


def test_unit_of_a_viral_load_is_never_assumed(chat, found):
    chat.say("provide_results", found("HBV_DNA", 54e6))
    assert chat.text("utter_understood_HBV_DNA_no_unit").strip() == "HBV DNA (viral load) 54,000,000, unit not given"
    assert "unit" not in chat.record["observations"][0]


def test_assumed_unit_of_alt_is_said(chat, found):
    chat.say("provide_results", found("ALT", 64))
    assert "no unit given, read as U/L" in chat.text("utter_understood_ALT_assumed")


def test_yes_and_no_answer_the_open_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.say("affirm")
    assert {"marker": "HBsAg", "interpretation": "positive"} in chat.record["observations"]
    assert chat.pending == "hbeag"
    chat.say("deny")
    assert {"marker": "HBeAg", "interpretation": "negative"} in chat.record["observations"]


def test_button_answers_like_words(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.choose(HBsAg="positive")
    assert {"marker": "HBsAg", "interpretation": "positive"} in chat.record["observations"]


def test_dont_know_is_accepted_and_not_asked_again(chat, found):
    asked = [chat.say("provide_results", found("HBsAg", interpretation="positive")).pending]
    while chat.pending:
        chat.say("dont_know")
        asked.append(chat.pending)
    assert len(asked) == len(set(asked))
    assert len(asked) - 1 <= 6
    assert "utter_phase_unknown" in chat.said


@pytest.mark.parametrize("text", ["96", "96 U/L", "  96. ", "<20", "ALT would be 96"])
def test_bare_value_answers_the_open_question(chat, found, text):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="positive"),
             found("HBV_DNA", 1e7, "IU/mL"))  # fmt: skip
    assert chat.pending == "alt"
    chat.say("nlu_fallback", text=text)
    told = [item for item in chat.record["observations"] if item["marker"] == "ALT"]
    assert bool(told) is not text.startswith("ALT would")


def test_bare_unit_is_taken_when_one_is_missing(chat, found):
    chat.say("provide_results", found("HBV_DNA", 54e6))
    chat.say("nlu_fallback", text="copies/ml")
    assert chat.record["observations"][0]["unit"] == "copies/mL"
    assert "utter_understood_HBV_DNA" in chat.said


def test_newer_value_of_the_same_day_replaces_the_older(chat, found):
    chat.say("provide_results", found("ALT", 85, "U/L"), found("ALT", 70, "U/L", date="2025-01-01", current=False))
    chat.say("provide_results", found("ALT", 58, "U/L"))
    values = {item.get("date"): item["value"] for item in chat.record["observations"]}
    assert values == {None: 58, "2025-01-01": 70}


def test_older_value_without_a_date_has_no_place_in_time(chat, found):
    chat.say("provide_results", found("ALT", 85, "U/L", current=False), found("ALT", 58, "U/L"))
    assert [item["value"] for item in chat.record["observations"]] == [58]


def test_digression_is_answered_and_the_thread_taken_up(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    chat.say("ask_what_is_alt")
    assert chat.said == ["utter_answer_what_is_alt", "utter_back_to_question", "utter_ask_hbsag"]
    chat.say("affirm")
    assert {"marker": "HBsAg", "interpretation": "positive"} in chat.record["observations"]


@pytest.mark.parametrize("intent", ["goodbye", "correct_value", "express_distress"])
def test_thread_waits_where_a_question_would_be_out_of_place(chat, found, intent):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    assert len(chat.say(intent).said) == 1
    assert chat.pending == "hbsag"


def test_several_questions_in_one_message_are_answered(chat):
    chat.say("ask_what_is_alt", topics=["ask_what_is_alt", "ask_alcohol"])
    assert chat.said == ["utter_answer_what_is_alt", "utter_answer_alcohol"]


@pytest.mark.parametrize(("pending", "text", "expected"), [("age", "35 years", 35), ("sex", "Female", "female")])
def test_bare_person_answers_the_open_question(chat, found, pending, text, expected):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="negative"),
             found("HBV_DNA", 5e4, "IU/mL"), found("ALT", 33, "U/L"))  # fmt: skip
    while chat.pending != pending:
        chat.say("dont_know")
    chat.say("nlu_fallback", text=text)
    assert chat.record[pending] == expected


def test_digression_without_a_thread_is_only_answered(chat):
    assert chat.say("ask_what_is_alt").said == ["utter_answer_what_is_alt"]


def test_questions_beside_results_are_answered_after_alarms_and_before_ours(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"), topics=["ask_what_is_alt", "ask_my_phase", "ask_alcohol"])
    assert chat.said[:2] == ["utter_answer_what_is_alt", "utter_answer_alcohol"]
    assert chat.said[-1] == "utter_ask_hbsag"


def test_why_explains_the_open_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L"))
    assert chat.say("why_question").said[0] == "utter_why_ask_hbsag"
    assert chat.pending == "hbsag"


def test_why_explains_the_answer(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now").say("why_question")
    assert chat.said[0] == "utter_because_HBeAg_positive"


def test_answer_now_works_at_any_time(chat, found):
    chat.say("answer_now")
    assert chat.said == ["utter_nothing_yet"]
    chat.say("provide_results", found("ALT", 64, "U/L")).say("answer_now")
    assert chat.said[-1] == "utter_notice_education"
    assert not chat.pending


def test_phase_is_invited_when_nothing_is_known(chat, found):
    assert chat.say("ask_my_phase").said == ["utter_invite_results"]
    chat.say("provide_results", found("ALT", 64, "U/L"))
    assert chat.say("ask_my_phase").said == ["utter_ask_hbsag"]


def test_checklist_counts_as_one_question_and_offers_only_open_items(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"), found("diabetes", value=False, kind="condition"))
    while chat.pending != "conditions":
        chat.say("deny")
    question = chat.messages[-1]
    assert question["select"] == "many"
    assert {"HIV", "HCV", "HDV", "cirrhosis"} <= set(question["offered"])
    assert "diabetes" not in question["offered"]


def test_ticked_items_are_present_and_the_others_absent(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    while chat.pending != "conditions":
        chat.say("deny")
    chat.choose(HCV=True, cirrhosis="compensated")
    conditions = chat.record["conditions"]
    assert conditions["coinfection"] == ["HCV"]
    assert conditions["cirrhosis"] == "compensated"
    assert conditions["immunosuppression"] == "none"
    assert conditions["family_history_hcc"] is False


def test_yes_to_a_checklist_is_asked_again(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    pending = chat.pending
    chat.say("affirm")
    assert chat.said == ["utter_which_one", f"utter_ask_{pending}"]


def test_three_denied_coinfections_are_none(chat, found):
    chat.say("provide_results", found("ALT", 30, "U/L"), found("HIV", value=False, kind="condition"))
    assert "coinfection" not in chat.record.get("conditions", {})
    chat.say("provide_results", *(found(name, value=False, kind="condition") for name in ("HCV", "HDV")))
    assert chat.record["conditions"]["coinfection"] == []


def test_duration_of_a_raised_alt_can_be_chosen(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 96, "U/L"))
    assert chat.pending == "alt_repeat"
    chat.choose(ALT_lasting="long")
    [alt] = [item for item in chat.record["observations"] if item["marker"] == "ALT"]
    assert alt["since"] < "2026-12-31"


def test_doubtful_value_counts_only_when_confirmed(chat, found):
    doubtful = found("HBV_DNA", 1e4, "IU/mL", text="10e4", doubt="exponent_notation")
    chat.say("provide_results", found("ALT", 30, "U/L"), doubtful)
    assert chat.said[-1] == "utter_confirm_value"
    assert chat.text("utter_confirm_value").endswith('You wrote "10e4". Did you mean 10,000 IU/mL?')
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT"]
    chat.say("affirm")
    assert [item["marker"] for item in chat.record["observations"]] == ["ALT", "HBV_DNA"]


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
    assert "utter_switched_person" in chat.said
    assert [item["value"] for item in chat.record["observations"]] == [90]
    assert chat.slots["dialogue"]["others"]["self"]["observations"][0]["value"] == 30


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
    assert chat.said == ["utter_after_urgent", "utter_understood_ALT", "utter_ask_hbsag"]


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
    def broken(*_):
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
