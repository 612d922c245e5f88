"""Every kind of Telegram update, in the shapes that the Bot API documents."""

import pytest

from assistant.channel.messaging.platform import Account, Delivery
from assistant.channel.messaging.platforms import telegram

ACCOUNT = Account({telegram.TOKEN: "1:abc", telegram.SECRET: "told"})
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Family"}
PHOTO = [{"file_id": "x", "width": 1, "height": 1}]


def read(**update):
    import json

    messages = telegram.parse(Delivery("POST", {}, {}, json.dumps({"update_id": 9, **update}).encode()), ACCOUNT)
    return messages[0] if messages else None


def message(**content):
    return {"message_id": 1, "from": ANN, "chat": PRIVATE, "date": 1, **content}


def test_telegram_text_and_edited_text():
    for kind in "message", "edited_message":
        incoming = read(**{kind: message(text="ALT 20")})
        assert (incoming.id, incoming.person, incoming.text, incoming.public) == ("9", "7", "ALT 20", False)
        assert incoming.address == {"chat": "7"}


@pytest.mark.parametrize(
    ("typed", "text"), [("/start", "hello"), ("/start@hepb_bot", "hello"), ("/delete", "delete my data"), ("/x", "/x")]
)
def test_telegram_commands_of_the_menu(typed, text):
    assert read(message=message(text=typed)).text == text


def test_telegram_pressed_button():
    pressed = {"id": "5", "from": ANN, "message": message(), "data": "mark"}
    incoming = read(callback_query=pressed)
    assert (incoming.mark, incoming.address) == ("mark", {"chat": "7", "pressed": "5"})
    assert read(callback_query={**pressed, "message": None}).address["chat"] == "7", "the message may be too old"
    assert read(callback_query={"id": "5", "from": ANN, "game_short_name": "x"}).mark, "never taken for words"


@pytest.mark.parametrize("kind", telegram.ATTACHED)
def test_telegram_attachment_with_and_without_words(kind):
    alone = read(message=message(**{kind: PHOTO}))
    assert (alone.text, alone.attachment) == ("", True)
    both = read(message=message(caption="ALT 20", **{kind: PHOTO}))
    assert (both.text, both.attachment) == ("ALT 20", True)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "@hepb_bot ALT 20", "entities": [{"type": "mention", "offset": 0, "length": 9}]},
        {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        {"text": "ALT 20", "reply_to_message": {"message_id": 1, "from": {"id": 1, "is_bot": True}}},
    ],
)
def test_telegram_group_is_public(content):
    incoming = read(message=message(chat=GROUP, **content))
    assert incoming.public
    assert incoming.address == {"chat": "-100"}


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(chat=GROUP, text="dinner at eight?")},
        {"message": message(new_chat_members=[ANN])},
        {"message": {"message_id": 1, "chat": GROUP, "sender_chat": GROUP, "date": 1, "text": "x"}},
        {"message": {**message(text="echo"), "from": {**ANN, "is_bot": True}}},
        {"channel_post": message(text="x")},
        {"my_chat_member": {"chat": PRIVATE, "from": ANN}},
        {"message_reaction": {"chat": PRIVATE, "message_id": 1, "user": ANN}},
        {"poll": {"id": "1"}},
        {"message": None}, {"message": []}, {"message": "text"}, {"callback_query": {"id": 4}}, {},
    ],
)  # fmt: skip
def test_telegram_what_is_not_for_us_says_nothing(update):
    assert read(**update) is None


def test_telegram_secret():
    for given, right in (("told", True), ("Told", False), ("", False), ("told ", False)):
        assert telegram.check(Delivery("POST", {telegram.PROOF: given}, {}), ACCOUNT) is right
    assert not telegram.check(Delivery("POST", {}, {}), ACCOUNT)
