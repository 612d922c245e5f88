"""A button's words, typed."""

import pytest

from actions.typed_buttons import typed


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("copes", "compensated"),
        ("the liver still copes", "compensated"),
        ("Fluid", "decompensated"),
        ("bleeding or confusion", "decompensated"),
        ("I do not have cirrhosis", "none"),
    ],
)
def test_typed_buttons_are_taken_for_the_one_that_they_name(text, kind):
    assert typed("utter_confirm_cirrhosis", text) == {"cirrhosis": kind}


@pytest.mark.parametrize("text", ["no fluid", "liver", "what is fluid?", "I don't know", "", "my cat is ill", "have"])
def test_typed_buttons_are_not_guessed(text):
    assert typed("utter_confirm_cirrhosis", text) is None


def test_typed_buttons_answer_the_open_doubt_about_cirrhosis(chat, found):
    doubtful = found("cirrhosis", value="compensated", kind="condition", doubt="kind_unclear")
    chat.say("provide_results", found("HBsAg", interpretation="positive"), doubtful)
    assert chat.said[-1] == "utter_confirm_cirrhosis"
    chat.say("express_distress", text="copes")
    assert chat.record["conditions"]["cirrhosis"] == "compensated"
    assert "utter_answer_distress" not in chat.said
    assert chat.said[-1] != "utter_confirm_cirrhosis"
