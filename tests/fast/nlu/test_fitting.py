"""Guesses that the message itself rules out."""

import pytest

from assistant.nlu import fitting as module
from assistant.nlu.fitting import contradicted, elsewhere, fitting, instead
from assistant.nlu.guessing import Guess
from assistant.nlu.topics import REFUSALS, intent_topics, is_answerable
from hepb.record import COINFECTIONS, CONDITIONS, MARKERS


def sign(name, interpretation):
    return {"kind": "marker", "name": name, "interpretation": interpretation}


def condition(name, value):
    return {"kind": "condition", "name": name, "value": value}


def guess(*ranking):
    return Guess(ranking, 0.8)


def test_fitting_leaves_out_an_answer_that_holds_for_the_other_sign():
    likely = guess(("ask_hbsag_negative", 0.5), ("ask_what_is_hbsag", 0.3))
    assert fitting(likely, "words", [sign("HBsAg", "positive")]).ranking == (("ask_what_is_hbsag", 0.3),)
    assert fitting(likely, "words", [sign("HBsAg", "negative")]) == likely
    assert fitting(likely, "words", []) == likely


@pytest.mark.parametrize(
    ("text", "ruled_out"),
    [
        ("what does it mean: positive hepatitis B surface antigen (HBsAg), positive core antibody", True),
        ("the surface antigen (HBsAg) came back positive and so did the core antibody", True),
        ("core antibody positive and HBsAg test result: reactive, how is that read", True),
        ("HBsAg (+) core (+), meaning?", True),
        ("core antibody positive, HBsAg negative, meaning?", False),
        ("a positive core antibody with a negative hepatitis B surface antigen (HBsAg)", False),
    ],
)
def test_fitting_gives_no_old_infection_to_an_infected_person_however_the_sign_is_told(text, ruled_out):
    likely = guess(("ask_isolated_core", 0.6), ("ask_read_panel", 0.3))
    assert fitting(likely, text, []).intent == ("ask_read_panel" if ruled_out else "ask_isolated_core")


def test_fitting_keeps_an_answer_when_one_of_two_people_has_its_sign():
    both = [sign("HBsAg", "positive"), sign("HBsAg", "negative")]
    assert not contradicted("ask_hbsag_negative", both)


@pytest.mark.parametrize(
    ("intent", "finding"),
    [
        ("ask_hiv_too", condition("HIV", value=False)),
        ("ask_living_with_cirrhosis", condition("cirrhosis", "none")),
        ("ask_hbsag_negative", condition("chronic_hepatitis_b", value=True)),
        ("ask_isolated_core", sign("anti_HBs", "positive")),
        ("ask_three_positives", sign("HBsAg", "negative")),
    ],
)
def test_fitting_contradicts_by_result_and_by_condition(intent, finding):
    assert contradicted(intent, [finding])
    assert not contradicted("ask_alcohol", [finding])


def test_fitting_asks_for_the_words_that_an_answer_takes_for_granted():
    likely = guess(("ask_hbsag_after_vaccine", 0.6), ("ask_when_to_test", 0.3))
    assert fitting(likely, "does the test find it in a week?", []).intent == "ask_when_to_test"
    assert fitting(likely, "I had the Vaccination, does the test find it?", []).intent == "ask_hbsag_after_vaccine"
    assert fitting(guess(("ask_what_is_ast", 0.6), ("thanks", 0.3)), "asdkjh qwe", []).intent == "thanks"
    found = guess(("ask_exposed_through_sex", 0.6), ("ask_acute_infection", 0.3))
    assert fitting(found, "they detected hepatitis b", []).intent == "ask_acute_infection"


def test_fitting_names_what_is_answered_in_place_only_where_it_has_an_answer(monkeypatch):
    positive = [sign("HBsAg", "positive")]
    table = {"ask_hbsag_negative": {"holds_for": {"HBsAg": "negative"}, "instead": "ask_what_is_hbsag"}}
    table["ask_isolated_core"] = {"instead": "ask_read_panel"}
    monkeypatch.setattr(module, "_bound", lambda: table)
    assert instead(guess(("ask_hbsag_negative", 0.5)), "words", positive) == "ask_what_is_hbsag"
    assert instead(guess(("ask_hbsag_negative", 0.5)), "words", []) is None
    assert instead(guess(("ask_isolated_core", 0.5)), "core and surface antigen positive?", []) == "ask_read_panel"
    table["ask_hbsag_negative"]["instead"] = "ask_nothing_known"
    assert instead(guess(("ask_hbsag_negative", 0.5)), "words", positive) is None


def test_bound_answers_name_questions_results_and_conditions():
    known = {*MARKERS, *CONDITIONS, *COINFECTIONS, "chronic_hepatitis_b"}
    for intent, entry in module._bound().items():
        assert set(entry["holds_for"]) <= known, intent
        assert set(entry) <= {"holds_for", "instead"}
        for name, wanted in entry["holds_for"].items():
            assert (
                (wanted in {"positive", "negative"})
                if name in MARKERS and name not in COINFECTIONS
                else isinstance(wanted, bool)
            )
    named = {*module._bound(), *module._words("spoken_of"), *module._words("spoken_against")}
    assert [intent for intent in named if not is_answerable(intent)] == []


def test_fitting_leaves_out_an_old_infection_where_the_question_names_a_positive_hbsag():
    likely = guess(("ask_isolated_core", 0.7), ("ask_what_is_hbsag", 0.2))
    asked = "what do HBsAg positive and a positive core antibody mean together?"
    assert fitting(likely, asked, []).ranking == (("ask_what_is_hbsag", 0.2),)
    assert fitting(likely, "HBsAg negative and core positive, what is that?", []) == likely


def test_fitting_speaks_of_the_outlook_of_liver_cancer_only_where_it_is_meant():
    likely = guess(("ask_cancer_outlook", 0.6), ("ask_can_it_be_cured", 0.2))
    assert fitting(likely, "his breast cancer is gone, is there a cure?", []).ranking == (("ask_can_it_be_cured", 0.2),)
    assert fitting(likely, "my uncle has HCC, is there a cure?", []) == likely


def test_fitting_speaks_of_stopping_tablets_only_where_there_are_some():
    likely = guess(("ask_stop_while_breastfeeding", 0.6), ("ask_breastfeeding", 0.3))
    assert fitting(likely, "should I stop breastfeeding", []).ranking == (("ask_breastfeeding", 0.3),)
    assert fitting(likely, "should I stop entecavir while I breastfeed", []) == likely


def test_fitting_stops_no_tablets_where_a_vaccine_is_meant():
    likely = guess(("ask_stop_treatment", 0.6), ("ask_missed_vaccine_dose", 0.3))
    assert fitting(likely, "I stopped the jabs", []).intent == "ask_missed_vaccine_dose"
    assert fitting(likely, "I stopped the tablets", []) == likely


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("my girlfriend has gonorrhoea, do I need treatment", "ask_other_sti"),
        ("Rubella in the tenth week, what now", "ask_infection_in_pregnancy"),
        ("HBsAg positive and syphilis positive", None),
        ("still positive, is it stinging", None),
        ("do I need treatment", None),
    ],
)
def test_fitting_knows_another_infection_where_nothing_of_ours_is_named(text, intent):
    assert elsewhere(text) == intent


def test_words_of_another_infection_name_questions_that_are_refused():
    named = set(module._words("spoken_elsewhere")) - {"ours"}
    assert named
    assert [intent for intent in named if intent_topics()[intent].file != REFUSALS] == []
