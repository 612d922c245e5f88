"""A tablet that protects is not spoken of as one that may end, and no rule that means others is said beside it."""

import pytest

ENDS = ("hbsag_lost", "may_end_after_hbsag_loss", "may_end_after_months", "not_while_found", "selected_after_years")


@pytest.fixture
def answered(chat):
    """The final answer to a message."""

    def answer(text):
        chat.tell(text)
        return chat.say("answer_now") if chat.pending else chat

    return answer


@pytest.mark.parametrize(
    "text",
    [
        "liver transplant because of hepatitis B, on entecavir and HBIG, HBsAg negative, may I stop entecavir?",
        "I take entecavir because I get rituximab. HBsAg negative, anti-HBc positive, HBV DNA not detected",
        "rituximab finished 4 months ago, on entecavir, HBsAg negative, anti-HBc positive, may I stop it?",
        "I had my last chemo 15 months ago, on entecavir, HBsAg negative, anti-HBc positive",
        "36 weeks pregnant, on TDF for the baby, HBsAg positive, HBV DNA 3000 IU/mL, may I stop after the birth?",
    ],
)
def test_protecting_tablet_is_not_said_to_end(answered, text):
    chat = answered(text)
    assert not {f"utter_situation_on_treatment_{name}" for name in ENDS} & set(chat.said)
    assert "utter_advice_hbsag_lost" not in chat.said
    assert "utter_situation_on_treatment_never_stop_alone" in chat.said


def test_transplant_team_is_named(answered):
    assert (
        "utter_situation_immunosuppression_transplant_team"
        in answered("liver transplant, on entecavir, HBsAg negative, anti-HBc positive, may I stop entecavir?").said
    )


def test_loss_without_immunosuppression_may_end_the_medicine(answered):
    said = answered("on entecavir for 5 years, HBsAg negative, HBV DNA not detected, no cirrhosis").said
    assert "utter_situation_on_treatment_may_end_after_hbsag_loss" in said


def test_mother_hears_when_her_medicine_ends(answered):
    said = answered("36 weeks pregnant, on TDF for the baby, HBsAg positive, HBV DNA 3000 IU/mL").said
    assert "utter_situation_pregnancy_stop_at_birth_or_months" in said
    assert "utter_situation_on_treatment_tell_viral_load" not in said


def test_any_virus_is_not_said_of_guidelines_with_a_limit(answered):
    chat = answered("HBsAg positive, HBeAg positive, HBV DNA 5000 IU/mL, ALT 100 since January 2026, male, 24")
    says = {item["response"]: item["guidelines"] for item in chat.messages if "guidelines" in item}
    assert says["utter_differ_counts_HBV_DNA_detected"] == "China 2022"
    assert says["utter_differ_counts_HBV_DNA"] == "EASL 2025, WHO 2024"


def test_steroids_that_part_guidelines_have_their_words(answered):
    text = "prednisone 40 mg for months, HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20, female, 38"
    assert answered(text).sentences


def test_surface_antibody_is_not_said_to_protect_under_immunosuppression(answered):
    past = "HBsAg negative, anti-HBc positive, anti-HBs positive"
    assert "utter_serology_recovered" in answered(past).said
    said = answered("rituximab is planned for me").said
    assert "utter_serology_recovered_weakened" in said
    assert "utter_serology_recovered" not in said


def test_most_children_wait_is_not_said_beside_a_guideline_that_treats(answered):
    child = "15 year old boy, HBsAg positive, HBeAg positive, HBV DNA 500000 IU/mL"
    said = answered(f"{child}, ALT 90 since January 2026").said
    assert "utter_situation_child_test_the_family" in said
    assert "utter_situation_child_most_wait" not in said


def test_most_children_wait_is_said_where_none_treats(answered):
    said = answered("15 year old boy, HBsAg positive, HBeAg positive, HBV DNA 3e8 IU/mL, ALT 20").said
    assert "utter_situation_child_most_wait" in said


def test_late_pregnancy_puts_nothing_off(answered):
    said = answered("36 weeks pregnant, 30, HBsAg positive, HBeAg positive, HBV DNA 300000 IU/mL, ALT 60").said
    assert {"utter_situation_birth_ward_today", "utter_situation_pregnancy_week_due_today"} <= set(said)
    assert "utter_next_alt_repeat" not in said


def test_stopped_with_cirrhosis_says_today_and_never_soon(answered):
    said = answered("stopped entecavir 2 months ago, cirrhosis, HBsAg positive, HBV DNA 50000 IU/mL, ALT 50, male").said
    assert "utter_situation_stopped_treatment_cirrhosis_danger" in said
    assert not {"utter_next_treat", "utter_situation_stopped_treatment_may_be_flare"} & set(said)


