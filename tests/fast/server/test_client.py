"""The stream of one turn, read back; and the rows of ``hepb ask``."""

import pytest

from assistant import ask
from assistant.channel import events
from assistant.channel.summary import TurnSummary, summarise
from assistant.client import parse_events

HELLO = {"text": "Hello\n\nyou", "section": "answer", "buttons": [{"title": "A", "choice": "t"}], "select": "one"}


def test_client_reads_what_the_channel_writes():
    summary = TurnSummary("greet", 0.9, ("basic_facts",), None)
    stream = events.HEARTBEAT + events.message(HELLO) + events.problem("oh") + events.done(summary)
    turn = parse_events(stream.decode())
    assert turn.messages == (HELLO,)
    assert turn.texts == ["Hello\n\nyou", "oh"]
    assert turn.done == {"intent": "greet", "confidence": 0.9, "topics": ["basic_facts"], "urgent": None}
    assert turn.heartbeats == 1


@pytest.mark.parametrize("kind", [None, "self_harm", "urgent_symptom"])
def test_summary_names_the_kind_of_urgency(kind):
    assert summarise({"intent": {"name": "greet"}, "urgent": kind}).urgent == kind


def test_summary_topic_from_the_intent_or_from_the_message():
    assert summarise({"intent": {"name": "ask_what_is_alt"}}).topics == ("liver_enzymes_function",)
    assert summarise({"intent": {"name": "greet"}}).topics == ()
    asked = ["ask_what_is_ast", "ask_what_is_hbv_dna", "ask_what_is_alt"]
    assert summarise({"intent": {"name": "greet"}, "topics": asked}).topics == ("liver_enzymes_function", "viral_load")


@pytest.mark.parametrize("row", [{}, [], "x", {"text": 1}, {"turns": []}, {"turns": "x"}, {"turns": [1]}])
def test_ask_refuses_a_row_without_text(row):
    with pytest.raises(ValueError, match="text"):
        ask._checked(row)
