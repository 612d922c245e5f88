"""Buttons answered by number, letter or word; whatever is not clearly an answer goes to the dialogue as text."""

import pytest

from assistant.channel.messaging.options import answered, options_of, wants_number


def message(question, *items, select="one"):
    buttons = [
        {"title": title, "payload": f'/choose{{"{item}": true, "question": "{question}"}}'} for title, item in items
    ]
    return {"text": "?", "buttons": buttons, "select": select}


SIGN = message("hbsag", ("Yes, positive", "a"), ("No, negative", "b"), ("I don't know", "unknown"))
NUMBER = message("alt", ("I don't know", "unknown"))
CHECKLIST = message("conditions", ("HIV", "HIV"), ("Hepatitis C", "HCV"), ("None of these", "none"), select="many")


def opened(*messages, native=False):
    return [option for offered in options_of(messages, [native] * len(messages)) for option in offered]


def payload(options, text):
    choice = answered(options, text)
    return choice and choice.payload


@pytest.mark.parametrize("text", ["1", " 1. ", "1)", "(1)", "Yes, positive", "yes, POSITIVE", "Yes, positive."])
def test_options_answered_by_number_or_word(text):
    assert payload(opened(SIGN), text) == SIGN["buttons"][0]["payload"]


@pytest.mark.parametrize("text", ["I don\u2019t know", "3"])
def test_options_typographic_apostrophe_is_none(text):
    assert payload(opened(SIGN), text) == SIGN["buttons"][2]["payload"]


@pytest.mark.parametrize(
    "text", ["", "0", "4", "11", "1 2", "1, 2", "1.5", "1 IU/mL", "not 1", "-1", "1e3", "yes", "ALT 1", "²", "1?"]
)
def test_options_what_is_no_clear_answer_is_text(text):
    assert answered(opened(SIGN), text) is None


def test_options_have_letters_while_a_number_is_asked_for():
    assert wants_number(NUMBER)
    assert not wants_number(SIGN)
    options = opened(SIGN, NUMBER)
    assert [option.label for option in options] == ["A", "B", "C", "D"]
    assert answered(options, "1") is None, "an ALT of 1 is a value"
    assert payload(options, "d") == NUMBER["buttons"][0]["payload"]


def test_options_labels_run_through_the_whole_turn():
    assert [option.label for option in opened(SIGN, CHECKLIST)] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("text", ["1, 2", "1 2", "1 and 2", "2;1", "1,2,2", "1 + 2"])
def test_options_of_a_checklist_go_together(text):
    assert payload(opened(CHECKLIST), text) in {
        '/choose{"HIV": true, "question": "conditions", "HCV": true}',
        '/choose{"HCV": true, "question": "conditions", "HIV": true}',
    }


@pytest.mark.parametrize("text", ["1, 9", "1 not 2", "1-2", "everything"])
def test_options_of_a_checklist_are_not_guessed(text):
    assert answered(opened(CHECKLIST), text) is None


def test_options_of_two_questions_do_not_go_together():
    assert answered(opened(CHECKLIST, SIGN), "1, 4") is None


def test_options_native_buttons_have_no_label_and_their_words_count():
    options = opened(SIGN, native=True)
    assert answered(options, "1") is None
    assert payload(options, "no, negative") == SIGN["buttons"][1]["payload"]


def test_options_same_words_with_two_meanings_mean_neither():
    assert answered(opened(SIGN, NUMBER), "I don't know") is None


def test_options_beyond_the_alphabet():
    many = message("alt", *((f"item {number}", f"i{number}") for number in range(30)))
    labels = [option.label for option in opened(many)]
    assert len(set(labels)) == 30
