"""Results of another person: kept apart, worded for that person, decided by that person's own facts."""

import re
from string import Formatter

import pytest

from actions.another import FILE, OF_ANOTHER, another_names
from hepb.yaml_files import parse_yaml


def test_writers_own_facts_do_not_get_into_the_relatives_record(chat):
    chat.tell("My wife is 31, her HBsAg is positive and her ALT is 60 U/L. I am 45 and I have diabetes.")
    assert (chat.record["age"], chat.record["sex"]) == (31, "female")
    assert "diabetes" not in chat.record.get("conditions", {})
    mine = chat.slots["dialogue"]["others"]["self"]
    assert (mine["age"], mine["conditions"]) == (45, {"diabetes": True})


def test_family_of_a_relative_is_told_from_ones_own(chat):
    chat.tell("My wife has HBsAg positive, ALT 60 U/L. Her mother had liver cancer. My father had cirrhosis.")
    assert chat.record["conditions"] == {"family_history_hcc": True}
    assert chat.slots["dialogue"]["others"]["self"]["conditions"] == {"family_history_cirrhosis": True}


def test_relatives_facts_are_kept_for_later(chat):
    chat.tell("My HBsAg is positive, ALT 30 U/L. My sister has diabetes.")
    chat.tell("My sister has HBsAg positive")
    assert chat.record["conditions"] == {"diabetes": True}


def test_own_condition_amid_a_relatives_results_is_asked_about(chat):
    chat.tell("My mother's HBsAg is positive, her ALT is 60 U/L")
    chat.tell("I have diabetes")
    assert chat.said[-1] == "utter_confirm_whose"
    assert "conditions" not in chat.record


def test_condition_that_names_nobody_is_the_relatives(chat):
    chat.tell("My mother's HBsAg is positive, her ALT is 60 U/L")
    chat.tell("no diabetes, no cirrhosis")
    assert chat.record["conditions"] == {"diabetes": False, "cirrhosis": "none"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("My wife's HBsAg is positive", "utter_about_partner"),
        ("My son is 9, HBsAg positive", "utter_about_child_male"),
        ("My sister's HBsAg is positive", "utter_about_sibling_female"),
        ("my uncle has HBsAg positive", "utter_about_other"),
    ],
)
def test_whose_results_they_are_is_always_said_first(chat, text, about):
    assert chat.tell(text).said[0] == about
    chat.say("dont_know")
    assert chat.said[0] == about
    chat.say("answer_now")
    assert chat.said[0] == about


def test_general_answer_says_nothing_of_whose_results(chat):
    chat.tell("My wife's HBsAg is positive, HBeAg negative, HBV DNA 900 IU/mL, ALT 20 U/L").say("answer_now")
    assert chat.say("greet").said[0] != "utter_about_partner"


def test_headlines_and_questions_speak_of_the_person(chat):
    chat.tell("My husband is 40. His HBsAg is positive")
    assert chat.said[-1] == "utter_ask_hbeag_of_another"
    chat.tell("HBeAg negative")
    assert chat.said[-1] == "utter_ask_hbv_dna_of_another"
    chat.tell("HBV DNA 900 IU/mL, ALT 20 U/L").say("answer_now")
    assert "utter_phase_inactive_carrier_of_another" in chat.said
    headlines = [chat.text(name) for name in chat.said if name.endswith(OF_ANOTHER)]
    assert not any(re.search(r"\byour?\b", words, re.IGNORECASE) for words in headlines)


def test_patient_alone_is_spoken_to_as_before(chat):
    chat.tell("HBsAg positive, HBeAg negative, HBV DNA 900 IU/mL, ALT 20 U/L, male, 40").say("answer_now")
    assert not any(name.endswith(OF_ANOTHER) or name.startswith("utter_about_") for name in chat.said)


def test_age_of_a_child_is_asked_first_and_decides(chat):
    chat.tell("My child's HBsAg is positive, HBeAg positive, ALT 30 U/L, HBV DNA 900000000 IU/mL")
    assert chat.said[-1] == "utter_ask_age_of_another"
    chat.say("nlu_fallback", text="9")
    chat.say("answer_now")
    assert "utter_phase_under_18_of_another" in chat.said
    assert any(name.startswith("utter_situation_child_") for name in chat.said)


@pytest.mark.parametrize(("told", "years"), [("2 days", 0.01), ("3 weeks old", 0.06), ("8 months", 0.67), ("9 yrs", 9)])
def test_age_of_a_child_is_taken_in_the_unit_that_is_told(chat, told, years):
    chat.tell("My child's HBsAg is positive").say("nlu_fallback", text=told)
    assert chat.record["age"] == years


def test_age_that_is_no_bare_answer_is_not_taken(chat):
    chat.tell("My child's HBsAg is positive").say("nlu_fallback", text="2 days ago he was tested")
    assert "age" not in chat.record


def test_grown_up_child_is_no_child(chat):
    chat.tell("My son is 34, HBsAg positive, HBeAg positive, ALT 20 U/L, HBV DNA 900000000 IU/mL").say("answer_now")
    assert "utter_phase_under_18_of_another" not in chat.said
    assert "utter_phase_immune_tolerant_of_another" in chat.said


@pytest.mark.parametrize("name", sorted(name for name in another_names() if name.endswith(OF_ANOTHER)))
def test_words_for_another_person_say_the_same(responses, name):
    """The same placeholders and the same buttons, and no "you"."""
    own, other = responses[name.removesuffix(OF_ANOTHER)][0], parse_yaml(FILE.read_text(), FILE.name)["responses"][name]
    assert _places(own["text"]) == _places(other[0]["text"])
    assert [button["payload"] for button in own.get("buttons", ())] == [
        button["payload"] for button in other[0].get("buttons", ())
    ]
    assert not re.search(r"\byour?s?\b", other[0]["text"], re.IGNORECASE)


def _places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_another_who_is_close_and_infected_brings_test_and_vaccine_for_the_writer(chat, found):
    hers = found("HBsAg", interpretation="positive", person="partner")
    assert "utter_close_for_yourself" in chat.say("provide_results", hers).said


def test_another_who_is_close_and_infected_brings_the_vaccine_beside_an_own_negative_result(chat, found):
    own, his = found("HBsAg", interpretation="negative"), found("HBsAg", interpretation="positive", person="partner")
    pregnant = found("pregnant", value=True, kind="condition")
    chat.say("provide_results", own, pregnant, {**his, "current": False})
    assert "utter_close_vaccine_pregnant" in chat.say("answer_now").said
    chat.say(
        "provide_results", found("anti_HBs", interpretation="positive"), found("anti_HBc", interpretation="negative")
    )
    assert "utter_close_vaccine_pregnant" not in chat.say("answer_now").said


def test_another_who_is_a_child_brings_no_vaccine_for_the_writer(chat, found):
    child = found("HBsAg", interpretation="positive", person="child")
    assert "utter_close_for_yourself" not in chat.say("provide_results", child).said
