"""A tablet that protects is not spoken of as one that may end, and no rule that means others is said beside it."""

import pytest

from hepb.reading import read_text

ENDS = ("hbsag_lost", "may_end_after_hbsag_loss", "may_end_after_months", "not_while_found", "selected_after_years")


@pytest.fixture
def answered(chat):
    """The final answer to a message."""

    def answer(text):
        chat.say("provide_results", *(item.to_dict() for item in read_text(text).findings), text=text)
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
    assert "utter_situation_pregnancy_stop_weeks" in said
    assert "utter_situation_on_treatment_tell_viral_load" not in said


def test_any_virus_is_not_said_of_guidelines_with_a_limit(answered):
    chat = answered("HBsAg positive, HBeAg positive, HBV DNA 5000 IU/mL, ALT 100 since January 2026, male, 24")
    says = {item["response"]: item["guidelines"] for item in chat.messages if "guidelines" in item}
    assert says["utter_differ_counts_HBV_DNA_detected"] == "China 2022"
    assert says["utter_differ_counts_HBV_DNA"] == "EASL 2025, WHO 2024"


def test_steroids_that_part_guidelines_have_their_words(answered):
    text = "prednisone 40 mg for months, HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20, female, 38"
    assert answered(text).sentences
