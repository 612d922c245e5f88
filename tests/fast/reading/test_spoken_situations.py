"""Situations in people's own words: halves that hold both kinds, and a measure that can fail."""

from __future__ import annotations

from collections import Counter

from assistant.evaluation.situations import FOLLOWS, HALVES, Told, figures, hear, told
from hepb.record import CONDITIONS

NAMES = {*CONDITIONS, "age", "sex"}
FEWEST = 6  # messages of a group
MESSAGES = 400


def test_situations_set_is_large_and_names_every_condition():
    wanted = {name for message in told() for name in message.says}
    assert {name for message in told() for name in (*message.says, *message.may)} <= NAMES
    assert len(NAMES - wanted) <= 1  # a new condition gets its messages right after it
    assert min(Counter(message.group for message in told()).values()) >= FEWEST
    assert len({message.text for message in told()}) == len(told()) >= MESSAGES


def test_situations_halves_are_alike():
    halves = Counter(message.half for message in told())
    nothing = Counter(message.half for message in told() if not message.says)
    for half in HALVES:
        assert 0.4 < halves[half] / len(told()) < 0.6
        assert 0.3 < nothing[half] / halves[half] < 0.6


def test_situations_rows_say_nothing_twice():
    assert [message.text for message in told() if set(message.says) & set(message.may)] == []
    assert set(FOLLOWS) <= NAMES


def test_situations_measure_sees_what_is_wrong():
    right = Told("pregnant", "I am pregnant and I have diabetes", {"pregnant": True, "diabetes": True})
    missed = Told("pregnant", right.text, {**right.says, "cirrhosis": "none"})
    another = Told("pregnant", right.text, {**right.says, "pregnant": False})
    invented = Told("pregnant", right.text, {"pregnant": True})
    whose = Told("pregnant", right.text, right.says, of="partner")
    allowed = Told("pregnant", right.text, {"pregnant": True}, {"diabetes": True})
    outcomes = [(hear(message).missed, hear(message).wrong) for message in (right, missed, another, invented, allowed)]
    assert outcomes == [
        ((), ()),
        (("cirrhosis=none",), ()),
        (("pregnant=False",), ("pregnant=True",)),
        ((), ("diabetes=True",)),
        ((), ()),
    ]
    assert "of=partner" in hear(whose).missed
    scores = figures([hear(message) for message in (right, missed, another, invented)])
    assert (scores["wrongly_set"], scores["all_right"], scores["messages_wrongly_set"]) == (2, 0.25, 0.5)
