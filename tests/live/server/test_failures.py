"""A dead, slow or failing action server, a blocked disk, a restart: the patient is answered and loses nothing."""

import http.client
import json
import signal
import sqlite3
from pathlib import Path

import pytest

from assistant.processes import LOOPBACK, is_healthy

HERE = Path(__file__).parent


def says_problem(turn):
    return any(message["section"] == "notice" for message in turn.messages)


def record_of(stack, conversation):
    """The record as it stands in the database, read as another process would."""
    database = sqlite3.connect(f"file:{stack.data / 'conversations.db'}?mode=ro", uri=True)
    (slots,) = database.execute("SELECT slots FROM conversations WHERE id = ?", (conversation.id,)).fetchone()
    database.close()
    return json.loads(slots).get("record") or {}


def markers_of(stack, conversation):
    return {item["marker"]: item["value"] for item in record_of(stack, conversation).get("observations", [])}


def assert_nothing_lost(stack, conversation):
    """The next message takes in the one that failed."""
    turn = conversation.say("My ALT is 22 U/L")
    assert turn.texts
    assert not says_problem(turn)
    assert markers_of(stack, conversation).keys() >= {"HBV_DNA", "ALT"}


def test_failures_dead_action_server(stack, conversation):
    stack.stop_actions()
    try:
        turn = conversation.say("My HBV DNA is 73519 IU/mL")
        assert says_problem(turn)
        assert not is_healthy(LOOPBACK, stack.port)
        assert [line["from"] for line in conversation.transcript()] == ["patient", "assistant"]
    finally:
        stack.start_actions()
    assert_nothing_lost(stack, conversation)


def test_failures_urgent_words_come_even_then(stack, conversation):
    stack.stop_actions()
    try:
        turn = conversation.say("I am vomiting blood, my HBV DNA is 73519 IU/mL")
        assert turn.done["urgent"]
        assert turn.messages[0]["section"] != "notice"
        assert says_problem(turn)
    finally:
        stack.start_actions()
    assert_nothing_lost(stack, conversation)


def test_failures_slow_action_server_with_heartbeat(stack, conversation):
    with stack.frozen_actions():
        turn = conversation.say("My HBV DNA is 73519 IU/mL")
        assert says_problem(turn)
        assert turn.heartbeats > 1, "one when the message is taken, one while the action hangs"
    assert_nothing_lost(stack, conversation)


def test_failures_failing_actions(stack, conversation):
    stack.stop_actions()
    stack.start_actions("failing_actions", HERE)
    try:
        assert says_problem(conversation.say("My HBV DNA is 73519 IU/mL"))
    finally:
        stack.stop_actions()
        stack.start_actions()
    assert_nothing_lost(stack, conversation)
    said = stack.said_in_logs()
    assert "ValueError" in said, "the failure is logged by its kind"
    assert "73519" not in said


def test_failures_blocked_disk_is_told(stack, conversation):
    conversation.say("hello")
    blocker = sqlite3.connect(stack.data / "conversations.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        assert says_problem(conversation.say("My HBV DNA is 73519 IU/mL"))
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    assert not says_problem(conversation.say("hello"))


def test_failures_conversation_outlives_the_server(stack, conversation):
    asked = conversation.say("My HBV DNA is 73519 IU/mL")
    before = conversation.transcript()
    stack.stop_rasa()
    stack.start_rasa()
    conversation.close()
    assert conversation.transcript() == before
    assert markers_of(stack, conversation)["HBV_DNA"]
    if asked.buttons:
        assert conversation.choose([asked.buttons[0]["choice"]]).texts, "buttons signed before still work"


def post(stack, conversation, text, key):
    """Send a message as the page does; return status and the open connection, once the message is taken or refused."""
    connection = http.client.HTTPConnection(LOOPBACK, stack.port, timeout=30)
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    connection.request("POST", f"/api/conversations/{conversation.id}/messages", json.dumps({"text": text}), headers)
    answer = connection.getresponse()
    answer.read(1)
    return answer.status, connection


def test_failures_turn_cut_off_by_the_end_of_the_server_is_run_at_the_next_start(stack, conversation):
    conversation.say("hello")
    stack.actions.send_signal(signal.SIGSTOP)
    try:
        status, connection = post(stack, conversation, "My HBV DNA is 73519 IU/mL", "once")
        assert status == 200
        stack.rasa.kill()
        stack.rasa.wait()
        connection.close()
    finally:
        stack.actions.send_signal(signal.SIGCONT)
        stack.start_rasa()
    status, connection = post(stack, conversation, "My HBV DNA is 73519 IU/mL", "once")
    connection.close()
    assert status == 409, "the page sends again what got no answer; it is known"
    conversation.close()
    spoken = [line for line in conversation.transcript() if line["from"] == "patient"]
    assert [line["text"] for line in spoken] == ["hello", "My HBV DNA is 73519 IU/mL"]
    assert conversation.transcript()[-1]["from"] == "assistant"
    assert markers_of(stack, conversation)["HBV_DNA"]


def test_failures_repeated_delivery_is_known_after_a_restart(stack, conversation):
    status, connection = post(stack, conversation, "hello", "twice")
    connection.close()
    stack.stop_rasa()
    stack.start_rasa()
    again, connection = post(stack, conversation, "hello", "twice")
    connection.close()
    assert (status, again) == (200, 409)
    conversation.close()
    assert [line["from"] for line in conversation.transcript()].count("patient") == 1


def test_failures_no_patient_text_in_any_log(stack, conversation):
    conversation.say("My HBV DNA is 73519 IU/mL")
    with pytest.raises(Exception, match="403"):
        conversation.choose(["73519.73519"])
    assert stack.said_in_logs().count("73519") == 0
