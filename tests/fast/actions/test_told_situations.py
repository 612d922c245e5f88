"""A situation told in the patient's own words is answered: from the text to what is said, without Rasa."""

from datetime import date

import pytest

QUIET = "HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20 U/L. "
TODAY = date(2026, 11, 22)


@pytest.fixture
def tell(chat):
    def told(*texts):
        for text in texts:
            chat.tell(text, as_of=TODAY)
        return chat.say("answer_now")

    return told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (QUIET + "I have compensated cirrhosis", "cirrhosis_treat_any_dna"),
        (QUIET + "I have cirrhosis with ascites", "cirrhosis_no_interferon"),
        (QUIET + "I have HIV", "hiv_think_of_both"),
        (QUIET + "anti-HCV positive", "hcv_tablet_beside"),
        ("HBsAg negative, anti-HBc positive, I have hepatitis C", "hcv_watch_alt"),
        (QUIET + "anti-HDV positive", "hdv_reason_alone"),
        (QUIET + "I will get rituximab next month", "immunosuppression_after_at_least"),
        ("HBsAg negative, anti-HBc positive. bone marrow transplant next month", "immunosuppression_past_tablet"),
        ("HBsAg negative, anti-HBc positive. I take prednisone", "immunosuppression_past_tests_every"),
        ("HBsAg negative. chemo next month", "immunosuppression_test_core_before"),
        ("chemo next month", "immunosuppression_test_before"),
        (QUIET + "I am on dialysis", "kidney_or_bone_dose_by_kidney"),
        (QUIET + "I have osteoporosis", "kidney_or_bone_entecavir_or_taf"),
        (QUIET + "My father died of liver cancer", "family_history_reason_alone"),
        (QUIET + "I have glomerulonephritis from hepatitis B", "extrahepatic_reason_alone"),
        (QUIET + "I have a fatty liver", "fatty_liver_diabetes_reason_alone"),
        (QUIET + "I am diabetic", "fatty_liver_diabetes_reason_alone"),
        (QUIET + "my partner is not vaccinated", "transmission_risk_protect_others"),
        (QUIET + "I'm a dentist", "transmission_risk_ask_at_work"),
    ],
)
def test_told_situation_is_answered(tell, text, said):
    assert said in tell(text).situations


@pytest.mark.parametrize("text", ["no chemotherapy, no kidney disease", "Is rituximab dangerous?", "I have no HIV"])
def test_told_denials_and_questions_bring_no_advice(tell, text):
    assert tell(QUIET + text).situations == []


def test_told_steps_are_not_said_twice(tell):
    """The first dose leads; the advice for some later day about the same is left out."""
    chat = tell("HBsAg negative, anti-HBc positive. rituximab next month")
    assert "utter_next_before_immunosuppression" in chat.said
    assert "utter_next_resolved" not in chat.said


def test_told_never_infected_has_nothing_before_the_first_dose(tell):
    chat = tell("HBsAg negative, anti-HBc negative. rituximab next month")
    assert chat.situations[0] == "immunosuppression_never_met"
    assert "utter_next_before_immunosuppression" not in chat.said
    assert "utter_advice_no_infection" in chat.said


def test_told_riskier_treatment_stays_when_another_is_told_later(tell):
    chat = tell("HBsAg negative, anti-HBc positive. I get rituximab", "I also take prednisone")
    assert chat.record["conditions"]["immunosuppression_type"] == "anti_cd20"
    assert "immunosuppression_past_tablet" in chat.situations


def test_told_treatment_that_is_taken_back_takes_its_kind_with_it(tell):
    chat = tell("HBsAg negative, anti-HBc positive. I get rituximab", "no rituximab", "I take prednisone")
    assert chat.record["conditions"]["immunosuppression_type"] == "steroids"
