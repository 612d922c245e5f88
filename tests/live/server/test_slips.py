"""A slip at the web channel: read for the patient whose conversation it is, kept nowhere, refused with a sentence."""

from __future__ import annotations

import http.client
import json
import sys
from pathlib import Path

import pytest
from traces import files_hold

from assistant import processes
from assistant.slips import limits

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
from slip_files import HEADS, READ, ROWS, slip

NAME = "Qwertina"
KINDS = {"Content-Type": "application/octet-stream"}


def bring(stack, conversation, content, **headers):
    connection = http.client.HTTPConnection(processes.LOOPBACK, stack.port, timeout=60)
    try:
        connection.request("POST", f"/api/conversations/{conversation}/slips", content, {**KINDS, **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_slip_is_read_and_counts_for_nothing(stack, conversation):
    status, answer = bring(stack, conversation.id, slip())
    assert status == 200
    assert [value["words"] for value in answer["values"]] == READ
    assert answer["days"] == [{"written": "", "days": ["2026-10-05"]}]
    assert {value["day"] for value in answer["values"]} == {0}
    assert (answer["dated"], answer["picture"]) == ("On {date}: {words}", False)
    assert conversation.transcript() == []


def test_slip_confirmed_counts_as_a_message(stack, conversation):
    _, answer = bring(stack, conversation.id, slip())
    told = "\n".join(
        answer["dated"].format(words=value["words"], date=answer["days"][0]["days"][0]) for value in answer["values"]
    )
    turn = conversation.say(told)
    shown = [message["card"] for message in turn.messages if message.get("section") == "understood"]
    assert {card["value"] for card in shown if card} >= {"67 U/L", "32,000 IU/mL"}


def test_slip_leaves_no_trace(stack, conversation):
    lines = (HEADS, (NAME, "", "", "", ""), *ROWS)
    status, _ = bring(stack, conversation.id, slip(lines=lines))
    assert status == 200
    bring(stack, conversation.id, b"%PDF-1.7 " + NAME.encode())
    assert not files_hold(stack, NAME)
    assert NAME not in stack.said_in_logs()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"MZ" + b"\x00" * 50, 422, "P002"), (slip(owner="somebody"), 422, "P003"), (slip()[:900], 422, "P004"),
        (b"%PDF-" + b"\x00" * limits.LARGEST_FILE, 413, "P001"), (b"", 422, "P002"),
    ],
)  # fmt: skip
def test_slip_refused_with_a_sentence(stack, conversation, content, status, code):
    found, answer = bring(stack, conversation.id, content)
    assert (found, answer["error"]) == (status, code)
    assert "type" in answer["text"]


def test_slip_of_no_conversation_or_another_site_is_refused(stack, conversation):
    assert bring(stack, "unknown", slip())[0] == 404
    assert bring(stack, conversation.id, slip(), Origin="https://elsewhere.example")[0] == 403


def test_messages_stay_short_though_slips_may_be_long(stack, conversation):
    connection = http.client.HTTPConnection(processes.LOOPBACK, stack.port, timeout=30)
    body = json.dumps({"text": "x" * 200_000})
    connection.request(
        "POST", f"/api/conversations/{conversation.id}/messages", body, {"Content-Type": "application/json"}
    )
    assert connection.getresponse().status == 413
    connection.close()
