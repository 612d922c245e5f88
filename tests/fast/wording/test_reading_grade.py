"""Every response reads at grade 8 or easier, and answers are short."""

import pytest

from assistant.evaluation.floors import broken, floors
from assistant.evaluation.wording import grade, is_long, measure_wording, short_texts, texts_of
from assistant.responses import response_files

HARDEST = floors()["wording.hardest"]
LONGEST = floors()["wording.longest"]
RESPONSES = response_files()
LONG = [(name, text) for path in RESPONSES for name, text in texts_of(path) if is_long(text)]


def is_easy(text):
    assert HARDEST.is_held(grade(text)), f"it reads at grade {grade(text):.1f}: shorten its sentences"


def test_reading_grade_of_long_responses(every):
    every(LONG, is_easy)


def test_reading_grade_of_the_short_responses_of_a_topic_together(every):
    every([(path.stem, short_texts(path)) for path in RESPONSES if short_texts(path)], is_easy)


def test_response_is_no_longer_than_an_answer_may_be(every):
    def is_short(text):
        assert LONGEST.is_held(len(text.split()))

    every(LONG, is_short)


def test_wording_holds_its_floors_as_the_report_shows_them():
    assert broken({"wording": measure_wording()}, "wording") == {}


def test_reading_grade_can_fail():
    hard = (
        "Notwithstanding antecedent serological characterisation, individualised pharmacotherapeutic considerations "
        * 3
    )
    assert not HARDEST.is_held(grade(hard))


@pytest.mark.parametrize("order", ["you must", "you have to", "you need to take", "you should take", "stop taking"])
def test_no_response_gives_an_order(order):
    said = [name for path in RESPONSES for name, text in texts_of(path) if order in text.lower()]
    assert said == []
