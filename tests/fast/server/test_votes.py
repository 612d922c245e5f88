"""Votes are counted by response and day, and nothing else is kept."""

import sqlite3
from datetime import date

import pytest

from assistant.store.votes import Tally, Votes


@pytest.fixture
def days():
    return [date(2026, 3, 1)]


@pytest.fixture
def votes(tmp_path, days):
    return Votes(tmp_path / "votes.db", lambda: days[-1])


def test_votes_are_summed_with_the_least_liked_first(votes, days):
    for response, vote in [("utter_a", "up"), ("utter_b", "down"), ("utter_a", "up"), ("utter_b", "up")]:
        votes.count(response, vote)
    days.append(date(2026, 3, 2))
    votes.count("utter_b", "down")
    assert votes.tally() == [Tally("utter_b", 1, 2, "2026-03-02"), Tally("utter_a", 2, 0, "2026-03-01")]
    assert votes.tally(days[-1]) == [Tally("utter_b", 0, 1, "2026-03-02")]


def test_votes_keep_response_vote_day_and_count_only(votes):
    votes.count("utter_a", "up")
    with sqlite3.connect(votes.path) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = database.execute("SELECT * FROM votes").fetchall()
    database.close()
    assert tables == [("votes",)]
    assert rows == [("utter_a", "up", "2026-03-01", 1)]


def test_votes_refuse_any_other_word(votes):
    with pytest.raises(sqlite3.IntegrityError):
        votes.count("utter_a", "my ALT is 22")
    assert votes.tally() == []
