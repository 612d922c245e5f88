"""What else platforms deliver: batches, receipts, echoes, reactions, edits, files, groups, greetings."""

import pytest
from knocking import ANN, RESULT, knock, taken
from shape import Posted, number
from shapes import SHAPES

TELEGRAM, WHATSAPP, TWILIO, MESSENGER, SLACK, LINE, WECHAT = SHAPES


def words(shape, event):
    """What comes of an event: its words, ``+`` for something that came along, ``!`` where others read along."""
    return [
        message.text + "+" * message.attachment + "!" * message.public + ("/" + message.mark if message.mark else "")
        for message in taken(shape, event)
    ]


def test_events_whatsapp_batch_loses_no_text():
    message = WHATSAPP.message
    status = {"metadata": {"phone_number_id": "1055"}, "statuses": [{"id": "wamid.1", "status": "read"}]}
    event = WHATSAPP.batch(
        message(ANN, type="text", text={"body": "one"}),
        status,
        {"metadata": {"phone_number_id": "1055"}, "errors": [{"code": 1}]},
        message(ANN, type="text", text={"body": "two"}),
    )
    event["entry"].append({"id": "x", "changes": [{"value": message("49160", type="text", text={"body": "three"})}]})
    assert words(WHATSAPP, event) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"type": "image", "image": {"id": "1", "caption": RESULT}}, [f"{RESULT}+"]),
        ({"type": "image", "image": {"id": "1"}}, ["+"]),
        ({"type": "audio", "audio": {"id": "1", "voice": True}}, ["+"]),
        ({"type": "sticker", "sticker": {"id": "1"}}, ["+"]),
        ({"type": "location", "location": {"latitude": 1}}, ["+"]),
        ({"type": "contacts", "contacts": [{"name": {}}]}, ["+"]),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, ["+"]),
        ({"type": "button", "button": {"payload": "x", "text": "hello"}}, ["hello"]),
        ({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "m"}}}, ["/m"]),
        ({"type": "reaction", "reaction": {"emoji": "x"}}, []),
        ({"type": "system", "system": {"body": "changed number"}}, []),
        ({"type": "text"}, []),
    ],
)
def test_events_whatsapp_kinds(content, said):
    assert words(WHATSAPP, WHATSAPP.batch(WHATSAPP.message(ANN, **content))) == said


def test_events_whatsapp_of_another_number_are_not_ours():
    message = WHATSAPP.message(ANN, type="text", text={"body": "hello"})
    message["metadata"]["phone_number_id"] = "9999"
    assert words(WHATSAPP, WHATSAPP.batch(message)) == []


@pytest.mark.parametrize("shape", [WHATSAPP, MESSENGER], ids=lambda shape: shape.NAME)
def test_events_meta_asks_whether_the_address_is_ours(shape):
    word = shape.ENVIRONMENT[f"{shape.NAME.upper()}_VERIFY"]
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": word}
    assert knock(shape, Posted(b"", {}, query), "GET").text == "1158201444"
    for wrong in ({"hub.verify_token": word + "x"}, {"hub.mode": "unsubscribe"}):
        assert knock(shape, Posted(b"", {}, {**query, **wrong}), "GET").status == 403


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"message": {"mid": "m", "attachments": [{"type": "image"}]}}, ["+"]),
        ({"message": {"mid": "m", "text": RESULT, "attachments": [{"type": "fallback"}]}}, [f"{RESULT}+"]),
        ({"message": {"mid": "m", "sticker_id": 1}}, ["+"]),
        ({"message": {"mid": "m", "text": "x", "is_echo": True, "app_id": 1}}, []),
        ({"message": {"mid": "m", "is_deleted": True}}, []),
        ({"postback": {"mid": "m", "title": "x", "payload": "mark"}}, ["/mark"]),
        ({"message_edit": {"mid": "m", "text": "ALT 58", "num_edit": 1}}, ["ALT 58"]),
        ({"delivery": {"mids": ["m"], "watermark": 1}}, []),
        ({"read": {"watermark": 1}}, []),
        ({"reaction": {"mid": "m", "reaction": "love"}}, []),
        ({"optin": {}}, []),
    ],
)
def test_events_messenger_kinds(content, said):
    assert words(MESSENGER, MESSENGER.batch(MESSENGER.event(ANN, **content))) == said


