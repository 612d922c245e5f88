"""Results before treatment and on it: asked about where it decides, and split where a message says both."""

import pytest

TREATED = "I take entecavir. HBsAg positive, HBeAg negative, HBV DNA 50000 IU/mL, ALT 80 U/L, male, 40"


def loads(chat):
    return [item for item in chat.record.get("observations", []) if item["marker"] == "HBV_DNA"]


def test_viral_load_on_treatment_is_asked_about(chat):
    assert chat.tell(TREATED).said[-1] == "utter_confirm_when_taken"


@pytest.mark.parametrize(
    ("intent", "text"), [("deny", "before treatment"), ("nlu_fallback", "before I started"), ("nlu_fallback", "Before")]
)
def test_viral_load_from_before_says_nothing_of_today(chat, intent, text):
    chat.tell(TREATED)
    chat.tell(text, intent)
    assert "utter_kept_from_before" in chat.said
    assert loads(chat) == []
    chat.say("answer_now")
    assert "utter_situation_on_treatment_virus_found" not in chat.said
    assert "utter_situation_on_treatment_tell_viral_load" in chat.said


@pytest.mark.parametrize(
    ("intent", "text"),
    [("nlu_fallback", "while taking it"), ("nlu_fallback", "during treatment"), ("dont_know", "not sure")],
)
def test_viral_load_during_treatment_counts(chat, intent, text):
    chat.tell(TREATED)
    chat.tell(text, intent).say("answer_now")
    assert "utter_kept_from_before" not in chat.said
    assert [item["value"] for item in loads(chat)] == [50000]
    assert "utter_situation_on_treatment_virus_found" in chat.said


def test_result_since_treatment_follows_the_one_before(chat):
    chat.tell(TREATED)
    chat.tell("before treatment", "nlu_fallback")
    chat.tell("HBV DNA not detected")
    assert [item["sequence"] for item in loads(chat)] == [1, 2]
    chat.say("answer_now")
    assert "utter_course_viral_suppression" in chat.said


def test_result_told_as_one_from_before_is_not_of_today(chat):
    chat.tell("Before treatment my viral load was 5 million IU/mL. I take tenofovir. HBsAg positive")
    assert "utter_kept_from_before" in chat.said
    assert loads(chat) == []


def test_message_that_says_both_is_split(chat):
    chat.tell("HBsAg positive. Before treatment my viral load was 5 million IU/mL. Now on tenofovir it is 40 IU/mL.")
    assert "utter_confirm_when_taken" not in chat.said
    assert [(item["value"], item["sequence"]) for item in loads(chat)] == [(5000000, 1), (40, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "I take entecavir. HBsAg positive, HBV DNA not detected",
        "HBsAg positive, HBeAg negative, HBV DNA 50000 IU/mL, ALT 80 U/L",
        "I take entecavir. HBsAg positive, today my HBV DNA is 50000 IU/mL",
        "I take entecavir. HBsAg positive, HBV DNA 50000 IU/mL on 2026-03-05",
    ],
)
def test_time_of_results_is_not_asked_where_it_decides_nothing(chat, text):
    assert "utter_confirm_when_taken" not in chat.tell(text).said


def test_time_of_results_is_asked_once(chat):
    chat.tell(TREATED)
    chat.tell("while taking it", "nlu_fallback")
    assert "utter_confirm_when_taken" not in chat.tell("HBV DNA 30000 IU/mL").said
