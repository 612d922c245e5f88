"""Messages taken from a platform or a browser and not yet answered, and the keys of all that were taken.

A sender repeats a delivery whose answer was cut off, also after this server has started again: the key tells. A message
whose turn was cut off by the end of the server is still here, and its turn is run at the next start. So a message is
neither doubled nor lost. Its words leave the file as soon as its turn has ended.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    key TEXT PRIMARY KEY,
    taken REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_by_time ON deliveries (taken);
CREATE TABLE IF NOT EXISTS inbox (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    conversation TEXT NOT NULL,
    message TEXT NOT NULL,
    tries INTEGER NOT NULL
);
"""
KEPT_SECONDS = 8 * 24 * 3600
"""How long a key is known: WhatsApp repeats a delivery for up to seven days, others for hours."""


@dataclass(frozen=True)
class Waiting:
    """A message whose turn did not end. ``tries``: how often its turn has begun before."""

    key: str
    conversation: str
    message: dict[str, Any]
    tries: int


class Inbox:
    """The inbox in an open database. Keys say nothing about a patient (:mod:`assistant.channel.identity`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(SCHEMA)

    def take(self, key: str, channel: str, conversation: str, message: dict[str, Any]) -> bool:
        """Keep a message until :meth:`finish`; False, with nothing kept, when its key came before."""
        with self._connection:
            new = self._connection.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", (key, time.time()))
            if new.rowcount:
                self._connection.execute(
                    "INSERT INTO inbox (key, channel, conversation, message, tries) VALUES (?, ?, ?, ?, 0)",
                    (key, channel, conversation, json.dumps(message)),
                )
        return new.rowcount == 1

    def finish(self, key: str) -> None:
        """Drop the words of a message whose turn has ended; its key stays known."""
        with self._connection:
            self._connection.execute("DELETE FROM inbox WHERE key = ?", (key,))

    def unfinished(self, channel: str) -> list[Waiting]:
        """Return what waits on this channel, oldest first, and count one more try for each."""
        with self._connection:
            rows = self._connection.execute(
                "SELECT key, conversation, message, tries FROM inbox WHERE channel = ? ORDER BY number", (channel,)
            ).fetchall()
            self._connection.execute("UPDATE inbox SET tries = tries + 1 WHERE channel = ?", (channel,))
        return [Waiting(key, conversation, json.loads(message), tries) for key, conversation, message, tries in rows]

    def forget(self, conversation: str) -> None:
        """Drop what waits in a conversation, as a part of the caller's transaction."""
        self._connection.execute("DELETE FROM inbox WHERE conversation = ?", (conversation,))

    def expire(self, now: float) -> None:
        """Forget keys that nobody repeats any longer, and what waits for nobody, in the caller's transaction."""
        self._connection.execute("DELETE FROM deliveries WHERE taken < ?", (now - KEPT_SECONDS,))
        self._connection.execute("DELETE FROM inbox WHERE key NOT IN (SELECT key FROM deliveries)")
