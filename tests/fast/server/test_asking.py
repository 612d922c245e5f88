"""Buttons that ask a question."""

import pytest

from assistant.channel.asking import questions_of


def test_asking_takes_the_intent_of_the_button():
    assert questions_of({"ask": "ask_alcohol"}) == ["ask_alcohol"]


@pytest.mark.parametrize("asked", ["ask_what_was_taken_out", "self_harm", "ask_other_disease", "greet", 3, None])
def test_asking_takes_no_intent_that_is_not_answered(asked):
    assert questions_of({"ask": asked}) == []


def test_asking_leaves_other_buttons_alone():
    assert questions_of({"cirrhosis": "none", "question": "background"}) == []
