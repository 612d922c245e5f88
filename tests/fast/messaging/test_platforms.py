"""Every platform alike: its proof over the body, its messages, what it sends; in the shapes of its documents."""

import asyncio
import json
import time

import pytest
from knocking import ANN, RESULT, account_of, knock, taken
from shape import Call, Posted
from shapes import SHAPES

from assistant.channel.calls import NotSentError
from assistant.channel.messaging.platform import Button, Reply

ALL = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.NAME)
SLACK, WECHAT = SHAPES[4], SHAPES[6]


@ALL
def test_platforms_text_as_it_was_typed(shape):
    (message,) = taken(shape, shape.text(ANN, RESULT))
    assert message.text == RESULT, "a sign before a value is kept"
    assert ANN in message.person
    assert (message.mark, message.attachment, message.public) == ("", False, False)
    assert message.id
    json.dumps(message.to_dict())


@ALL
def test_platforms_same_event_has_the_same_id_and_others_have_not(shape):
    event = shape.text(ANN, "hello")
    first, again, other = taken(shape, event)[0], taken(shape, event)[0], taken(shape, shape.text(ANN, "hello"))[0]
    assert first.id == again.id
    assert first.id != other.id
    assert first.written <= other.written


@ALL
def test_platforms_pressed_button(shape):
    if shape.press is None:
        assert account_of(shape).platform.limits.buttons == 0
        return
    (message,) = taken(shape, shape.press(ANN, "a-mark-of-22-characters"))
    assert message.mark == "a-mark-of-22-characters"
    assert ANN in message.person
    assert message.person == taken(shape, shape.text(ANN, "hello"))[0].person


@ALL
def test_platforms_forged_deliveries_stay_out(shape):
    posted = shape.request(shape.text(ANN, "hello"))
    other = shape.request(shape.text(ANN, "hello"))
    without = {name: value for name, value in posted.headers.items() if "sign" not in name.lower()}
    without.pop("X-Telegram-Bot-Api-Secret-Token", None)
    bare = {name: value for name, value in posted.query.items() if "sign" not in name}
    assert knock(shape, Posted(posted.body, without, bare)).status == 401
    for proof in ("", "0" * 64, "sha256=", "v0="):
        assert knock(shape, shape.request(shape.text(ANN, "hello"), proof)).status == 403
    if shape.NAME != "telegram":  # whose secret proves the sender, not the body
        assert knock(shape, Posted(other.body, posted.headers, posted.query)).status == 403


@ALL
def test_platforms_proof_of_strange_letters_is_only_wrong(shape):
    for proof in ("é", "\udcff", "乙" * 50):
        assert knock(shape, shape.request(shape.text(ANN, "hello"), proof)).status == 403


@pytest.mark.parametrize("shape", [SLACK, WECHAT], ids=lambda shape: shape.NAME)
def test_platforms_old_deliveries_are_replays(shape):
    for age, status in ((0, 200), (200, 200), (400, 403), (-400, 403)):
        posted = shape.request(shape.text(ANN, "hello"), stamp=str(int(time.time()) - age))
        assert knock(shape, posted).status == status
    for stamp in ("soon", "9" * 400, "-1"):
        assert knock(shape, shape.request(shape.text(ANN, "hello"), stamp=stamp)).status == 403


@ALL
def test_platforms_bodies_that_are_no_delivery(shape):
    for event in ({}, {"entry": 4}, {"events": {"a": 1}}, {"entry": [None, {"messaging": "x", "changes": [4]}]}):
        if shape.NAME not in {"twilio", "wechat"}:
            assert knock(shape, shape.request(event)).messages == ()
    if shape.NAME == "twilio":
        assert taken(shape, {"MessageSid": "x"}) == []
    largest = account_of(shape).platform.largest_body
    assert knock(shape, Posted(b"x" * (largest + 1), {}, {})).status == 413


@ALL
def test_platforms_greet_only_who_knows_the_word(shape):
    for query in ({}, {"hub.mode": "subscribe", "hub.challenge": "1"}, {"echostr": "1", "signature": "x"}):
        assert knock(shape, Posted(b"", {}, query), "GET").status == 403


class Recorder:
    """Takes calls in place of the network; ``trouble`` are answers in place of the usual one."""

    def __init__(self, *trouble):
        self.calls = []
        self.trouble = list(trouble)
        self.kept = {}

    async def post(self, url, headers=None, **body):
        content = next(iter(body.values()))
        if isinstance(content, bytes) and content.startswith(b"{"):
            content = json.loads(content)
        self.calls.append(Call(url.removeprefix("https://played"), dict(headers or {}), content))
        answer = self.trouble.pop(0) if self.trouble else {}
        if isinstance(answer, NotSentError):
            raise answer
        usual = {"ok": True, "id": "media", "file_id": "F1", "media_id": "M1", "upload_url": "https://played/upload",
                 "access_token": "played", "expires_in": 7200, "errcode": 0}  # fmt: skip
        return {**usual, **answer}


