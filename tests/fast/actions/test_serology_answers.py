"""What the chat says of the serology panel, with one next step, and the question about a number without a sign."""

import pytest

YES, NO = "positive", "negative"


@pytest.fixture
def panel(found):
    """Findings of a panel: ``panel(HBsAg=NO, anti_HBc=YES)``."""
    return lambda **signs: [found(name, interpretation=sign) for name, sign in signs.items()]


def in_section(chat, section):
    return [message["response"] for message in chat.messages if message["section"] == section]


READINGS = [
    (
        {"HBsAg": NO, "anti_HBs": NO, "anti_HBc": NO},
        ["susceptible", "unverified"],
        ["utter_serology_next_susceptible"],
    ),
    ({"HBsAg": NO, "anti_HBs": YES, "anti_HBc": NO}, ["vaccinated", "unverified"], ["utter_serology_next_vaccinated"]),
    ({"HBsAg": NO, "anti_HBs": YES, "anti_HBc": YES}, ["recovered", "unverified"], ["utter_next_resolved"]),
    (
        {"HBsAg": NO, "anti_HBs": NO, "anti_HBc": YES, "anti_HBc_IgM": YES},
        ["window", "unverified"],
        ["utter_serology_next_window", "utter_next_resolved"],
    ),
    (
        {"HBsAg": NO, "anti_HBs": NO, "anti_HBc": YES, "anti_HBc_IgM": NO},
        ["isolated_core", "unverified"],
        ["utter_serology_next_isolated_core", "utter_next_resolved"],
    ),
    (
        {"HBsAg": NO, "anti_HBc": YES},
        ["past_infection", "unverified"],
        ["utter_serology_next_past_infection", "utter_next_resolved"],
    ),
    ({"HBsAg": NO, "anti_HBc": NO}, ["never_infected", "unverified"], ["utter_serology_next_never_infected"]),
    ({"HBsAg": NO, "anti_HBs": YES}, ["immune", "unverified"], ["utter_serology_next_immune"]),
    ({"HBsAg": NO}, ["incomplete", "unverified"], ["utter_serology_next_incomplete"]),
]


@pytest.mark.parametrize(("signs", "said", "steps"), READINGS, ids=[reading[1][0] for reading in READINGS])
def test_serology_without_infection_is_answered_at_once(chat, panel, signs, said, steps):
    """The reading comes first, no question is asked, and one step of its own follows."""
    chat.say("provide_results", *panel(**signs))
    assert chat.pending == ""
    phase = in_section(chat, "phase")
    assert phase[:-1] == [f"utter_serology_{name}" for name in said]
    assert phase[-1] in {"utter_phase_resolved", "utter_phase_not_infected"}
    assert in_section(chat, "next") == steps
    assert in_section(chat, "advice") == ["utter_advice_no_infection"]


def test_serology_gaps_are_asked_for_in_the_next_step(chat, panel):
    chat.say("provide_results", *panel(HBsAg=NO))
    assert chat.text("utter_serology_next_incomplete") == "To learn more, ask for: anti-HBc, anti-HBs."
    chat.say("provide_results", *panel(anti_HBs=NO))
    assert chat.text("utter_serology_next_incomplete") == "To learn more, ask for: anti-HBc."
    chat.say("provide_results", *panel(anti_HBc=YES))
    assert chat.text("utter_serology_next_isolated_core") == "To learn more, ask for: HBV DNA, anti-HBc IgM."


def test_serology_after_the_tests_asks_for_no_more(chat, panel, found):
    virus = found("HBV_DNA", interpretation="undetectable")
    chat.say("provide_results", *panel(HBsAg=NO, anti_HBs=NO, anti_HBc=YES, anti_HBc_IgM=NO), virus)
    assert in_section(chat, "next") == ["utter_next_resolved"]


