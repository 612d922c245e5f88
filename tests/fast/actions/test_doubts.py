"""What is doubtful or not known is asked once, and every answer leads on."""

import pytest


@pytest.fixture
def asked_unit(chat, found):
    signs = [found(name, interpretation="positive") for name in ("HBsAg", "HBeAg")]
    chat.say("provide_results", *signs, found("HBV_DNA", 45000.0))
    assert chat.pending == "hbv_dna_unit"
    return chat


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("dont_know", "I don't know"),
        ("nlu_fallback", "I don't know the unit"),
        ("ask_units", "no idea which unit"),
        ("nlu_fallback", "the paper doesn't say"),
        ("out_of_scope", "Sorry, no unit on it"),
    ],
)
def test_unknown_unit_is_an_answer_and_its_cost_is_said(asked_unit, intent, text):
    asked_unit.say(intent, text=text)
    assert "utter_without_unit" in asked_unit.said
    assert asked_unit.pending not in {"", "hbv_dna_unit"}
    asked_unit.say("answer_now")
    assert "utter_understood_HBV_DNA_no_unit" in asked_unit.said
    assert "unit" not in asked_unit.record["observations"][-1]


def test_unknown_unit_on_its_button_is_said_too(asked_unit):
    assert "utter_without_unit" in asked_unit.choose(unknown=True).said


def test_unit_that_is_found_later_counts(asked_unit):
    asked_unit.say("dont_know", text="I don't know the unit").say("nlu_fallback", text="IU/mL")
    assert asked_unit.record["observations"][-1]["unit"] == "IU/mL"
    assert "utter_without_unit" not in asked_unit.said


@pytest.mark.parametrize("text", ["I don't know the unit, what is a copy?", "no unit, 500"])
def test_answer_that_says_more_is_not_only_unknown(asked_unit, text):
    assert "utter_without_unit" not in asked_unit.say("nlu_fallback", text=text).said


@pytest.fixture
def asked_point(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBeAg", interpretation="negative"))
    chat.say("nlu_fallback", text="25.000 IU/mL")
    assert chat.said[-1] == "utter_confirm_point"
    return chat


def test_point_that_parts_no_thousands_begins_decimals(asked_point):
    asked_point.say("deny", text="no")
    assert asked_point.said[-1] == "utter_confirm_value"
    assert "25 IU/mL" in asked_point.text("utter_confirm_value")
    asked_point.say("affirm", text="yes")
    assert asked_point.record["observations"][-1]["value"] == "25"
    assert asked_point.pending not in {"doubt", "hbv_dna"}


def test_point_denied_twice_asks_for_the_value_once_more(asked_point):
    asked_point.say("deny", text="no").say("deny", text="no")
    assert "utter_type_again" in asked_point.said
    asked_point.say("nlu_fallback", text="2500 IU/mL")
    assert asked_point.record["observations"][-1]["value"] == "2500"


@pytest.mark.parametrize("text", ["no, 25", "25", "25 IU/mL"])
def test_value_typed_in_place_of_a_doubtful_one_counts(asked_point, text):
    asked_point.say("deny", text=text)
    told = asked_point.record["observations"][-1]
    assert (told["marker"], told["value"], told["unit"]) == ("HBV_DNA", "25", "IU/mL")
    assert asked_point.pending != "doubt"


@pytest.mark.parametrize(
    ("intent", "text", "counts"),
    [
        ("deny", "no, that was ten years ago", "none"),
        ("affirm", "yes", "current"),
        ("dont_know", "not sure", "current"),
    ],
)
def test_treatment_that_is_over_is_asked_about(chat, found, intent, text, counts):
    chemo = [found("immunosuppression", "current", kind="condition", doubt="when_open"),
             found("immunosuppression_type", "chemotherapy", kind="condition")]  # fmt: skip
    chat.say("provide_results", found("HBsAg", interpretation="positive"), *chemo)
    assert chat.said[-1] == "utter_confirm_immunosuppression"
    chat.say(intent, text=text)
    assert chat.record["conditions"]["immunosuppression"] == counts
    assert ("immunosuppression_type" in chat.record["conditions"]) is (counts == "current")
    assert chat.pending != "doubt"
