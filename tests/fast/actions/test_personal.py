"""What holds for this patient, said with the general answer to a question."""

import pytest

from actions.answering import FROM_THE_RECORD
from actions.personal import BEHIND, PHASE, parts
from actions.questions import asks
from assistant.nlu.topics import is_answerable
from hepb.record import MARKERS


def test_personal_names_questions_and_what_can_be_said():
    for intent, names in parts().items():
        assert is_answerable(intent), intent
        assert asks(intent), intent
        assert intent not in FROM_THE_RECORD
        assert set(names) <= {*MARKERS, *BEHIND, PHASE}, intent


@pytest.mark.parametrize(
    ("sex", "value", "words"),
    [
        ("male", 62, "Your ALT of 62 U/L is above the limit of 35 U/L."),
        ("male", 30, "Your ALT of 30 U/L is not above the limit of 35 U/L."),
        ("female", 30, "Your ALT of 30 U/L is above the limit of 25 U/L."),
        (None, 62, "Your ALT of 62 U/L is above the limit of 35 U/L."),
        (None, 20, "Your ALT of 20 U/L is not above the limit of 25 U/L."),
        (None, 30, "Your newest result for ALT is 30 U/L."),
    ],
)
def test_personal_alt_is_compared_with_the_limit_of_the_person(chat, found, sex, value, words):
    person = [found("sex", sex, kind="sex")] if sex else []
    chat.say("provide_results", found("ALT", value, "U/L"), *person).say("ask_normal_alt")
    assert chat.text(chat.said[0]) == words
    assert chat.said[1] == ("utter_normal_alt_told" if sex else "utter_answer_normal_alt")


def test_personal_sign_and_value_are_said_before_the_answer(chat, found):
    chat.say("provide_results", found("HBeAg", interpretation="positive"), found("AFP", 4, "ng/mL"))
    assert chat.say("ask_what_is_hbeag").said[:2] == ["utter_because_HBeAg_positive", "utter_answer_what_is_hbeag"]
    assert chat.text(chat.say("ask_what_is_afp").said[0]) == "Your newest result for AFP is 4 ng/mL."


def test_personal_value_is_the_newest(chat, found):
    chat.say("provide_results", found("AST", 80, "U/L", date="2020-01-01"), found("AST", 40, "U/L"))
    assert chat.text(chat.say("ask_what_is_ast").said[0]) == "Your newest result for AST is 40 U/L."


def test_personal_says_nothing_of_what_is_not_known(chat, found):
    assert chat.say("ask_normal_alt").said == ["utter_answer_normal_alt"]
    chat.say("provide_results", found("ALT", 62, "U/L")).say("ask_high_viral_load")
    assert chat.said[0] == "utter_answer_high_viral_load"


def test_personal_says_nothing_beside_an_alarm(chat, found):
    chat.say("provide_results", found("ALT", 900, "U/L"), found("bilirubin", 5, "mg/dL"), found("INR", 2.5))
    assert chat.slots["dialogue"]["alarms"]
    assert chat.say("ask_normal_alt").said[0] == "utter_answer_normal_alt"


def test_personal_phase_is_named_once_it_was_answered(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    assert chat.say("ask_immune_tolerance").said[0] == "utter_answer_immune_tolerance"
    chat.say("answer_now").say("ask_immune_tolerance")
    assert chat.said == ["utter_phase_immune_tolerant", "utter_answer_immune_tolerance"]


def test_personal_value_is_said_once_for_two_questions(chat, found):
    chat.say("provide_results", found("ALT", 62, "U/L"))
    chat.say("ask_normal_alt", topics=["ask_normal_alt", "ask_lower_alt"])
    assert chat.said.count("utter_because_ALT_above") == 1