def test_serology_that_does_not_fit_claims_nothing_else(chat, panel):
    chat.say("provide_results", *panel(HBsAg=NO, HBeAg=YES))
    assert in_section(chat, "phase") == [
        "utter_serology_contradictory",
        "utter_serology_together_e_antigen_without_surface_antigen",
        "utter_serology_unverified",
    ]
    assert in_section(chat, "advice") == []
    assert in_section(chat, "next") == ["utter_serology_next_contradictory"]
    assert chat.text("utter_serology_next_contradictory").endswith("blood sample: HBsAg, HBeAg.")


def test_hidden_infection_is_not_called_none(chat, panel, found):
    chat.say("provide_results", *panel(HBsAg=NO, anti_HBc=YES), found("HBV_DNA", 120, "IU/mL"))
    assert in_section(chat, "phase") == ["utter_serology_occult_suspected", "utter_serology_unverified"]
    assert in_section(chat, "advice") == []
    assert "utter_serology_next_occult_suspected" in chat.said


@pytest.mark.parametrize("when", ["planned", "current"])
def test_past_infection_keeps_the_warning_before_immunosuppression(chat, panel, found, when):
    damped = found("immunosuppression", when, kind="condition")
    lead = {"planned": "utter_next_before_immunosuppression", "current": "utter_next_during_immunosuppression"}[when]
    chat.say("provide_results", *panel(HBsAg=NO, anti_HBs=YES, anti_HBc=YES), damped)
    assert in_section(chat, "advice")[0] == lead
    chat.say("provide_results", *panel(anti_HBc=NO))
    assert lead not in chat.said


def test_results_that_seldom_stand_together_are_said_beside_the_phase(chat, panel, found):
    signs = panel(HBsAg=YES, anti_HBs=YES, HBeAg=YES, anti_HBe=YES, anti_HBc=YES)
    chat.say("provide_results", *signs, found("HBV_DNA", 3.2e8, "IU/mL"), found("ALT", 22, "U/L")).say("answer_now")
    phase = in_section(chat, "phase")
    assert phase[0] == "utter_phase_immune_tolerant"
    assert phase[-3:] == [
        "utter_serology_together_surface_antigen_and_antibody",
        "utter_serology_together_e_antigen_and_antibody",
        "utter_serology_unverified",
    ]
    assert not {"utter_serology_infected", "utter_serology_chronic"} & set(phase)


def test_plain_infection_has_no_word_more(chat, panel, found):
    chat.say("provide_results", *panel(HBsAg=YES, HBeAg=NO), found("HBV_DNA", interpretation="undetectable"))
    chat.say("provide_results", found("ALT", 20, "U/L")).say("answer_now")
    assert not [name for name in chat.said if name.startswith("utter_serology")]


@pytest.mark.parametrize(
    ("signs", "reading", "step"),
    [
        ({"HBsAg": YES, "anti_HBc": YES, "anti_HBc_IgM": YES}, "acute_or_flare", True),
        ({"HBsAg": YES, "anti_HBc": NO}, "early", True),
        ({"HBsAg": YES, "HBeAg": YES, "anti_HBc": YES}, "infected", False),
    ],
)
def test_serology_of_an_infection_without_a_phase(chat, panel, signs, reading, step):
    chat.say("provide_results", *panel(**signs)).say("answer_now")
    assert in_section(chat, "phase")[0] == f"utter_serology_{reading}"
    assert (f"utter_serology_next_{reading}" in chat.said) is step


def test_new_infection_is_called_acute(chat, panel, found):
    recent = found("infection_over_6_months", value=False, kind="condition")
    chat.say("provide_results", *panel(HBsAg=YES, anti_HBc_IgM=YES), recent).say("answer_now")
    assert in_section(chat, "phase") == ["utter_serology_acute", "utter_phase_under_six_months"]


def test_antibodies_without_hbsag_leave_the_word_to_hbsag(chat, panel):
    chat.say("provide_results", *panel(anti_HBs=YES))
    assert chat.pending == "hbsag"
    chat.say("answer_now")
    assert not [name for name in chat.said if name.startswith("utter_serology")]


