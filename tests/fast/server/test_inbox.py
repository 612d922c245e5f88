"""Deliveries that come twice, also after a restart, and messages whose turn was cut off."""

import time

import pytest

from assistant.store.database import Database
from assistant.store.inbox import KEPT_SECONDS

TYPED = "my viral load is 73519 copies"
MESSAGE = {"text": TYPED, "choice": None}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "conversations.db"


@pytest.fixture
def database(path):
    database = Database(path)
    database.create("a")
    yield database
    database.close()


def files_hold(path, text=TYPED):
    return [file.name for file in path.parent.iterdir() if text.encode() in file.read_bytes()]


def test_inbox_takes_a_delivery_once(database):
    assert [database.inbox.take("k", "web", "a", MESSAGE) for _ in range(3)] == [True, False, False]
    database.inbox.finish("k")
    assert not database.inbox.take("k", "web", "a", MESSAGE), "also when its turn has ended"
    assert database.inbox.take("other", "web", "a", MESSAGE)


def test_inbox_knows_a_delivery_after_a_restart(database, path):
    database.inbox.take("k", "web", "a", MESSAGE)
    again = Database(path)
    assert not again.inbox.take("k", "web", "a", MESSAGE)
    again.close()


def test_inbox_gives_back_what_was_cut_off_in_order_and_counts(database):
    for key in "k1", "k2", "k3":
        database.inbox.take(key, "web", "a", {"text": key, "choice": None})
    database.inbox.take("t", "telegram", "a", MESSAGE)
    database.inbox.finish("k2")
    tries = [[(item.key, item.tries) for item in database.inbox.unfinished("web")] for _ in range(2)]
    assert tries == [[("k1", 0), ("k3", 0)], [("k1", 1), ("k3", 1)]]
    assert database.inbox.unfinished("telegram")[0].message == MESSAGE


@pytest.mark.parametrize("forget", ["erase", "restart", "expire"])
def test_inbox_words_leave_every_file_with_the_conversation(database, path, forget):
    database.inbox.take("k", "web", "a", MESSAGE)
    assert files_hold(path), "the test must be able to fail"
    work = {
        "erase": lambda: database.erase("a"),
        "restart": lambda: database.restart("a", [], {}),
        "expire": lambda: (database._connection.execute("UPDATE deliveries SET taken = 0"),
                           database.expire(time.time() + 1)),
    }  # fmt: skip
    work[forget]()
    assert database.inbox.unfinished("web") == []
    assert files_hold(path) == []


def test_inbox_holds_no_name_of_a_conversation_once_its_turns_have_ended(database):
    database.inbox.take("k", "web", "a-conversation", MESSAGE)
    database.inbox.finish("k")
    statements = ("SELECT * FROM inbox", "SELECT * FROM deliveries")
    rows = [row for statement in statements for row in database._connection.execute(statement)]
    assert [row[0] for row in rows] == ["k"]
    assert "a-conversation" not in str(rows)


def test_inbox_forgets_keys_that_nobody_repeats(database):
    database.inbox.take("old", "web", "a", MESSAGE)
    database.inbox.take("new", "web", "a", MESSAGE)
    database._connection.execute("UPDATE deliveries SET taken = ? WHERE key = 'old'", (time.time() - KEPT_SECONDS - 1,))
    database.expire(0.0)
    assert [item.key for item in database.inbox.unfinished("web")] == ["new"]
    assert not database.inbox.take("new", "web", "a", MESSAGE)
    assert database.inbox.take("old", "web", "a", MESSAGE)
