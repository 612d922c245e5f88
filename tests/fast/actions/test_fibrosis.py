"""Scores, scans and cancer checks as the patient reads them."""

import pytest


@pytest.fixture
def condition(found):
    return lambda name, value=True: found(name, value, kind="condition")


@pytest.fixture
def person(found):
    """A man of 45 with the values of the README of scores: AST 50, ALT 60, platelets 120."""

    def made(*more, age=45, sex="male", ast=50, alt=60, platelets=120):
        return (
            found("age", age, kind="age"), found("sex", sex, kind="sex"), found("HBsAg", interpretation="positive"),
            found("HBeAg", interpretation="negative"), found("HBV_DNA", 900, "IU/mL"), found("AST", ast, "U/L"),
            found("ALT", alt, "U/L"), found("platelets", platelets, "10^9/L"), *more,
        )  # fmt: skip

    return made


def section(chat, name):
    return [message["response"] for message in chat.messages if message["section"] == name]


def test_scores_are_said_with_their_value_and_who_uses_them(chat, person):
    chat.say("provide_results", *person()).say("answer_now")
    assert "Your APRI score is 1.04." in chat.text("utter_score_APRI_cirrhosis_likely")
    assert "WHO 2024*" in chat.text("utter_score_APRI_cirrhosis_likely")
    assert "Your FIB-4 score is 2.42." in chat.text("utter_score_FIB4_between")
    said = section(chat, "why")
    assert "utter_score_limit_low_sensitivity" not in said
    assert said[-1] == "utter_situation_unchecked"
    assert not any(name.startswith("utter_because_APRI") for name in chat.said)


def test_low_scores_prove_nothing_and_that_is_said_once(chat, person):
    chat.say("provide_results", *person(ast=20, alt=20, platelets=250)).say("answer_now")
    said = section(chat, "why")
    assert said.index("utter_score_APRI_no_significant_fibrosis") < said.index("utter_score_limit_low_sensitivity")
    assert said.count("utter_score_limit_low_sensitivity") == 1


def test_score_is_said_at_once_while_a_question_is_open(chat, found):
    """Somebody who types only what a score needs wants the score."""
    values = found("AST", 50, "U/L"), found("platelets", 120, "10^9/L"), found("ALT", 60, "U/L")
    chat.say("provide_results", *values, found("age", 45, kind="age"))
    assert {"utter_score_APRI_cirrhosis_likely", "utter_score_FIB4_between"} <= set(chat.said)
    assert chat.pending
    chat.say("provide_results", found("HBsAg", interpretation="positive"))
    assert not any(name.startswith("utter_score") for name in chat.said)


def test_score_is_not_said_without_its_inputs(chat, found):
    chat.say("provide_results", found("AST", 50, "U/L"), found("ALT", 60, "U/L"), found("HBsAg", interpretation="positive"))  # fmt: skip  # noqa: E501
    chat.say("answer_now")
    assert not any(name.startswith("utter_score") for name in chat.said)


def test_page_b_is_said_to_people_on_treatment_only(chat, person, condition):
    chat.say("provide_results", *person()).say("answer_now")
    assert not any("PAGE_B" in name for name in chat.said)
    chat.say("provide_results", condition("on_treatment")).say("answer_now")
    assert "16 points" in chat.text("utter_score_PAGE_B_medium_risk")
    assert "EASL 2025*" in chat.text("utter_score_PAGE_B_medium_risk")
    assert "EASL 2017" not in chat.text("utter_score_PAGE_B_medium_risk")


def test_known_cirrhosis_is_not_contradicted_by_a_low_score(chat, person, condition):
    chat.say("provide_results", *person(ast=20, platelets=250), condition("cirrhosis", "compensated"), condition("stiffness_kpa", 6.0))  # fmt: skip  # noqa: E501
    chat.say("answer_now")
    assert not [name for name in chat.said if name.startswith(("utter_score", "utter_stiffness"))]


def test_score_of_a_child_is_not_read(chat, person):
    chat.say("provide_results", *person(age=12)).say("answer_now")
    assert "utter_score_APRI_not_validated" in chat.said
    assert not any(name.startswith("utter_score_APRI_c") for name in chat.said)


def test_score_that_is_a_range_is_said_as_one(chat, person, found):
    chat.say("provide_results", *person(ast=20, platelets=250), found("AST", [60, 70], "U/L", comparator="range"))
    chat.say("answer_now")
    assert "0.6–0.7" in chat.text("utter_score_APRI_significant_fibrosis")


def test_scan_is_read_guideline_by_guideline(chat, person, condition):
    chat.say("provide_results", *person(), condition("stiffness_kpa", 7.0)).say("answer_now")
    assert "7 kPa" in chat.text("utter_stiffness_significant_fibrosis")
    assert "EASL 2025" in chat.text("utter_stiffness_significant_fibrosis")
    assert "WHO 2024" in chat.text("utter_stiffness_no_significant_fibrosis")
    assert "utter_stiffness_limit_inflammation" in chat.said


