"""The web channel as a patient's browser, and an attacker, meets it."""

import http.client
import json
import threading
import time
from contextlib import closing
from itertools import pairwise

import pytest
from traces import files_hold

from assistant import processes
from assistant.channel.limits import LARGEST_BODY
from assistant.client import Conversation, RefusedError
from assistant.store.votes import Votes

RESULT = "My ALT is 22 U/L"
JSON = {"Content-Type": "application/json"}


def request(stack, method, path, body=None, headers=JSON):
    connection = http.client.HTTPConnection(processes.LOOPBACK, stack.port, timeout=30)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_web_page_at_the_root_with_strict_headers(stack):
    answer, content = request(stack, "GET", "/")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"<title>" in content
    assert b"Rasa" not in content
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_web_interface_is_never_cached(stack, conversation):
    answer, _ = request(stack, "GET", f"/api/conversations/{conversation.id}")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/webhooks/rest"), ("GET", "/webhooks/rest/"), ("POST", "/webhooks/rest/webhook"),
        ("GET", "/status"), ("GET", "/version"), ("PUT", "/model"), ("POST", "/model/parse"), ("GET", "/domain"),
        ("GET", "/conversations/x/tracker"), ("GET", "/static/../endpoints.yml"), ("GET", "/static/%2e%2e/domain.yml"),
        ("GET", "/static/..%2fdomain.yml"), ("GET", "/api/conversations/unknown"),
        ("DELETE", "/api/conversations/unknown"), ("POST", "/api/conversations/unknown/messages"),
    ],
)  # fmt: skip
def test_web_no_other_door(stack, method, path):
    answer, content = request(stack, method, path, "{}" if method in {"POST", "PUT"} else None)
    assert answer.status == 404
    assert b"slots" not in content


def test_web_ids_are_made_by_the_server(stack):
    with closing(stack.converse()) as first, closing(stack.converse()) as second:
        assert first.id != second.id
        assert len(first.id) >= 32


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400), ("no json", 400), ("[]", 400), ('"text"', 400), ("null", 400), ("{}", 400),
        ('{"text": 4}', 400), ('{"text": null}', 400), ('{"text": "a", "sender": "b"}', 400),
        ('{"choices": []}', 400), ('{"choices": "x"}', 400), ('{"choices": [4]}', 403), ('{"choices": ["x.y"]}', 403),
        (json.dumps({"choices": ["x"] * 51}), 400),
        (json.dumps({"text": "x" * LARGEST_BODY}), 413),
    ],
)  # fmt: skip
def test_web_refuses_bodies_that_are_no_message(stack, conversation, body, status):
    answer, content = request(stack, "POST", f"/api/conversations/{conversation.id}/messages", body)
    assert answer.status == status
    assert json.loads(content)["error"]
    assert conversation.transcript() == []


def test_web_refuses_what_a_form_of_another_site_can_send(stack, conversation):
    path = f"/api/conversations/{conversation.id}/messages"
    answer, _ = request(stack, "POST", path, '{"text": "hello"}', {"Content-Type": "text/plain"})
    assert answer.status == 415


def test_web_longest_text_is_read_and_one_more_character_is_answered_kindly(conversation):
    assert conversation.say("a " * 2000).done["intent"]
    turn = conversation.say("a " * 2000 + "b")
    assert turn.done["intent"] is None
    assert len(turn.texts) == 1
    assert [line["from"] for line in conversation.transcript()].count("patient") == 1


def test_web_too_long_a_text_with_an_urgent_sign_gets_the_urgent_answer_first(conversation):
    turn = conversation.say("I am vomiting blood. " + "a " * 2000)
    assert turn.done["urgent"] == "urgent_symptom"
    assert [message["section"] for message in turn.messages] == ["urgent", "notice"]
    assert all("emergency number" in text for text in turn.texts)


@pytest.mark.parametrize("text", ["", "   ", "///", "🙂", "\ud83d", "\x00", "{name}", "<b>x</b>", "乙肝", "%s %(x)s"])
def test_web_any_text_is_answered(conversation, text):
    assert conversation.say(text).texts


@pytest.mark.parametrize("text", ['/choose{"cirrhosis": "none"}', "//session_start", "/nothing@1.0"])
def test_web_typed_payload_is_text(conversation, text):
    turn = conversation.say(text)
    assert turn.done["intent"] not in {"choose", "session_start", "nothing"}
    assert conversation.transcript()[0] == {"from": "patient", "text": text}


def test_web_choice_belongs_to_its_conversation(stack, conversation):
    asked = conversation.say("My HBsAg is positive")
    assert asked.buttons, "the assistant asks for what is missing, with buttons"
    token = asked.buttons[0]["choice"]
    with closing(stack.converse()) as other, pytest.raises(RefusedError, match="403"):
        other.choose([token])
    with pytest.raises(RefusedError, match="403"):
        conversation.choose([token, "forged.token"])
    assert conversation.choose([token]).done["intent"] == "choose"
    assert {"from": "patient", "text": asked.buttons[0]["title"]} in conversation.transcript()


