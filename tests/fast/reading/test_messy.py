"""Messages written by hand as patients write them: figures that must not fall, and a measure that can."""

from __future__ import annotations

from collections import Counter

from assistant.evaluation.floors import broken
from assistant.evaluation.messy import LATER_FILE, Message, figures, halves, judge, measure_messy, messages

CLASSES = {
    "dates", "distractors", "family", "hypothetical", "negation", "numbers", "other_units", "persons", "planned",
    "ranges", "signs", "tables", "typos", "units",
}  # fmt: skip


def test_messy_messages_are_read_above_the_floors():
    assert broken({"reading": {"messy": measure_messy()}}, "reading.messy") == {}


def test_messy_messages_cover_every_class():
    counts = Counter(name for message in messages() for name in message.classes)
    assert set(counts) == CLASSES
    assert min(counts.values()) >= 6
    assert len(messages()) >= 200


def test_messy_halves_share_no_message_and_lose_none():
    development, held_out = halves()
    assert {message.text for message in development} | {message.text for message in held_out} == {
        message.text for message in messages()
    }
    texts = Counter(message.text for message in (*development, *held_out, *messages(LATER_FILE)))
    assert texts.most_common(1)[0][1] == 1


def test_messy_judge_sees_what_is_wrong():
    right = Message(("dates",), "ALT 45 now, 60 in 2020", {"ALT": "45"}, ("ALT",), {})
    assert judge(right).all_right
    wrong = [
        Message((), right.text, {"ALT": "60"}, ("ALT",), {}),
        Message((), right.text, {"ALT": "45"}, (), {}),
        Message((), right.text, {"ALT": "45"}, ("ALT",), {"diabetes": True}),
        Message((), right.text, {"ALT": "45", "AST": "45"}, ("ALT",), {}),
    ]
    assert [judge(message).all_right for message in wrong] == [False] * 4
    assert figures([judge(right), *map(judge, wrong)])["all_right"] == 0.2


def test_messy_judge_counts_invented_units():
    assert judge(Message((), "ALT 45 U/L", {"ALT": "45"})).invented_units == 1