def test_scan_beside_a_normal_alt_has_no_caveat(chat, person, condition):
    chat.say("provide_results", *person(alt=20), condition("stiffness_kpa", 9.0)).say("answer_now")
    assert "utter_stiffness_advanced_fibrosis" in chat.said
    assert "utter_stiffness_limit_inflammation" not in chat.said


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("cirrhosis", "compensated", "cirrhosis"), ("family_history_hcc", True, "family")],
)
def test_reason_for_scans_is_said(chat, person, condition, name, value, reason):
    chat.say("provide_results", *person(), condition(name, value)).say("answer_now")
    assert f"utter_next_surveillance_{reason}" in section(chat, "next")
    assert "WHO 2024" in chat.text(f"utter_next_surveillance_{reason}")


def test_scans_are_spoken_of_under_treatment_too(chat, person, condition):
    chat.say("provide_results", *person(platelets=240), condition("on_treatment"), condition("family_history_hcc"))
    chat.say("answer_now")
    assert {"utter_next_on_treatment", "utter_next_surveillance_family"} <= set(section(chat, "next"))
    assert "utter_next_surveillance_page_b" in chat.said


def test_platelets_are_asked_of_people_on_treatment(chat, found, condition):
    chat.say("provide_results", found("age", 40, kind="age"), found("HBsAg", interpretation="positive"), condition("on_treatment"))  # fmt: skip  # noqa: E501
    chat.say("answer_now")
    assert "EASL 2025" in chat.text("utter_next_surveillance_needs_platelets")


def test_ancestry_is_asked_where_it_matters(chat, person, condition):
    chat.say("provide_results", *person(platelets=240)).say("answer_now")
    assert "AASLD/IDSA 2025" in chat.text("utter_next_surveillance_needs_ancestry")
    chat.say("provide_results", condition("ancestry", "asian")).say("answer_now")
    assert "utter_next_surveillance_needs_ancestry" not in chat.said
    assert "AASLD/IDSA 2025" in chat.text("utter_next_surveillance_origin")
    chat.say("provide_results", condition("ancestry", "other")).say("answer_now")
    assert not [name for name in chat.said if name.startswith("utter_next_surveillance")]


def test_no_scans_are_spoken_of_beside_an_alarm_or_without_an_infection(chat, found, person, condition):
    chat.say("provide_results", *person(alt=900), condition("family_history_hcc")).say("answer_now")
    assert "utter_next_alarm" in chat.said
    assert not any("surveillance" in name for name in chat.said)
    chat.say("provide_results", found("ALT", 20, "U/L"), found("HBsAg", interpretation="negative")).say("answer_now")
    assert not any("surveillance" in name or name.startswith("utter_score") for name in chat.said)


@pytest.mark.parametrize(
    ("intent", "own"),
    [("ask_cancer_risk", "utter_next_surveillance_family"), ("ask_what_is_fibroscan", "utter_score_FIB4_between")],
)
def test_question_is_answered_for_this_person_once_the_results_were(chat, person, condition, intent, own):
    chat.say(intent)
    assert len(chat.said) == 1
    chat.say("provide_results", *person(), condition("family_history_hcc"))
    chat.say(intent)
    assert own not in chat.said
    chat.say("answer_now").say(intent)
    assert own in chat.said
    chat.say("provide_results", *person(alt=900)).say(intent)
    assert own not in chat.said


def test_afp_is_said_to_go_with_the_scan(chat, person, condition):
    chat.say("provide_results", *person(), condition("cirrhosis", "compensated")).say("answer_now")
    assert "WHO 2024" in chat.text("utter_next_surveillance_afp")
    assert "EASL 2025" not in chat.text("utter_next_surveillance_afp")


def test_scans_that_are_only_considered_are_said_so(chat, person, found, condition):
    dna = found("HBV_DNA", 50000, "IU/mL")
    chat.say("provide_results", *person(ast=20, alt=20, platelets=250), dna, condition("family_history_hcc"))
    chat.say("answer_now")
    assert "can be considered" in chat.text("utter_next_surveillance_family_dna")
    assert "NICE CG165" in chat.text("utter_next_surveillance_family_dna")


def test_guideline_that_offers_no_scans_is_named(chat, person, condition):
    absent = condition("cirrhosis", "none"), condition("fibrosis_stage", 0), condition("stiffness_kpa", 5.0)
    chat.say("provide_results", *person(age=30, ast=20, alt=20, platelets=250), *absent).say("answer_now")
    assert "NICE CG165" in chat.text("utter_next_no_surveillance")
