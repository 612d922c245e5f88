"""The embedded database: what a turn loads, and that erased means gone from every byte of every file."""

import time
from pathlib import Path

import pytest

from assistant.store.database import Database

TYPED = "my viral load is 73519 copies"


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "conversations.db")
    yield database
    database.close()


def said(text, timestamp):
    return {"event": "user", "text": text, "timestamp": timestamp, "parse_data": {"text": text}}


def turn(text, timestamp):
    return [
        said(text, timestamp),
        {"event": "action", "name": "action_x", "timestamp": timestamp},
        {"event": "bot", "text": f"answer to {text}", "timestamp": timestamp},
        {"event": "slot", "name": "record", "value": text, "timestamp": timestamp},
        {"event": "action", "name": "action_listen", "timestamp": timestamp},
    ]


def files_hold(folder: Path, text: str) -> list[str]:
    return [file.name for file in folder.iterdir() if text.encode() in file.read_bytes()]


def test_database_load_unknown(database):
    assert database.load("nobody") is None
    assert not database.exists("nobody")


def test_database_load_gives_last_turn_and_slots_only(database):
    database.create("a")
    for number in range(5):
        database.append("a", turn(f"text {number}", 100.0 + number), {"dialogue": {"heard_until": 100.0 + number}})
    snapshot = database.load("a")
    assert [event["event"] for event in snapshot.events] == ["user", "action", "action"]
    assert snapshot.events[0]["text"] == "text 4"
    assert snapshot.slots == {"dialogue": {"heard_until": 104.0}}


def test_database_load_gives_every_message_not_heard(database):
    database.create("a")
    for number in range(5):
        database.append("a", turn(f"text {number}", 100.0 + number), {"dialogue": {"heard_until": 101.0}})
    assert [e["text"] for e in database.load("a").events if e["event"] == "user"] == ["text 2", "text 3", "text 4"]


def test_database_load_keeps_conversations_apart(database):
    for name in "ab":
        database.create(name)
        database.append(name, turn(f"of {name}", 100.0), {"record": name})
    assert database.load("a").slots == {"record": "a"}
    assert all("of b" not in str(event) for event in database.load("a").events)
    assert database.transcript("b", ("user",)) == [said("of b", 100.0)]


def test_database_load_costs_the_same_after_300_turns(database):
    """Counted in rows that SQLite reads, not in seconds: the machine that tests may be busy."""
    database.create("a")
    work = []
    for number in range(300):
        database.append("a", turn(f"text {number}", 100.0 + number), {"dialogue": {"heard_until": 100.0 + number}})
        if number in {4, 299}:
            steps = [0]
            database._connection.set_progress_handler(lambda steps=steps: steps.__setitem__(0, steps[0] + 1), 1)
            database.load("a")
            database._connection.set_progress_handler(None, 0)
            work.append(steps[0])
    assert work[1] <= 1.5 * work[0]


def test_database_append_to_deleted_conversation_stores_nothing(database):
    database.create("a")
    database.erase("a")
    assert database.append("a", turn("late", 100.0), {}) is False
    assert not database.exists("a")
    assert database.transcript("a", ("user", "bot")) == []


def test_database_append_is_one_transaction(database):
    database.create("a")
    with pytest.raises(TypeError):
        database.append("a", [said("first", 1.0), said(object(), 2.0)], {"record": "new"})
    assert database.transcript("a", ("user",)) == []
    assert database.load("a").slots == {}


@pytest.mark.parametrize("way", ["erase", "restart", "expire"])
def test_database_erased_text_is_in_no_file(database, tmp_path, way):
    database.create("a")
    for number in range(30):
        database.append("a", turn(f"{TYPED} {number}", 100.0 + number), {"record": f"{TYPED} {number}"})
    assert files_hold(tmp_path, TYPED), "the test must be able to fail"
    match way:
        case "erase":
            database.erase("a")
        case "restart":
            database.restart("a", [], {})
        case "expire":
            assert database.expire(time.time() + 1) == 1
    assert files_hold(tmp_path, TYPED) == []
    assert database.exists("a") == (way == "restart")


def test_database_restart_keeps_what_came_after(database):
    database.create("a")
    database.append("a", turn("before", 1.0), {"record": "old"})
    database.restart("a", [{"event": "bot", "text": "new start", "timestamp": 2.0}], {})
    assert [event["text"] for event in database.transcript("a", ("user", "bot"))] == ["new start"]
    assert database.load("a").slots == {}


def test_database_expire_spares_used_conversations(database):
    database.create("old")
    before = time.time()
    time.sleep(0.01)
    database.create("new")
    assert database.expire(before + 0.005) == 1
    assert (database.exists("old"), database.exists("new")) == (False, True)


def test_database_survives_being_opened_again(tmp_path):
    path = tmp_path / "conversations.db"
    first = Database(path)
    first.create("a")
    first.append("a", turn("kept", 1.0), {"record": 1})
    first.close()
    second = Database(path)
    assert second.load("a").slots == {"record": 1}
    second.close()
    assert path.stat().st_mode & 0o077 == 0