def test_scarred_liver_is_not_called_calm(answered):
    said = answered("HBsAg positive, HBeAg negative, ALT 20, HBV DNA 500 IU/mL, biopsy F3, 45, male").said
    assert "utter_phase_inactive_carrier_scarring" in said
    assert "utter_next_alt_confirm" not in said


def test_load_that_hangs_on_hbeag_is_no_limit(answered):
    chat = answered("polyarteritis nodosa from hepatitis B, HBsAg positive, HBV DNA 100 IU/mL, ALT 20, male, 50")
    assert not [item for item in chat.messages if "10,000,000" in f"{item.get('limits')}{item.get('value')}"]


def test_little_virus_in_cirrhosis_asks_if_any_was_found(answered):
    said = answered("HBsAg positive, cirrhosis, HBV DNA <20 IU/mL, ALT 20, male, 50").said
    assert "utter_open_hbv_dna_found" in said
    assert "utter_open_hbv_dna_exact" not in said


def test_scans_go_on_for_cirrhosis_after_loss(answered):
    said = answered("HBsAg negative, anti-HBc positive, cirrhosis, male, 55").said
    assert "utter_next_surveillance_cirrhosis" in said


def test_decompensation_is_said_before_any_question(chat):
    assert "utter_alarm_decompensated" in chat.tell("variceal bleeding last month, HBsAg positive").said


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("HBsAg positive, AFP 12 ng/mL", "AFP"),
        ("HBsAg positive, albumin 41 g/L", "albumin"),
        ("HBsAg positive, platelets 160", "platelets"),
    ],
)
def test_result_without_limit_is_shown_to_the_doctor(answered, text, test):
    chat = answered(text)
    assert test in chat.text("utter_next_show_results")


def test_bilirubin_under_the_limit_of_the_alarm_is_shown_where_it_is_marked(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("bilirubin", 2, "mg/dL", flag="H"))
    assert "bilirubin" in chat.say("answer_now").text("utter_next_show_results")


def test_rising_alt_under_immunosuppression_is_for_today(answered):
    rising = "HBsAg positive, ALT 30 on 2026-05-01, ALT 150 on 2026-11-20, male, 50"
    assert "utter_next_during_immunosuppression_today" in answered(f"I get chemotherapy. {rising}").said


def test_steady_alt_under_immunosuppression_is_not_for_today(answered):
    assert (
        "utter_next_during_immunosuppression" in answered("I get chemotherapy. HBsAg positive, ALT 30, male, 50").said
    )


def test_load_that_was_told_is_not_asked_for(answered):
    said = answered("on TDF for the baby, 30 weeks pregnant, HBsAg positive, HBV DNA was 5 million now 3000 IU/mL").said
    assert "utter_situation_on_treatment_virus_found" in said
    assert "utter_situation_on_treatment_tell_viral_load" not in said


def test_alt_that_rises_under_immunosuppression_is_spoken_of_before_any_question(chat):
    chat.tell("on rituximab, HBsAg positive, ALT 20 in March 2026, ALT 95 last week, male, 50")
    assert chat.pending
    assert "utter_next_during_immunosuppression_today" in chat.said


def test_virus_that_wakes_without_hbsag_is_for_today(chat):
    text = "On rituximab, HBsAg negative, anti-HBc positive, ALT 20, woman, 60, HBV DNA 5000 IU/mL"
    chat.tell(text)
    assert "utter_next_during_immunosuppression_today" in chat.said
    assert "utter_situation_immunosuppression_virus_found" in chat.said


def test_week_of_a_pregnancy_answers_when_to_begin(chat):
    text = "30 weeks pregnant, HBsAg positive, viral load 5 million IU/mL, when do I start the medicine?"
    chat.tell(text, topics=("ask_when_is_best_time_to_treat",))
    assert "utter_answer_when_is_best_time_to_treat" not in chat.said
    assert "utter_situation_pregnancy_week_due" in chat.said


def test_sign_told_while_the_kind_of_cirrhosis_is_asked_answers_it(chat):
    chat.tell("HBsAg positive, HBV DNA 500 IU/mL, I have cirrhosis")
    assert chat.pending == "doubt"
    chat.say("urgent_symptom", text="yes, there is fluid in my belly", signs=("swelling",))
    assert chat.record["conditions"]["cirrhosis"] == "decompensated"
    assert "utter_alarm_decompensated" in chat.said


def test_sign_of_another_kind_says_nothing_of_a_cirrhosis(chat):
    chat.tell("HBsAg positive, HBV DNA 500 IU/mL, I have cirrhosis")
    chat.say("urgent_symptom", text="I have chest pain", signs=("chest_pain",))
    assert chat.record["conditions"].get("cirrhosis") != "decompensated"
