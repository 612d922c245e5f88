"""Pregnancy, children, new infections, contacts, treatment and its end: what is said, when, and nothing twice."""

from datetime import date

import pytest

TODAY = date(2026, 11, 22)
QUIET = "HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20 U/L. "


@pytest.fixture
def tell(chat):
    """Say something, as the reading hands it on; ``topics`` are the questions heard in it."""

    def told(text, *, topics=()):
        return chat.tell(text, as_of=TODAY, topics=topics)

    return told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HBsAg positive, HBV DNA 3e8 IU/mL, I am 24 weeks pregnant", "pregnancy_week_due"),
        ("HBsAg positive, I am pregnant", "pregnancy_needs_HBV_DNA"),
        (QUIET + "I gave birth two weeks ago", "postpartum_flare_watch"),
        (QUIET + "I am 9 years old", "child_test_the_family"),
        ("HBsAg positive. I was infected 2 months ago", "acute_infection_treated_if_severe"),
        ("anti-HBc IgM positive, HBsAg positive", "acute_infection_new_or_flare"),
        ("needle stick yesterday", "recent_exposure_vaccine_now"),
        ("needle stick yesterday, I was vaccinated against hepatitis B", "recent_exposure_measure_protection"),
        ("I missed three doses of tenofovir", "on_treatment_missed_doses"),
        ("I forgot my tablets", "on_treatment_missed_doses"),
        (QUIET + "I want to stop tenofovir", "on_treatment_not_while_found"),
        (
            "HBsAg positive, HBV DNA not detected. I'm on tenofovir, can I stop?",
            "on_treatment_exception_after_seroconversion",
        ),
        ("I'm on entecavir, HBsAg positive, HBV DNA <20 IU/mL", "on_treatment_virus_below_limit"),
        (QUIET + "I stopped entecavir 3 months ago", "stopped_treatment_flare_risk"),
    ],
)
def test_pathway_is_answered_when_it_is_told(tell, text, said):
    chat = tell(text)
    assert said in chat.situations or said in chat.say("answer_now").situations


def test_pathway_of_a_stopped_medicine_says_at_once_to_call_the_clinic(tell):
    chat = tell("HBsAg positive. I stopped tenofovir last week")
    assert chat.pending
    assert chat.said.index("utter_situation_stopped_treatment_call_today") < chat.said.index("utter_ask_hbeag")
    assert "stopped_treatment_call_today" in chat.say("answer_now").situations


def test_pathway_of_a_contact_comes_before_any_question_and_once(tell, chat):
    tell("I got stuck with a needle yesterday, I am not vaccinated")
    assert chat.sections[0] == "situation"
    assert chat.said[-1] == "utter_ask_hbsag"
    tell("I am 30, female")
    assert chat.situations == []
    assert chat.said[-1] == "utter_ask_hbsag"


def test_pathway_of_a_contact_asks_for_hbsag_alone(tell, chat):
    tell("I got stuck with a needle yesterday")
    chat.say("dont_know")
    assert chat.pending == ""
    assert {"utter_phase_recent_exposure", "utter_advice_recent_exposure"} <= set(chat.said)
    assert not {"utter_phase_unknown", "utter_advice_unknown", "utter_next_unknown"} & set(chat.said)
    assert not {"change", "differ", "sources"} & set(chat.sections)


def test_pathway_of_a_contact_with_negative_hbsag_keeps_its_advice(tell, chat):
    tell("I got stuck with a needle yesterday. HBsAg negative")
    assert "recent_exposure_vaccine_now" in chat.situations
    assert chat.said.count("utter_situation_recent_exposure_vaccine_now") == 1


def test_pathway_of_a_contact_does_not_call_the_vaccine_a_thing_for_later(tell):
    chat = tell("I got stuck with a needle yesterday. HBsAg negative, anti-HBc negative").say("answer_now")
    assert "recent_exposure_vaccine_now" in chat.situations
    assert not [name for name in chat.said if name.startswith("utter_serology_next_")]


def test_pathway_of_a_contact_calls_for_no_vaccine_in_who_is_protected(tell):
    chat = tell("needle stick yesterday, I was vaccinated, anti-HBs positive").say("answer_now")
    assert "recent_exposure_protected" in chat.situations
    assert "utter_advice_recent_exposure_protected" in chat.said
    assert "utter_advice_recent_exposure" not in chat.said


def test_pathway_of_a_contact_leaves_the_way_to_an_infection_that_is_there_already(tell):
    chat = tell("needle stick yesterday, HBsAg positive")
    assert "recent_exposure_infected_already" in chat.situations
    assert chat.pending
    chat.say("answer_now")
    assert not {"utter_phase_recent_exposure", "utter_advice_recent_exposure"} & set(chat.said)


def test_pathway_after_a_birth_speaks_of_the_baby_before_any_question(tell):
    chat = tell("I had a baby today, HBsAg positive")
    assert chat.sections[0] == "situation"
    assert {"postpartum_newborn_vaccine", "postpartum_newborn_immunoglobulin"} <= set(chat.situations)
    assert chat.sections[-1] == "question"


@pytest.mark.parametrize(
    "text", ["I'm in labour and have hep b", "my wife is in labour and has hep b", "38 weeks pregnant"]
)
def test_pathway_of_a_birth_that_is_near_tells_whom_to_call_before_any_question(tell, text):
    chat = tell(text)
    assert set(chat.sections[: chat.sections.index("situation")]) <= {"notice"}  # whose wife it is
    assert {"birth_ward_now", "birth_ward_today"} & set(chat.situations)
    assert chat.sections[-1] == "question"