def sent(shape, *replies, trouble=()):
    """Answer a text of hers; return the recorder."""
    account = account_of(shape)
    address = taken(shape, shape.text(ANN, "hello"))[0].address
    recorder = Recorder(*trouble)
    asyncio.run(account.platform.send(recorder, account.account, address, replies))
    return recorder


def seen(shape, recorder):
    return [one for call in recorder.calls if (one := shape.seen(call, ANN))]


@ALL
def test_platforms_send_texts_in_order_as_they_are(shape):
    texts = [f"{number}. {RESULT}" for number in range(7)]
    recorder = sent(shape, *(Reply(text) for text in texts))
    assert "\n\n".join(message.text for message in seen(shape, recorder)) == "\n\n".join(texts)


@ALL
def test_platforms_send_buttons_with_their_marks(shape):
    if not account_of(shape).platform.limits.buttons:
        return
    recorder = sent(shape, Reply("Positive?", (Button("Yes", "mark-yes"), Button("No", "mark-no"))))
    assert seen(shape, recorder)[-1].buttons == {"Yes": "mark-yes", "No": "mark-no"}


@ALL
def test_platforms_send_pictures_where_they_take_them(shape):
    assert account_of(shape).platform.limits.pictures is shape.PICTURES
    if not shape.PICTURES:
        return
    recorder = sent(shape, Reply("", picture=b"\x89PNG"))
    made = [call.body() for call in recorder.calls if callable(call.body)]
    assert len(made) + sum(call.body == b"\x89PNG" for call in recorder.calls) == 1


@ALL
def test_platforms_tell_their_secrets_to_nobody_else(shape):
    recorder = sent(shape, Reply("hello"))
    for name, value in shape.ENVIRONMENT.items():
        if name.endswith(("_SECRET", "_VERIFY", "_KEY")) and shape.NAME != "wechat":
            assert value not in str(recorder.calls)


def test_platforms_slack_refusal_with_status_200_is_none_the_less_one():
    with pytest.raises(NotSentError):
        sent(SLACK, Reply("hello"), trouble=[{"ok": False, "error": "channel_not_found"}])


def test_platforms_wechat_renews_a_token_that_is_used_up():
    recorder = sent(WECHAT, Reply("hello"), Reply("again"), trouble=[{}, {"errcode": 42001}])
    tokens = [call for call in recorder.calls if call.path.endswith("stable_token")]
    assert len(tokens) == 2
    assert [message.text for message in seen(WECHAT, recorder)] == ["hello", "hello", "again"]
    with pytest.raises(NotSentError):
        sent(WECHAT, Reply("hello"), trouble=[{}, {"errcode": 45015}])


def test_platforms_line_pushes_when_the_reply_token_is_used_up():
    line = SHAPES[5]
    recorder = sent(line, Reply("hello"), trouble=[NotSentError(400)])
    assert [call.path.rpartition("/")[2] for call in recorder.calls] == ["reply", "push"]
    assert recorder.calls[1].headers["X-Line-Retry-Key"]
    many = sent(line, *(Reply(str(number)) for number in range(7)))
    assert [len(call.body["messages"]) for call in many.calls] == [5, 2]


@pytest.mark.parametrize("shape", [SHAPES[3], SHAPES[5]], ids=lambda shape: shape.NAME)
def test_platforms_buttons_that_vanish_with_the_next_message_go_last(shape):
    recorder = sent(shape, Reply("Positive?", (Button("Yes", "mark"),)), Reply("Before we go on: ..."))
    assert seen(shape, recorder)[-1].buttons == {"Yes": "mark"}
    assert sum(bool(message.buttons) for message in seen(shape, recorder)) == 1


@pytest.mark.parametrize("words", ["Hello & <b>]]></b>", "ALT ≥ 20\n\n乙肝", "x" * 2048])
def test_platforms_wechat_answers_a_request_with_words_sealed_as_it_was(words):
    (message,) = taken(WECHAT, WECHAT.text(ANN, "hello"))
    opened = account_of(WECHAT)
    content = opened.platform.passive(opened.account, message.address, words).encode()
    assert WECHAT.passive(content, ANN).text == words
    assert words.encode() not in content
