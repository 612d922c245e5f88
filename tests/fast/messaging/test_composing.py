"""A turn becomes a few readable messages within a platform's limits."""

import pytest

from assistant.channel.messaging import words
from assistant.channel.messaging.composing import READABLE, Composer
from assistant.channel.messaging.cutting import utf8_length
from assistant.channel.messaging.platform import Button, Limits
from assistant.channel.pictures import draw
from assistant.channel.tokens import Choice
from assistant.pictures.picture import as_text

SAID = {name: name.removeprefix("utter_") for name in words.COMPOSING}
BUTTONS = [
    {"title": "Yes", "payload": '/choose{"HBsAg": "positive", "question": "hbsag"}'},
    {"title": "I don't know", "payload": '/choose{"unknown": true, "question": "hbsag"}'},
]
MAP = {"kind": "phase_map", "phase": "inactive_carrier", "between": None, "language": "en"}
MAP_MESSAGE = {"custom": {"card": "picture"}, "picture": MAP, "section": "phase"}


def compose(messages, limits=None, draw=lambda _: None):
    composer = Composer(
        limits or Limits(4000, buttons=3, title=20, pictures=True, caption=1024),
        SAID,
        lambda choice: f"mark {choice.title}",
        draw,
    )
    return composer.compose(messages)


def texts(*messages, **more):
    return [reply.text for reply in compose(messages, **more)[0]]


def test_composing_sections_have_one_heading_and_points():
    assert texts(
        {"text": "ALT is high.", "section": "why"}, {"text": "HBV DNA is low.", "section": "why"},
        {"text": "Ask a doctor.", "section": "next"}, {"text": "Hello.", "section": "answer"},
    ) == [
        "heading_why\n\u2022 ALT is high.\n\u2022 HBV DNA is low.\n\nheading_next\n\u2022 Ask a doctor.\n\nHello."
    ]  # fmt: skip


def test_composing_a_section_stands_together_where_it_can():
    long = "word " * (READABLE // 8)
    parts = texts({"text": long, "section": "why"}, *({"text": f"{n} {long}", "section": "next"} for n in range(2)))
    assert [part.split()[0] for part in parts] == ["heading_why", "heading_next"]


def test_composing_head_of_points_is_no_point():
    lines = ("One.", "Older ones:", "Two.")
    assert texts(*({"text": line, "section": "differ"} for line in lines)) == [
        "heading_differ\n\u2022 One.\nOlder ones:\n\u2022 Two."
    ]


def test_composing_rows_of_what_was_understood():
    row = {"card": "understood", "label": "ALT", "value": "20 U/L ", "when": "2026-01-02"}
    assert texts(
        {"custom": row, "section": "understood"}, {"custom": {**row, "when": " "}, "section": "understood"}
    ) == ["heading_understood\n\u2022 ALT: 20 U/L (2026-01-02)\n\u2022 ALT: 20 U/L"]


def test_composing_picture_in_words_where_none_is_shown():
    assert texts(MAP_MESSAGE) == [f"heading_phase\n{as_text(MAP)}"]


def test_composing_picture_with_its_words():
    replies, _ = compose([{"text": "Before."}, MAP_MESSAGE, {"text": "After."}], draw=draw)
    assert [reply.text for reply in replies] == ["Before.", f"heading_phase\n{as_text(MAP)}", "After."]
    assert [reply.picture is not None for reply in replies] == [False, True, False]
    assert replies[1].picture.startswith(b"\x89PNG")


def test_composing_picture_that_fails_costs_the_answer_nothing(caplog):
    broken = {**MAP_MESSAGE, "picture": {"kind": "chart", "series": [{"marker": "73519"}]}}
    replies, _ = compose([{"text": "Before."}, broken, {"text": "After."}], draw=draw)
    assert [reply.text for reply in replies] == ["Before.\n\nAfter."]
    assert "73519" not in caplog.text


def test_composing_buttons_of_the_platform():
    replies, options = compose([{"text": "Positive?", "buttons": BUTTONS, "section": "question"}])
    assert replies[0].text == "Positive?"
    assert replies[0].buttons == (Button("Yes", "mark Yes"), Button("I don't know", "mark I don't know"))
    assert [option.label for option in options] == ["", ""]
    assert options[0].choice == Choice(BUTTONS[0]["payload"], "Yes")


@pytest.mark.parametrize("limits", [Limits(4000), Limits(4000, buttons=1, title=20), Limits(4000, buttons=3, title=5)])
def test_composing_list_where_buttons_do_not_fit(limits):
    replies, options = compose([{"text": "Positive?", "buttons": BUTTONS}], limits)
    assert replies[0].text == "Positive?\n\n1. Yes\n2. I don't know\n\npick_number"
    assert replies[0].buttons == ()
    assert [option.label for option in options] == ["1", "2"]


def test_composing_checklist_is_a_list_everywhere():
    assert texts({"text": "Which?", "buttons": BUTTONS, "select": "many"}) == [
        "Which?\n\n1. Yes\n2. I don't know\n\npick_many"
    ]


def test_composing_letters_while_a_number_is_asked_for():
    buttons = [{"title": "I don't know", "payload": '/choose{"unknown": true, "question": "alt"}'}]
    assert texts({"text": "Your ALT?", "buttons": buttons}, limits=Limits(4000)) == [
        "Your ALT?\n\nA. I don't know\n\npick_letter"
    ]


def test_composing_only_offered_buttons():
    replies, _ = compose([{"text": "Positive?", "buttons": BUTTONS, "offered": ["HBeAg"]}])
    assert [button.title for button in replies[0].buttons] == ["I don't know"]


def test_composing_short_sections_stand_together_and_long_ones_apart():
    long = "word " * (READABLE // 8)
    sections = ("answer", "notice", "answer", "notice")
    assert len(texts(*({"text": long, "section": section} for section in sections))) == 4
    assert len(texts(*({"text": "short", "section": section} for section in sections))) == 1


def test_composing_keeps_the_limit_and_the_buttons_at_the_end():
    limits = Limits(50, buttons=3, title=20, measure=utf8_length)
    replies, _ = compose([{"text": "乙肝 is explained here. " * 9, "buttons": BUTTONS}], limits)
    assert len(replies) > 5
    assert all(utf8_length(reply.text) <= 50 for reply in replies)
    assert [bool(reply.buttons) for reply in replies].index(True) == len(replies) - 1


def test_composing_nothing_is_nothing():
    assert compose([]) == ([], [])
