"""Conversations in one SQLite file: rows of events, one snapshot of the slots, and erasure that leaves no trace.

Nothing here knows Rasa: events are the dictionaries that Rasa's events turn into (``event``, ``timestamp``, ...).

Write-ahead logging with ``synchronous=NORMAL`` makes a commit cost microseconds: a power cut can lose the last
turns, never corrupt the file. ``secure_delete`` overwrites deleted rows with zeros in the pages, and the truncating
checkpoint after each deletion empties the write-ahead log, where older copies of the pages would live on.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.store.inbox import Inbox

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY,
    touched REAL NOT NULL,
    slots TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    type TEXT NOT NULL,
    timestamp REAL NOT NULL,
    data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS consents (
    conversation TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_of_conversation ON events (conversation);
CREATE INDEX IF NOT EXISTS patient_messages ON events (conversation, timestamp) WHERE type = 'user';
"""
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "temp_store=MEMORY", "busy_timeout=2000")

# A turn needs what was said and done, not what the assistant answered nor the values that the snapshot holds.
LEFT_OUT_OF_A_TURN = ("bot", "slot", "user_featurization", "entities")
# Guard against a dialogue that never says what it has heard; far above what a broken action server piles up.
MOST_UNHEARD = 100


@dataclass(frozen=True)
class Snapshot:
    """What a turn starts from: the slots' values and the few events that still matter."""

    slots: dict[str, Any]
    events: tuple[dict[str, Any], ...]


