"""A message in a language that is not read: said, wholly or in part."""

import pytest


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("我的结果是什么意思", True),
        ("wat now", False),
        ("96 ???", False),
        ("Bonjour, c'est grave pour mon foie ?", True),
        ("tôi bị viêm gan B", True),
        ("my DNA is high, no idea what it means for me", False),
        ("man, das sounds bad to me", False),
    ],
)
def test_language_that_is_not_read_is_said(chat, text, unread):
    chat.say("nlu_fallback", text=text)
    assert chat.said == [*(["utter_english_only"] if unread else []), "utter_cannot_help"]


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("carga viral es 20000 y ALT 80", True),
        ("HBsAg 阳性 ALT 80", True),
        ("HBV DNA 3000 und ALT 80", True),
        ("34 y M, ALT 80", False),
        ("ALT 80, bilirubin 12 µmol/L", False),
        ("my ALT is 80", False),
    ],
)
def test_message_that_is_read_in_part_says_so(chat, found, text, missed):
    chat.say("provide_results", found("ALT", 80, "U/L"), text=text)
    assert ("utter_english_only_in_part" in chat.said) is missed
    assert chat.record["observations"][0]["value"] == 80