# --- a number without a sign ----------------------------------------------------------------------------------------
@pytest.fixture
def asked(chat, panel, found):
    """The chat after an anti-HBc of 0.01 S/CO without a flag."""
    return chat.say("provide_results", *panel(HBsAg=NO, anti_HBs=YES), found("anti_HBc", 0.01, "S/CO"))


def test_index_without_flag_is_asked_about(asked):
    assert asked.said[-1] == "utter_confirm_sign"
    assert asked.text("utter_confirm_sign").startswith("Does your slip say positive or negative for anti-HBc?")
    assert asked.messages[-1]["offered"] == ["anti_HBc"]
    assert "utter_understood_anti_HBc_unclear" in asked.said


@pytest.mark.parametrize(("sign", "reading"), [(YES, "recovered"), (NO, "vaccinated")])
def test_sign_from_a_button_completes_the_number(asked, sign, reading):
    asked.choose(anti_HBc=sign)
    assert f"utter_serology_{reading}" in asked.said
    stored = next(item for item in asked.record["observations"] if item["marker"] == "anti_HBc")
    assert stored == {"marker": "anti_HBc", "value": 0.01, "unit": "S/CO", "interpretation": sign}
    assert asked.slots["dialogue"]["doubts"] == []


@pytest.mark.parametrize("words", ["Reactive.", "it says positive", "The report says reactive!", "pos"])
def test_sign_in_words_completes_the_number(asked, words):
    asked.say("nlu_fallback", text=words)
    assert "utter_serology_recovered" in asked.said
    assert "utter_warning_index_without_flag" not in asked.said


def test_sign_in_a_sentence_completes_the_number(asked, found):
    asked.say("provide_results", found("anti_HBc", interpretation=YES))
    assert "utter_serology_recovered" in asked.said


@pytest.mark.parametrize("how", ["button", "words"])
def test_sign_that_nobody_knows_stays_open(asked, how):
    if how == "button":
        asked.choose(unknown=True)
    else:
        asked.say("dont_know")
    assert "utter_serology_immune" in asked.said
    assert "utter_warning_index_without_flag" in asked.said
    assert "utter_type_again" not in asked.said
    assert asked.pending == ""


@pytest.mark.parametrize("words", ["it says positive or negative", "it says nothing", "it is not positive", "says"])
def test_words_that_name_no_sign_ask_again(asked, words):
    asked.say("nlu_fallback", text=words)
    assert asked.said[-1] == "utter_confirm_sign"
    assert asked.pending == "doubt"


def test_yes_is_no_sign(asked):
    assert asked.say("affirm").said[-1] == "utter_confirm_sign"
    assert asked.say("deny").said[-1] == "utter_confirm_sign"


def test_low_antibody_number_without_a_unit_is_told_from_where_it_protects(chat, found):
    chat.say("provide_results", found("anti_HBs", 4))
    assert chat.said[-1] == "utter_confirm_sign_anti_HBs"
    assert "anti-HBs of 4?" in chat.text("utter_confirm_sign_anti_HBs")
    assert "less than 10 counts as too low" in chat.text("utter_confirm_sign_anti_HBs")
    chat.choose(anti_HBs=NO)
    assert chat.record["observations"] == [{"marker": "anti_HBs", "value": 4, "interpretation": NO}]


def test_low_antibody_index_asks_for_the_sign_only(chat, found):
    assert chat.say("provide_results", found("anti_HBs", 0.5, "S/CO")).said[-1] == "utter_confirm_sign"


def test_sign_is_not_asked_twice_of_hbsag(chat, found):
    chat.say("provide_results", found("HBsAg", 0.02))
    assert chat.said[-1] == "utter_confirm_sign"
    assert chat.say("dont_know").pending not in {"doubt", "hbsag"}