@pytest.mark.parametrize(
    ("text", "response", "words"),
    [
        ("HBeAg positive", "exception_after_seroconversion", "exception only, after at least 12"),
        ("HBeAg positive", "after_seroconversion_better_longer", "at least 12 more months, and better for 36"),
        ("HBeAg positive", "after_seroconversion_for", "For 12 more months"),
        ("HBeAg negative", "strong_wish", "at least 2 years"),
    ],
)
def test_pathway_of_the_wish_to_stop_says_which_times_are_the_least(tell, text, response, words):
    chat = tell(f"HBsAg positive, {text}, HBV DNA not detected. I'm on tenofovir, can I stop?").say("answer_now")
    assert words in chat.text(f"utter_situation_on_treatment_{response}")


@pytest.mark.parametrize(
    ("text", "topic", "answer"),
    [
        ("I missed three doses of tenofovir", "ask_on_treatment", "utter_answer_on_treatment"),
        ("I'm on tenofovir, can I stop?", "ask_on_treatment", "utter_answer_on_treatment"),
        (
            "HBsAg positive. I was infected 2 months ago, what now?",
            "ask_acute_infection",
            "utter_answer_acute_infection",
        ),
    ],
)
def test_pathway_takes_the_place_of_the_general_answer(tell, text, topic, answer):
    chat = tell(text, topics=[topic])
    assert chat.situations
    assert answer not in chat.said


def test_pathway_answers_a_question_about_it_before_ours(tell, chat):
    tell("I am pregnant, HBsAg positive", topics=["ask_pregnancy"])
    assert {"pregnancy_needs_HBV_DNA", "pregnancy_birth_dose"} <= set(chat.situations)
    assert "utter_answer_pregnancy" not in chat.said
    assert chat.pending


@pytest.mark.parametrize("text", ["24 weeks", "week 24", "I'm in week 24", "I am 24 weeks now.", "24"])
def test_pathway_of_a_pregnancy_takes_the_week_it_asked_for(tell, chat, text):
    tell("HBsAg positive, HBeAg positive, HBV DNA 3e8 IU/mL, ALT 18 U/L, I am 28 and pregnant").say("answer_now")
    assert "pregnancy_needs_pregnancy_week" in chat.situations
    chat.say("nlu_fallback", text=text)
    assert chat.record["conditions"].get("pregnancy_week") == (None if text == "24" else 24)


def test_pathway_takes_no_week_where_nobody_is_pregnant(tell, chat):
    tell("HBsAg positive, I am 28, female")
    chat.say("nlu_fallback", text="24 weeks")
    assert "pregnancy_week" not in chat.record.get("conditions", {})


def test_pathway_leaves_the_general_answer_to_who_is_not_in_it(tell, chat):
    tell("HBsAg positive, I am 30", topics=["ask_pregnancy"])
    assert "utter_answer_pregnancy" in chat.said
    assert chat.situations == []


def test_pathway_of_a_contact_is_not_said_twice_for_a_question(tell, chat):
    tell("needle stick yesterday, what should I do?", topics=["ask_acute_infection"])
    assert chat.said.count("utter_situation_recent_exposure_vaccine_now") == 1
    assert "utter_answer_acute_infection" not in chat.said


def test_pathway_of_lost_hbsag_does_not_speak_of_no_infection(tell, chat):
    tell("I am on entecavir, HBsAg negative, HBV DNA not detected")
    assert {"utter_phase_hbsag_lost", "utter_advice_hbsag_lost", "utter_next_on_treatment"} <= set(chat.said)
    assert not {"utter_phase_not_infected", "utter_advice_no_infection", "utter_serology_susceptible"} & set(chat.said)
    assert not [name for name in chat.said if name.startswith("utter_serology")]


def test_pathway_after_stopping_leaves_out_the_routine(tell, chat):
    tell(
        "HBsAg positive, HBeAg negative, HBV DNA 5000 IU/mL, ALT 60 U/L, I am 45, male. I stopped entecavir in October"
    )
    chat.say("answer_now")
    assert "stopped_treatment_close_tests" in chat.situations
    assert not [name for name in chat.said if name.startswith(("utter_next_alt_repeat", "utter_next_test_"))]


def test_pathway_after_stopping_with_a_flare_sends_to_a_doctor_first(tell, chat):
    tell("HBsAg positive, ALT 400 U/L, male. I stopped tenofovir 2 months ago")
    assert chat.said[0] == "utter_alarm_alt_over_10"
    assert "utter_alarm_alt_over_5_after_stopping" in chat.said


def test_pathway_of_a_pregnancy_names_who_begins_when(tell, chat):
    tell("HBsAg positive, HBeAg positive, HBV DNA 3e8 IU/mL, ALT 18 U/L, I am 28 and 26 weeks pregnant").say(
        "answer_now"
    )
    assert "China 2022" in chat.text("utter_situation_pregnancy_week_due")
    assert "AASLD" in chat.text("utter_situation_pregnancy_week_before")
    assert "utter_situation_pregnancy_needs_pregnancy_week" not in chat.said


def test_pathway_of_a_child_without_hbsag_says_that_other_rules_apply(chat, found):
    chat.say("provide_results", found("age", 15, kind="age")).say("answer_now")
    assert chat.text("utter_warning_under_18") == "Under the age of 18, other rules apply than for adults."


def test_pathway_of_a_newborn_is_said_beside_an_urgent_sign_without_a_name(chat, found):
    chat.say(
        "urgent_symptom", found("postpartum", value=True, kind="condition"), text="born this morning, mother hep B"
    )
    assert "utter_situation_postpartum_newborn_vaccine" in chat.said