class Database:
    """One open database file. Not safe for several threads at a time; the tracker store gives it one thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level="IMMEDIATE")
        path.chmod(0o600)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(SCHEMA)
        self.inbox = Inbox(self._connection)

    def close(self) -> None:
        """Close the file; SQLite then folds the write-ahead log into it."""
        self._connection.close()

    def create(self, conversation: str) -> bool:
        """Make an empty conversation. An id that exists already is left as it is; then the answer is False."""
        with self._connection:
            made = self._connection.execute(
                "INSERT OR IGNORE INTO conversations VALUES (?, ?, ?)", (conversation, time.time(), "{}")
            )
        return made.rowcount == 1

    def exists(self, conversation: str) -> bool:
        """Tell whether the conversation is known, that is, made and neither deleted nor expired."""
        return self._slots(conversation) is not None

    def load(self, conversation: str) -> Snapshot | None:
        """Return what the next turn starts from, or None for an unknown conversation.

        The events are those since the last message of the patient, or since the first message newer than
        ``heard_until`` of the slot ``dialogue``, whichever is earlier. The cost does not grow with the conversation.
        """
        slots = self._slots(conversation)
        if slots is None:
            return None
        heard_until = (slots.get("dialogue") or {}).get("heard_until") or 0.0
        unheard = self._connection.execute(
            "SELECT number FROM events WHERE conversation = ? AND type = 'user' AND timestamp > ?"
            " ORDER BY timestamp DESC LIMIT ?",
            (conversation, heard_until, MOST_UNHEARD),
        ).fetchall()
        last = self._connection.execute(
            "SELECT number FROM events WHERE conversation = ? AND type = 'user' ORDER BY timestamp DESC LIMIT 1",
            (conversation,),
        ).fetchall()
        first = min((number for (number,) in (*unheard, *last)), default=0)
        return Snapshot(slots, tuple(self._events(conversation, first, LEFT_OUT_OF_A_TURN)))

    def transcript(self, conversation: str, types: Sequence[str]) -> list[dict[str, Any]]:
        """Return all events of these types, oldest first."""
        marks = ", ".join("?" * len(types))
        rows = self._connection.execute(
            f"SELECT data FROM events WHERE conversation = ? AND type IN ({marks}) ORDER BY number",  # noqa: S608 - question marks only
            (conversation, *types),
        )
        return [json.loads(data) for (data,) in rows]

    def append(self, conversation: str, events: Iterable[dict[str, Any]], slots: dict[str, Any]) -> bool:
        """Store a turn in one transaction: its events but for slot events, and the slots' new values.

        Returns False, with nothing stored, when the conversation was deleted in the meantime: it stays deleted.
        """
        with self._connection:
            known = self._touch(conversation, slots)
            if known:
                self._insert(conversation, events)
        return known

    def restart(self, conversation: str, events: Iterable[dict[str, Any]], slots: dict[str, Any]) -> bool:
        """Erase all that was stored of a conversation for good, keep its id, and begin anew with ``events``."""
        with self._connection:
            self._forget(conversation)
            known = self._touch(conversation, slots)
            if known:
                self._insert(conversation, events)
        self._wipe_log()
        return known

    def erase(self, conversation: str) -> None:
        """Delete a conversation with its id, for good. An unknown id is no error."""
        with self._connection:
            self._forget(conversation)
            self._connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
        self._wipe_log()

    def finish(self, key: str, wipe: bool) -> None:  # noqa: FBT001 - passed on through a thread
        """Take a message out of the inbox; with ``wipe`` no copy of it stays in the write-ahead log."""
        self.inbox.finish(key)
        if wipe:
            self._wipe_log()

    def consent(self, conversation: str) -> None:
        """Keep that this person agrees to share results here, as long as the conversation is kept."""
        with self._connection:
            self._connection.execute("INSERT OR IGNORE INTO consents VALUES (?)", (conversation,))

    def has_consent(self, conversation: str) -> bool:
        """Tell whether this person agreed to share results here."""
        row = self._connection.execute("SELECT 1 FROM consents WHERE conversation = ?", (conversation,)).fetchone()
        return row is not None

    def expire(self, before: float) -> int:
        """Delete, for good, each conversation last used before this time (seconds since 1970); return how many."""
        with self._connection:
            self._connection.execute(
                "DELETE FROM events WHERE conversation IN (SELECT id FROM conversations WHERE touched < ?)", (before,)
            )
            count = self._connection.execute("DELETE FROM conversations WHERE touched < ?", (before,)).rowcount
            self._connection.execute("DELETE FROM consents WHERE conversation NOT IN (SELECT id FROM conversations)")
            self.inbox.expire(time.time())
        if count:
            self._wipe_log()
        return count

    def _forget(self, conversation: str) -> None:
        self._connection.execute("DELETE FROM events WHERE conversation = ?", (conversation,))
        self._connection.execute("DELETE FROM consents WHERE conversation = ?", (conversation,))
        self.inbox.forget(conversation)

    def _slots(self, conversation: str) -> dict[str, Any] | None:
        row = self._connection.execute("SELECT slots FROM conversations WHERE id = ?", (conversation,)).fetchone()
        return None if row is None else json.loads(row[0])

    def _events(self, conversation: str, first: int, left_out: Sequence[str]) -> Iterable[dict[str, Any]]:
        marks = ", ".join("?" * len(left_out))
        rows = self._connection.execute(
            f"SELECT data FROM events WHERE number >= ? AND conversation = ? AND type NOT IN ({marks}) ORDER BY number",  # noqa: S608 - question marks only
            (first, conversation, *left_out),
        )
        return [json.loads(data) for (data,) in rows]

    def _touch(self, conversation: str, slots: dict[str, Any]) -> bool:
        changed = self._connection.execute(
            "UPDATE conversations SET touched = ?, slots = ? WHERE id = ?",
            (time.time(), json.dumps(slots), conversation),
        )
        return changed.rowcount == 1

    def _insert(self, conversation: str, events: Iterable[dict[str, Any]]) -> None:
        self._connection.executemany(
            "INSERT INTO events (conversation, type, timestamp, data) VALUES (?, ?, ?, ?)",
            [
                (conversation, event["event"], event.get("timestamp") or time.time(), json.dumps(event))
                for event in events
                if event["event"] != "slot"
            ],
        )

    def _wipe_log(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