def test_events_messenger_batch_loses_no_text_and_standby_is_not_ours():
    texts = [MESSENGER.event(ANN, message={"mid": f"m{n}", "text": f"text {n}"}) for n in range(3)]
    event = MESSENGER.batch(texts[0], MESSENGER.event(ANN, read={"watermark": 1}), {"no": "sender"}, texts[1])
    event["entry"] += [{"id": "900", "standby": [texts[2]]}, {"id": "900", "changes": []}]
    assert words(MESSENGER, event) == ["text 0", "text 1"]


def test_events_twilio_reports_and_media():
    form = TWILIO.text(ANN, "")
    assert words(TWILIO, {**form, "NumMedia": "1", "MediaUrl0": "https://x"}) == ["+"]
    assert words(TWILIO, {**form, "Body": RESULT, "NumMedia": "1"}) == [f"{RESULT}+"]
    assert words(TWILIO, {**form, "Latitude": "1"}) == ["+"]
    assert words(TWILIO, {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "x", "From": "y"}) == []


def test_events_twilio_signs_the_address_that_it_was_told():
    posted = TWILIO.request(TWILIO.text(ANN, "hello"))
    moved = type(TWILIO)()
    moved.URL = "https://door.example/webhooks/twilio?x=2"
    assert knock(TWILIO, posted).status == 200
    assert knock(TWILIO, moved.request(moved.text(ANN, "hello"))).status == 403


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"text": "ALT &lt; 20 &amp;amp; more"}, ["ALT < 20 &amp; more"]),
        ({"text": "HBV DNA < 20, <https://x.example> ALT > 35"}, ["HBV DNA < 20, https://x.example ALT > 35"]),
        ({"text": "<@U900> see <https://x.example|x.example> and <mailto:a@b.c|a@b.c>"}, ["see x.example and a@b.c"]),
        ({"subtype": "file_share", "text": RESULT.replace("&", "and"), "files": [{"id": "F"}]},
         [RESULT.replace("&", "and") + "+"]),
        ({"subtype": "file_share", "text": "", "files": [{"id": "F"}]}, ["+"]),
        ({"subtype": "bot_message", "bot_id": "B1", "text": "echo"}, []),
        ({"bot_id": "B1", "text": "echo"}, []),
        ({"subtype": "message_deleted"}, []),
        ({"subtype": "channel_join", "text": "joined"}, []),
        ({"subtype": "message_changed", "message": {"user": f"U{ANN}", "text": "ALT 58"},
          "previous_message": {"text": "ALT 85"}}, ["ALT 58"]),
        ({"subtype": "message_changed", "message": {"user": f"U{ANN}", "text": "same"},
          "previous_message": {"text": "same"}}, []),
        ({"subtype": "message_changed", "message": {"bot_id": "B1", "text": "ours"}}, []),
        ({"type": "reaction_added", "reaction": "x"}, []),
        ({"channel_type": "channel", "text": "hello"}, []),
        ({"type": "app_mention", "channel_type": None, "text": f"<@U900> {RESULT[:3]}"}, [RESULT[:3] + "!"]),
        ({"text": ""}, []),
    ],
)  # fmt: skip
def test_events_slack_kinds(content, said):
    assert words(SLACK, SLACK.event(ANN, **content)) == said


def test_events_slack_challenge_is_answered_only_when_signed():
    event = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "old"}
    assert knock(SLACK, SLACK.request(event)).text == "3eZbrw1a"
    assert knock(SLACK, SLACK.request(event, proof="v0=0")).status == 403


