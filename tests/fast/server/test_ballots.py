"""Votes count once for each time that an answer was said, and not without end."""

from assistant.channel.ballots import Ballot, Ballots
from assistant.channel.limits import MOST_VOTES, VOTES_WINDOW

ANSWER = "utter_answer_what_is_alt"


def test_ballots_count_an_answer_as_often_as_it_was_said():
    ballots = Ballots()
    assert ballots.take("a", ANSWER, 0) is Ballot.NOT_SAID
    assert [ballots.take("a", ANSWER, 1) for _ in range(3)] == [Ballot.COUNTS, Ballot.GIVEN, Ballot.GIVEN]
    assert ballots.take("a", ANSWER, 2) is Ballot.COUNTS
    assert ballots.take("b", ANSWER, 1) is Ballot.COUNTS, "each conversation by itself"


def test_ballots_stop_a_flood_for_a_while():
    clock = [0.0]
    ballots = Ballots(now=lambda: clock[0])
    taken = [ballots.take(f"conversation {n}", ANSWER, 1) for n in range(MOST_VOTES + 5)]
    assert taken == [Ballot.COUNTS] * MOST_VOTES + [Ballot.TOO_MANY] * 5
    clock[0] = VOTES_WINDOW
    assert ballots.take(f"conversation {MOST_VOTES}", ANSWER, 1) is Ballot.COUNTS, "a vote sent away was not given"


def test_ballots_remember_only_so_many(monkeypatch):
    most = 100
    monkeypatch.setattr("assistant.channel.ballots.MOST_REMEMBERED", most)
    clock = [0.0]
    ballots = Ballots(now=lambda: clock[0])
    for n in range(most + 1):
        clock[0] += 1
        ballots.take(str(n), ANSWER, 1)
    assert ballots.take("0", ANSWER, 1) is Ballot.COUNTS
    assert ballots.take(str(most), ANSWER, 1) is Ballot.GIVEN
