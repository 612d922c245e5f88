"""Questions of one line that hang on what was said last."""

import pytest

from actions.follow_ups import VERDICT, follow_ups
from actions.questions import NEXT_TEST, asks
from assistant.nlu.topics import FOLLOW_UPS, intent_topics, is_answerable
from hepb.criteria import CHOICES, NUMBERS
from hepb.knowledge_file import PHASES
from hepb.loader import knowledge
from hepb.questions import catalogue
from hepb.record import MARKERS

KINDS = {"several", "answered", "results", "situation", "question", "topic", "marker", "phase", "else"}
ITEMS = {item for question in catalogue() for item in question.items} | set(CHOICES) | set(NUMBERS)


def test_follow_ups_are_those_of_the_topics():
    assert set(follow_ups()) == {name for name, entry in intent_topics().items() if entry.file == FOLLOW_UPS}


@pytest.mark.parametrize("intent", follow_ups())
def test_follow_up_hangs_on_and_stands_for_what_there_is(intent):
    situations = {pathway.id for pathway in knowledge().pathways}
    known = {"question": ITEMS, "marker": set(MARKERS), "phase": set(PHASES), "situation": situations}
    for kind, table in follow_ups()[intent].items():
        assert kind in KINDS
        meanings = [table] if isinstance(table, str) else table.values()
        assert all(meaning == VERDICT or (is_answerable(meaning) and asks(meaning)) for meaning in meanings), (
            kind,
            table,
        )
        if kind == "topic":
            assert all(is_answerable(topic) for topic in table)
        elif isinstance(table, dict):
            assert set(table) <= known[kind]


@pytest.mark.parametrize(
    ("first", "follow_up", "answer"),
    [
        ("ask_what_is_alt", "is_that_bad", "utter_answer_normal_alt"),
        ("ask_what_is_alt", "what_if_it_goes_up", "utter_answer_why_alt_rises"),
        ("ask_low_viral_load", "what_if_it_goes_up", "utter_answer_viral_load_changes"),
        ("ask_normal_alt", "what_does_that_mean", "utter_answer_what_is_alt"),
        ("ask_tenofovir", "and_my_baby", "utter_answer_medicine_in_pregnancy"),
        ("ask_breastfeeding", "and_my_baby", "utter_answer_baby_shots"),
        ("ask_kissing", "and_my_baby", "utter_answer_pregnancy"),
        ("ask_cancer_risk", "how_often", "utter_answer_cancer_screening"),
        ("ask_entecavir", "how_often", "utter_answer_how_to_take_tablets"),
        ("ask_kissing", "how_often", "utter_answer_next_test"),
        ("ask_kissing", "is_that_bad", "utter_answer_how_serious"),
        ("ask_how_serious", "what_now", "utter_answer_first_visit"),
        ("ask_kissing", "what_now", "utter_invite_results"),
        ("ask_kissing", "what_does_that_mean", "utter_which_is_meant"),
        ("ask_kissing", "what_if_it_goes_up", "utter_which_is_meant"),
    ],
)
def test_follow_up_hangs_on_the_question_before(chat, first, follow_up, answer):
    chat.say(first, topics=[first]).say(follow_up, topics=[follow_up])
    assert chat.said[0] == answer


def test_follow_up_hangs_on_the_last_of_several_questions(chat):
    chat.say("ask_kissing", topics=["ask_kissing", "ask_what_is_alt"]).say("is_that_bad")
    assert chat.said[0] == "utter_answer_normal_alt"


@pytest.mark.parametrize(
    ("follow_up", "answer"),
    [("what_now", "utter_answer_exposure_protocol"), ("and_my_partner", "utter_answer_partner_after_contact")],
)
def test_follow_up_after_a_contact_hangs_on_the_contact(chat, found, follow_up, answer):
    chat.say("provide_results", found("recent_exposure", value=True, kind="condition"), topics=["ask_needle_stick"])
    assert chat.say(follow_up).said[0] == answer
    chat.say("thanks")
    assert chat.say("and_my_partner").said[0] == "utter_answer_partner_after_contact"