def test_events_slack_other_actions_and_retries():
    pressed = SLACK.press(ANN, "mark")
    assert words(SLACK, {**pressed, "actions": []}) == []
    event = SLACK.text(ANN, "hello")
    posted = SLACK.request(event)
    again = Posted(posted.body, {**posted.headers, "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"})
    assert knock(SLACK, posted).messages == knock(SLACK, again).messages


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"type": "message", "message": {"type": "image", "id": "1"}}, ["+"]),
        ({"type": "message", "message": {"type": "sticker", "id": "1"}}, ["+"]),
        ({"type": "message", "message": {"type": "text", "id": "1", "text": "x"}, "mode": "standby"}, []),
        ({"type": "follow"}, []), ({"type": "unfollow"}, []), ({"type": "unsend", "unsend": {"messageId": "1"}}, []),
        ({"type": "message", "source": {"type": "group", "groupId": "C1", "userId": ANN},
          "message": {"type": "text", "id": "1", "text": "dinner?"}}, []),
        ({"type": "message", "source": {"type": "group", "groupId": "C1", "userId": ANN},
          "message": {"type": "text", "id": "1", "text": "@us x", "mention": {"mentionees": [{"isSelf": True}]}}},
         ["@us x!"]),
    ],
)  # fmt: skip
def test_events_line_kinds(content, said):
    assert words(LINE, LINE.batch(LINE.event(ANN, **content))) == said


def test_events_line_batch_and_its_own_check():
    event = LINE.batch(*(LINE.text(ANN, text)["events"][0] for text in ("one", "two")), {"type": "message"})
    assert words(LINE, event) == ["one", "two"]
    assert words(LINE, {"destination": "U900", "events": []}) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"MsgType": "image", "PicUrl": "x", "MediaId": "m", "MsgId": "1"}, ["+"]),
        ({"MsgType": "voice", "MediaId": "m", "MsgId": "1"}, ["+"]),
        ({"MsgType": "event", "Event": "subscribe"}, ["hello"]),
        ({"MsgType": "event", "Event": "unsubscribe"}, []),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "x"}, []),
        ({"MsgType": "text"}, []),
    ],
)
def test_events_wechat_kinds(content, said):
    assert words(WECHAT, WECHAT.event(ANN, **content)) == said


def test_events_wechat_asks_whether_the_address_is_ours():
    query = {**WECHAT.query(name="signature"), "echostr": "5837397520"}
    assert knock(WECHAT, Posted(b"", {}, query), "GET").text == "5837397520"
    assert knock(WECHAT, Posted(b"", {}, {**query, "nonce": "other"}), "GET").status == 403


def test_events_wechat_plain_mode_is_not_taken():
    """There the signature covers a time and a number, so that anybody could put other words behind it."""
    body = b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>x</Content></xml>"
    assert knock(WECHAT, Posted(body, {}, WECHAT.query(name="signature"))).status == 401
    assert knock(WECHAT, Posted(body, {}, WECHAT.query())).status == 403


@pytest.mark.parametrize(
    "xml",
    [
        b"", b"<xml>", b"<xml><Encrypt>x</Encrypt>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:secret">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><xml><Encrypt>x</Encrypt></xml>',
        b'<?xml version="1.0" encoding="no-such"?><xml><Encrypt>x</Encrypt></xml>', b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_events_wechat_hostile_xml_stays_out(xml):
    assert knock(WECHAT, Posted(xml, {}, WECHAT.query("x"))).status == 403


def test_events_wechat_envelope_for_others_or_broken_is_none():
    event = WECHAT.text(ANN, "hello")
    whole = WECHAT.seal(event)
    for sealed in (WECHAT.seal(event, app="wx-other"), whole[:-44] + whole[-24:], "AAAA", "no base64!", "A" * 44):
        body = f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()
        assert knock(WECHAT, Posted(body, {}, WECHAT.query(sealed))).status == 400
    assert knock(WECHAT, WECHAT.request(event)).status == 200


def test_events_of_unknown_shape_are_not_logged_with_their_words(caplog):
    event = {"update_id": number(), "message": {"text": "my ALT is 73519", "chat": None, "from": {"id": 1}}}
    assert taken(TELEGRAM, event) == []
    assert "unknown shape" in caplog.text
    assert "73519" not in caplog.text
