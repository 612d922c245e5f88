"""What a message of Rasa's turns into on the page."""

from assistant.channel.rendering import render, render_stored

BUTTONS = [
    {"title": "Yes", "payload": '/choose{"cirrhosis": true}'},
    {"title": "Pregnant", "payload": '/choose{"pregnant": true}'},
    {"title": "None of these", "payload": '/choose{"none": true}'},
    {"title": "I don't know", "payload": '/choose{"unknown": true}'},
    {"title": "Start again", "payload": "/restart"},
]


def sign(choice):
    return f"signed {choice.payload}"


def titles(message):
    return [button["title"] for button in render(message, sign)["buttons"]]


def test_rendering_keeps_offered_buttons_only():
    message = {"text": "Which?", "buttons": BUTTONS, "offered": ["pregnant"]}
    assert titles(message) == ["Pregnant", "None of these", "I don't know", "Start again"]


def test_rendering_keeps_all_buttons_without_a_list():
    assert titles({"text": "Which?", "buttons": BUTTONS}) == [button["title"] for button in BUTTONS]


def test_rendering_shows_tokens_and_no_payload():
    rendered = render({"text": "Which?", "buttons": BUTTONS[:1]}, sign)
    assert rendered["buttons"] == [{"title": "Yes", "choice": 'signed /choose{"cirrhosis": true}', "alone": False}]
    assert "payload" not in str(rendered)


def test_rendering_fills_in_section_and_select():
    assert render({"text": "Hello"}, sign) == {
        "text": "Hello",
        "section": "answer",
        "buttons": [],
        "select": "one",
        "card": None,
        "response": None,
    }
    assert render({"text": "x", "section": "why", "select": "many"}, sign)["select"] == "many"


def test_rendering_card_without_text():
    card = {"card": "understood", "label": "ALT", "value": "22"}
    assert render({"text": None, "custom": card, "section": "phase"}, sign)["card"] == card


def test_rendering_draws_a_picture_in_place_of_its_data():
    picture = {"kind": "phase_map", "phase": "immune_tolerant", "between": None, "language": None}
    shown = render({"text": None, "custom": {"card": "picture"}, "section": "phase", "picture": picture}, sign)
    assert shown["section"] == "phase"
    assert shown["card"]["kind"] == "phase_map"
    assert shown["card"]["drawings"]["wide"][0] == "svg"
    stored = {
        "event": "bot",
        "data": {"custom": {"card": "picture"}},
        "metadata": {"section": "phase", "picture": picture},
    }
    assert render_stored(stored, sign) == {"from": "assistant", **shown}, "a reload shows the same"


def test_rendering_leaves_out_a_picture_that_cannot_be_drawn():
    assert render({"text": None, "custom": {"card": "picture"}, "picture": {"kind": "chart"}}, sign) is None


def test_rendering_nothing_to_show():
    assert render({"text": None, "buttons": None, "custom": None}, sign) is None


def test_rendering_stored_messages():
    assert render_stored({"event": "user", "text": "ALT 20", "parse_data": {}}, sign) == {
        "from": "patient",
        "text": "ALT 20",
    }
    pressed = {"event": "user", "text": '/choose{"a": true}', "parse_data": {"shown": "Yes"}}
    assert render_stored(pressed, sign)["text"] == "Yes"
    stored = {
        "event": "bot",
        "text": "Hi",
        "data": {"buttons": BUTTONS[:1]},
        "metadata": {"section": "question", "utter_action": "utter_hi"},
    }
    assert render_stored(stored, sign) == {
        "from": "assistant",
        "text": "Hi",
        "section": "question",
        "buttons": [{"title": "Yes", "choice": 'signed /choose{"cirrhosis": true}', "alone": False}],
        "select": "one",
        "card": None,
        "response": "utter_hi",
    }


def test_rendering_marks_choices_that_exclude_the_others():
    alone = [render({"buttons": [{"title": "x", "payload": payload}]}, sign)["buttons"][0]["alone"] for payload in
             ('/choose{"none": true}', '/choose{"unknown": true}', '/choose{"alcohol": true}')]  # fmt: skip
    assert alone == [True, True, False]


def test_rendering_takes_the_section_of_a_plain_response():
    assert render({"text": "Help now.", "metadata": {"section": "urgent"}}, sign)["section"] == "urgent"