def test_follow_up_and_my_baby_is_answered_with_the_own_week_and_load(chat, found):
    told = found("pregnant", value=True, kind="condition"), found("pregnancy_week", value=26, kind="condition")
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBV_DNA", 5e6, "IU/mL"), *told)
    chat.say("and_my_baby")
    assert "utter_situation_pregnancy_birth_dose" in chat.said
    assert "utter_situation_pregnancy_needs_HBV_DNA" not in chat.said
    assert "utter_answer_pregnancy" not in chat.said


def test_follow_up_hangs_on_a_question_that_was_picked(chat):
    chat.say("nlu_fallback", offers=["ask_what_is_alt"]).pick("ask_what_is_alt").say("is_that_bad")
    assert chat.said[0] == "utter_answer_normal_alt"


def test_follow_up_outlives_thanks_and_another_follow_up(chat):
    chat.say("ask_what_is_alt").say("thanks").say("is_that_bad").say("what_if_it_goes_up")
    assert chat.said[0] == "utter_answer_why_alt_rises"


def test_follow_up_hangs_on_the_result_given_last(chat, found):
    chat.say("ask_kissing").say("provide_results", found("ALT", 62, "U/L")).say("is_that_bad")
    assert chat.said[:2] == ["utter_because_ALT_above", "utter_answer_normal_alt"]
    assert chat.said[-1] == "utter_ask_hbsag"


def test_follow_up_in_the_same_message_hangs_on_its_result(chat, found):
    chat.say("ask_kissing").say("provide_results", found("HBV_DNA", 5000, "IU/mL"), topics=["is_that_bad"])
    assert "utter_answer_high_viral_load" in chat.said
    assert chat.pending


def test_follow_up_about_several_results_is_answered_by_the_results(chat, found):
    chat.say("provide_results", found("ALT", 62, "U/L"), found("HBeAg", interpretation="positive"), topics=["is_that_bad"])  # fmt: skip  # noqa: E501
    assert chat.said[0] == "utter_verdict_unknown"
    assert not any(name.startswith("utter_answer_") for name in chat.said)
    assert chat.said[-1] == "utter_ask_hbsag"


def test_follow_up_is_that_bad_behind_the_answer_is_answered_by_the_guidelines(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now").say("is_that_bad")
    assert chat.said[:2] == ["utter_verdict_monitor", "utter_advice_so_far_monitor"]


def test_follow_up_what_now_behind_the_answer_is_the_next_step(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now").say("what_now")
    assert "utter_next_monitor" in chat.said


def test_follow_up_is_that_bad_behind_a_dangerous_result_says_today(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 900, "U/L"))
    assert chat.say("is_that_bad").said[0] == "utter_verdict_alarm"


def test_follow_up_is_that_bad_tells_treatment_from_waiting(chat, found):
    signs = found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="negative")
    person = found("age", 46, kind="age"), found("sex", "male", kind="sex"), found("HBV_DNA", 2.4e6, "IU/mL")
    chat.say("provide_results", *signs, *person, found("ALT", 112, "U/L", since="2024-01-01")).say("answer_now")
    assert "utter_verdict_treat" in chat.say("is_that_bad").said


def test_follow_up_hangs_on_the_question_that_the_assistant_asks(chat, found):
    chat.say("provide_results", found("ALT", 62, "U/L"))
    assert chat.pending == "hbsag"
    chat.say("what_does_that_mean")
    assert chat.said[0] == "utter_answer_what_is_hbsag"
    assert chat.said[-1] == "utter_ask_hbsag"


def test_follow_up_behind_the_final_answer_hangs_on_its_phase(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    chat.say("what_does_that_mean")
    assert chat.said == ["utter_phase_immune_tolerant", "utter_answer_immune_tolerance"]


def test_follow_up_how_often_is_answered_for_the_person(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now").say("how_often")
    assert any(name.startswith("utter_next_test_") for name in chat.said)
    assert chat.slots["dialogue"]["last_topic"] == NEXT_TEST
