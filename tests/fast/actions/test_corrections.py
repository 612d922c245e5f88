"""A bare value that takes something back corrects the result given last."""

import pytest


@pytest.fixture
def told(chat, found):
    return chat.say("provide_results", found("ALT", 85, "U/L", date="2026-03-01"))


def alt(chat):
    return [(item["value"], item.get("unit"), item.get("date")) for item in chat.record["observations"]]


@pytest.mark.parametrize("text", ["I meant 58", "no, 58", "sorry, I meant 58 U/L", "Actually 58"])
def test_bare_correction_replaces_the_last_result_and_leaves_the_question_open(told, text):
    told.say("provide_results", text=text)
    assert alt(told) == [("58", "U/L", "2026-03-01")]
    assert told.said[-1] == "utter_ask_hbsag"


@pytest.mark.parametrize("text", ["not 58", "no", "sorry", "sorry, it was negative"])
def test_other_words_correct_nothing(told, text):
    told.say("nlu_fallback", text=text)
    assert alt(told) == [(85, "U/L", "2026-03-01")]


def test_bare_value_without_correcting_words_still_answers_the_question(chat, found):
    signs = [found(name, interpretation="positive") for name in ("HBsAg", "HBeAg")]
    chat.say("provide_results", *signs, found("HBV_DNA", 5e6, "IU/mL"))
    chat.say("nlu_fallback", text="58")
    assert {item["marker"]: item.get("value") for item in chat.record["observations"]}["ALT"] == "58"


def test_not_detected_is_an_answer_and_no_correction(chat, found):
    signs = [found(name, interpretation="positive") for name in ("HBsAg", "HBeAg")]
    chat.say("provide_results", *signs)
    assert chat.pending == "hbv_dna"
    chat.say("provide_results", text="not detected")
    assert chat.record["observations"][-1]["value"] == "not detected"


@pytest.mark.parametrize(("text", "sex"), [("Woman", "female"), ("F", "female"), ("male", "male")])
def test_sex_is_read_by_the_words_of_the_reading(chat, found, text, sex):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="negative"),
             found("HBV_DNA", 5e4, "IU/mL"), found("ALT", 33, "U/L"))  # fmt: skip
    while chat.pending != "sex":
        chat.say("dont_know")
    chat.say("nlu_fallback", text=text)
    assert chat.record["sex"] == sex