def test_index_with_a_flag_is_not_asked_about(chat, panel, found):
    core = found("anti_HBc", 0.01, "S/CO", interpretation=YES)
    chat.say("provide_results", *panel(HBsAg=NO, anti_HBs=YES), core)
    assert "utter_serology_recovered" in chat.said


def test_former_shorthand_does_not_stay(chat, found):
    """Small three positives say nothing of HBeAg, and what big three positives said of it is over."""
    former = [
        found(name, interpretation=YES, implied=True, current=False, date="2010-01-01")
        for name in ("HBsAg", "HBeAg", "anti_HBc")
    ]
    now = [found(name, interpretation=YES, implied=True) for name in ("HBsAg", "anti_HBe", "anti_HBc")]
    chat.say("provide_results", *former, *now)
    assert {item["marker"] for item in chat.record["observations"]} == {"HBsAg", "anti_HBe", "anti_HBc"}
    assert chat.pending == "hbeag"


# --- the vaccine ----------------------------------------------------------------------------------------------------
def test_vaccine_alone_starts_no_questions_beside_a_question(chat, found):
    told = found("vaccinated", value=True, kind="condition")
    chat.say("provide_results", told, topics=["ask_can_it_be_cured"])
    assert chat.said == ["utter_answer_can_it_be_cured"]
    assert chat.record["conditions"] == {"vaccinated": True}


def test_vaccine_without_antibody_is_not_called_unprotected(chat, panel, found):
    told = found("vaccinated", value=True, kind="condition")
    chat.say("provide_results", told, *panel(HBsAg=NO, anti_HBs=NO, anti_HBc=NO))
    assert "utter_serology_vaccine_without_antibody" in chat.said
    assert "utter_serology_susceptible" not in chat.said


# --- HBsAg that was positive before, young children, pregnancy without the virus -------------------------------------
def test_lost_hbsag_is_an_infection_that_is_over(chat, panel, found):
    before = found("HBsAg", interpretation=YES, since="2010-12-31", current=False, sequence=1)
    now = found("HBsAg", interpretation=NO, sequence=2)
    chat.say("provide_results", before, now, *panel(anti_HBs=YES))
    assert "utter_serology_recovered" in chat.said
    assert not any("immune" in name for name in chat.said)
    assert "AASLD/IDSA 2025" in chat.text("utter_next_scans_after_loss")
    assert "2010 –" in chat.text("utter_course_hbsag_seroconversion")


def test_baby_after_the_vaccine_is_not_asked_for_the_core_antibody(chat, panel, found):
    age = found("age", 0.83, kind="age", person="child")
    told = found("vaccinated", value=True, kind="condition", person="child")
    results = [{**result, "person": "child"} for result in panel(HBsAg=NO, anti_HBs=NO)]
    chat.say("provide_results", age, told, *results, topics=["ask_pregnancy"])
    assert chat.said[0] == "utter_about_child"
    assert "utter_serology_next_protection_not_shown" in chat.said
    assert "utter_answer_pregnancy" not in chat.said
    assert chat.text("utter_understood_age_months").split()[:3] == ["Age", "10", "months"]


def test_pregnancy_without_the_virus_is_not_taken_for_one_with_it(chat, panel, found):
    chat.say("provide_results", *panel(HBsAg=NO, anti_HBs=YES))
    chat.say("provide_results", found("pregnant", value=True, kind="condition"), topics=["ask_pregnancy"])
    assert "utter_answer_pregnancy_hbsag_negative" in chat.said
    assert "utter_answer_pregnancy" not in chat.said


def test_who_is_not_pregnant_hears_nothing_of_mothers(chat, panel, found):
    chat.say("provide_results", *panel(HBsAg=YES))
    chat.say("provide_results", found("pregnant", value=False, kind="condition"), topics=["ask_pregnancy"])
    assert "utter_answer_pregnancy" not in chat.said
