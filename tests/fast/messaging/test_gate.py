"""Who gets in, on a platform made up for these tests."""

import pytest

from assistant.channel.messaging.batches import each
from assistant.channel.messaging.gate import let_in
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform
from assistant.channel.signatures import hex_of, is_same

ACCOUNT = Account({"KEY": "secret"})
BODY = b'{"said": ["a", "b"]}'


def read(said):
    return Incoming(said, said[0], {}, 0.0, said + "!")


def check(delivery, account):
    return is_same(hex_of(account["KEY"], delivery.body), delivery.headers.get("x-proof"))


MADE_UP = Platform(
    name="made_up", title="Made Up", secrets=("KEY",), limits=Limits(100), proof="x-proof", check=check, thanks="taken",
    parse=lambda delivery, _: each(delivery.json()["said"], read), send=None, largest_body=200,
    greet=lambda delivery, _: delivery.query.get("hello"),
)  # fmt: skip


def knock(body=BODY, proof=None, method="POST", **query):
    headers = {} if proof == "" else {"x-proof": proof or hex_of("secret", body)}
    return let_in(MADE_UP, ACCOUNT, Delivery(method, headers, query, body))


def test_gate_lets_a_proven_delivery_in_with_all_its_messages():
    passed = knock()
    assert (passed.status, passed.text) == (200, "taken")
    assert [message.text for message in passed.messages] == ["a!", "b!"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"proof": ""}, 401),
        ({"proof": "0" * 64}, 403),
        ({"proof": hex_of("another", BODY)}, 403),
        ({"proof": hex_of("secret", BODY), "body": BODY + b" "}, 403),
        ({"body": b"no json"}, 400),
        ({"body": b"[]"}, 400),
        ({"body": b"\xff\xfe"}, 400),
        ({"body": b"[" * 199}, 400),
        ({"body": b"x" * 201}, 413),
        ({"method": "GET"}, 403),
    ],
)
def test_gate_refuses(changes, status):
    passed = knock(**changes)
    assert passed.status == status
    assert passed.messages == ()


def test_gate_answers_a_greeting_but_takes_no_message_with_it():
    assert knock(method="GET", hello="there").text == "there"
    passed = knock(hello="there")
    assert (passed.text, passed.messages) == ("there", ())


def test_gate_one_strange_event_costs_the_others_nothing(caplog):
    messages = knock(b'{"said": ["a", 4, null, {"text": "73519"}, "", "b"]}').messages
    assert [message.text for message in messages] == ["a!", "b!"]
    assert "73519" not in caplog.text
    assert "secret" not in repr(ACCOUNT)