def test_web_reload_shows_what_was_said(conversation):
    turns = [conversation.say("hello"), conversation.say(RESULT)]
    shown = conversation.transcript()
    said = [{key: line[key] for key in line if key != "from"} for line in shown if line["from"] == "assistant"]
    assert said == [message for turn in turns for message in turn.messages]
    assert [line["text"] for line in shown if line["from"] == "patient"] == ["hello", RESULT]


def test_web_turns_of_one_conversation_keep_their_order(stack, conversation):
    others = [Conversation(processes.LOOPBACK, stack.port, conversation.id) for _ in range(4)]
    threads = [threading.Thread(target=other.say, args=(f"hello {n}",)) for n, other in enumerate(others)]
    for thread in threads:
        thread.start()
        time.sleep(0.005)
    for thread, other in zip(threads, others, strict=True):
        thread.join()
        other.close()
    lines = conversation.transcript()
    assert [line["text"] for line in lines if line["from"] == "patient"] == [f"hello {n}" for n in range(4)]
    # each message is followed by its answer, not by the next message
    for line, following in pairwise(lines):
        assert (line["from"], following["from"]) != ("patient", "patient")


def test_web_turn_ends_without_its_reader(stack, conversation):
    reader = http.client.HTTPConnection(processes.LOOPBACK, stack.port, timeout=30)
    reader.request("POST", f"/api/conversations/{conversation.id}/messages", json.dumps({"text": RESULT}), JSON)
    reader.getresponse().close()
    reader.close()
    assert [line["from"] for line in conversation.transcript()][:2] == ["patient", "assistant"]


def test_web_delete_leaves_no_trace(stack, conversation):
    conversation.say("My HBV DNA is 64207 IU/mL")
    assert files_hold(stack, "64207"), "the test must be able to fail"
    conversation.delete()
    assert files_hold(stack, "64207") == []
    with pytest.raises(RefusedError, match="404"):
        conversation.say("hello")


@pytest.mark.parametrize("wish", ["restart", "delete my data"])
def test_web_restart_leaves_no_trace(stack, conversation, wish):
    conversation.say("My HBV DNA is 58301 IU/mL")
    assert files_hold(stack, "58301"), "the test must be able to fail"
    assert conversation.say(wish).texts
    assert files_hold(stack, "58301") == []
    assert conversation.say("hello").texts


def test_web_pages_of_other_sites_are_refused(stack, conversation):
    asked = [
        ("POST", "/api/conversations"), ("GET", f"/api/conversations/{conversation.id}"),
        ("DELETE", f"/api/conversations/{conversation.id}"), ("OPTIONS", "/api/conversations"),
        ("POST", f"/api/conversations/{conversation.id}/messages"), ("GET", "/static/widget.js"), ("GET", "/health"),
    ]  # fmt: skip
    for method, path in asked:
        answer, content = request(stack, method, path, "{}", {**JSON, "Origin": "http://evil.example"})
        assert (answer.status, json.loads(content)) == (403, {"error": "origin_not_allowed"}), (method, path)
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert conversation.transcript() == []


def test_web_pages_of_the_allowed_site_are_let_in(stack):
    asked, _ = request(stack, "OPTIONS", "/api/conversations", headers={"Origin": stack.clinic})
    made, _ = request(stack, "POST", "/api/conversations", headers={"Origin": stack.clinic})
    assert (asked.status, made.status) == (204, 201)
    for answer in (asked, made):
        assert answer.headers["Access-Control-Allow-Origin"] == stack.clinic
        assert answer.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_web_votes_are_counted_without_words(stack, conversation):
    said = conversation.say("What is ALT?").messages[0]["response"]

    def counted():
        """The thumbs up and down so far: other tests vote on the same server."""
        tallies = [tally for tally in Votes(stack.data / "votes.db").tally() if tally.response == said]
        return sum(tally.up for tally in tallies), sum(tally.down for tally in tallies)

    up, down = counted()
    path = f"/api/conversations/{conversation.id}/votes"
    for body, status in [
        ({"response": said, "vote": "maybe"}, 400), ({"response": said, "vote": "up"}, 204),
        ({"response": said, "vote": "up"}, 409), ({"response": "utter_answer_what_is_hbeag", "vote": "up"}, 403),
        ({"response": "my ALT is 22", "vote": "up"}, 400), ({"response": said, "vote": "up", "text": "x"}, 400),
    ]:  # fmt: skip
        assert request(stack, "POST", path, json.dumps(body))[0].status == status
    unknown, _ = request(stack, "POST", "/api/conversations/unknown/votes", "{}")
    assert unknown.status == 404
    assert counted() == (up + 1, down)
    conversation.say("What is ALT?")
    assert request(stack, "POST", path, json.dumps({"response": said, "vote": "down"}))[0].status == 204
    assert counted() == (up + 1, down + 1), "once for each time that it was said"


def test_web_health(stack):
    answer, content = request(stack, "GET", "/health")
    assert (answer.status, json.loads(content)) == (200, {"status": "ok"})
