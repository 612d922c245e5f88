"""Long texts are cut where a reader would pause, and no word is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channel.messaging.cutting import cut, utf8_length, utf16_length

SENTENCES = "The first one is short. The second one is a little longer. The third ends it."


def test_cutting_leaves_short_texts_alone():
    assert cut("All of it.", 10) == ["All of it."]
    assert cut("", 10) == []


def test_cutting_at_the_end_of_a_sentence():
    assert cut(SENTENCES, 60) == ["The first one is short. The second one is a little longer.", "The third ends it."]


def test_cutting_between_paragraphs_before_sentences():
    assert cut("One. Two.\n\nThree. Four.", 16) == ["One. Two.", "Three. Four."]


def test_cutting_in_the_middle_of_a_word_only_when_nothing_else_is_left():
    assert cut("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_cutting_does_not_take_a_decimal_point_for_the_end_of_a_sentence():
    assert cut("Your INR is 1.2 and that is fine", 20)[0] == "Your INR is 1.2 and"


@pytest.mark.parametrize("measure", [len, utf8_length, utf16_length])
@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="ab .\n乙🙂", max_size=120), longest=st.integers(4, 40))
def test_cutting_keeps_every_word_and_the_limit(measure, text, longest):
    parts = cut(text, longest, measure)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert [part for part in parts if measure(part) > longest] == []
