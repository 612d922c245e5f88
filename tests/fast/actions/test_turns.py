"""Taking in, asking, digressing, correcting: one conversation at a time."""

import re

import pytest


def test_values_are_repeated_with_units_before_a_question(chat, found):
    chat.say("provide_results", found("ALT", 64, "U/L", date="2026-03-01"), found("HBV_DNA", 2.3e4, "copies/ml"))
    assert chat.text("utter_understood_ALT") == "ALT (liver enzyme) 64 U/L 2026-03-01"
    assert chat.text("utter_understood_HBV_DNA").strip() == "HBV DNA (viral load) 23,000 copies/mL"
    assert chat.sections == ["understood", "question"]
    assert chat.said[-1] == "utter_ask_hbsag"


@pytest.mark.parametrize(("told", "row"), [(142000, "142,000, no unit given, read as /uL"), (142, "read as 10^9/L")])
def test_assumed_unit_of_platelets_is_the_one_they_are_read_in(chat, found, told, row):
    chat.say("provide_results", found("platelets", told))
    assert row in chat.text("utter_understood_platelets_assumed")


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
    own = "utter_because_ALT_above"
    assert chat.said == [own, "utter_answer_what_is_alt", "utter_back_to_question", "utter_ask_hbsag"]
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
    assert chat.said[:3] == ["utter_because_ALT_above", "utter_answer_what_is_alt", "utter_answer_alcohol"]
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


def test_nobody_is_asked_how_long_an_unknown_alt_was_raised(chat):
    chat.tell("I'm 30 weeks pregnant, HBV DNA 300,000 IU/mL, HBsAg positive, HBeAg positive")
    asked = []
    while chat.pending and len(asked) < 8:
        asked.append(chat.pending)
        chat.say("dont_know")
    assert asked[0] == "alt"
    assert not {"alt_repeat", "other_causes"} & set(asked)
    assert "utter_notice_education" in chat.said, "the answer comes in the end"


@pytest.mark.parametrize("intent", ["deny", "affirm", "dont_know"])
def test_what_answers_no_question_never_denies_that_results_are_known(chat, found, intent):
    chat.say("provide_results", found("sex", "male", kind="sex"), found("ALT", 900, "U/L"))
    assert "utter_nothing_yet" not in chat.say(intent).said
    chat.say("provide_results", found("ALT", 64, "U/L")).say("answer_now")
    assert chat.said[-1] == "utter_notice_education"
    assert not chat.pending


def test_phase_is_invited_when_nothing_is_known(chat, found):
    assert chat.say("ask_my_phase").said == ["utter_invite_results"]
    chat.say("provide_results", found("ALT", 64, "U/L"))
    assert chat.say("ask_my_phase").said == ["utter_phase_unknown", "utter_back_to_question", "utter_ask_hbsag"]


def test_treatment_asked_for_while_a_question_is_open_says_what_is_known_so_far(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    assert chat.pending
    assert chat.say("ask_treat_now").said[0] == "utter_advice_so_far_monitor"
    assert chat.said[-1].startswith("utter_ask_")
    chat.say("answer_now")
    assert chat.say("ask_treat_now").said[0] == "utter_advice_so_far_monitor"
    assert "utter_notice_education" not in chat.said


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


def test_cirrhosis_without_its_kind_is_asked_about_and_any_answer_goes_on(chat, found):
    plain = {**found("cirrhosis", "compensated"), "kind": "condition", "doubt": "stage_not_given"}
    chat.say("provide_results", plain)
    assert chat.said[-1] == "utter_confirm_cirrhosis"
    assert chat.record["conditions"]["cirrhosis"] == "compensated", "a cirrhosis that was told always counts"
    chat.choose(cirrhosis="decompensated")
    assert chat.record["conditions"]["cirrhosis"] == "decompensated"
    assert "utter_alarm_decompensated" in chat.said, "it is said before any further question"
    assert chat.choose(**{"continue": True}).said[-1] == "utter_ask_hbsag"


def inactive_with(found, *load):
    signs = {"HBsAg": "positive", "HBeAg": "negative"}
    person = (found("age", 45, kind="age"), found("sex", "male", kind="sex"))
    return (*(found(name, interpretation=sign) for name, sign in signs.items()), *person, found("HBV_DNA", *load))


def test_load_below_a_number_is_asked_for_its_sign(chat, found):
    chat.say("provide_results", *inactive_with(found, "<20", "IU/mL"), found("ALT", 20, "U/L"))
    assert chat.pending == "hbv_dna"
    assert chat.text("utter_ask_hbv_dna_below").startswith("< 20 IU/mL can mean that no virus")
    chat.choose(HBV_DNA="not detected")
    assert [item["value"] for item in chat.record["observations"] if item["marker"] == "HBV_DNA"] == ["not detected"]


def test_load_in_copies_across_a_limit_is_asked_for_in_iu(chat, found):
    chat.say("provide_results", *inactive_with(found, 9000, "copies/mL"), found("ALT", 20, "U/L"))
    while chat.pending and chat.pending != "hbv_dna":
        chat.say("dont_know")
    assert re.match(r"9,000 copies/mL is about 1,[5-8]00 to [2-9],\d00 IU/mL,", chat.text("utter_ask_hbv_dna_copies"))


def test_load_that_was_not_given_is_asked_plainly(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="negative"))
    assert chat.said[-1] == "utter_ask_hbv_dna"


def test_sign_of_a_load_below_a_number_keeps_the_number(chat, found):
    chat.say("provide_results", *inactive_with(found, "<20", "IU/mL"), found("ALT", 20, "U/L"))
    chat.choose(HBV_DNA_sign="detected")
    [load] = [item for item in chat.record["observations"] if item["marker"] == "HBV_DNA"]
    assert load == {"marker": "HBV_DNA", "value": "<20", "unit": "IU/mL", "interpretation": "detected"}
    assert chat.pending != "hbv_dna"


def test_kind_of_cirrhosis_may_be_typed(chat, found):
    chat.say("provide_results", {**found("cirrhosis", "compensated"), "kind": "condition", "doubt": "stage_not_given"})
    chat.say("nlu_fallback", text="Decompensated.")
    assert chat.record["conditions"]["cirrhosis"] == "decompensated"


def test_whose_results_they_are_comes_before_an_alarm(chat, found):
    chat.say("provide_results", found("ALT", 1500, "U/L", person="mother"))
    assert chat.said[0] == "utter_about_mother"
    assert chat.said[1].startswith("utter_alarm_")


def test_general_answer_beside_results_is_given_once(chat, found):
    chat.say("provide_results", found("ALT", 0, doubt="implausible"), topics=["ask_liver_enzymes"])
    assert chat.said[0] == "utter_answer_liver_enzymes"
    chat.say("provide_results", found("ALT", 100000, doubt="implausible"), topics=["ask_liver_enzymes"])
    assert "utter_answer_liver_enzymes" not in chat.said


def test_child_is_not_asked_for_alcohol(chat, found):
    signs = (found("HBsAg", interpretation="positive", since="2021-01-01"), found("HBeAg", interpretation="positive"))
    values = (found("HBV_DNA", 1e6, "IU/mL"), found("ALT", 90, "U/L"))
    chat.say("provide_results", found("age", 6, kind="age"), *signs, *values)
    while chat.pending and chat.pending != "other_causes":
        chat.say("dont_know")
    assert chat.pending == "other_causes"
    assert "alcohol" not in chat.messages[-1]["offered"]


def test_several_values_without_a_unit_are_several(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 30), found("AST", 30))
    assert "utter_warning_units_assumed" in chat.say("answer_now").said
