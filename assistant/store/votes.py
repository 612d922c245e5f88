"""How many patients found a response helpful: response, vote and day are counted, nothing else is kept.

In a file of its own, so that nothing joins a vote to a conversation and erasing one never waits for the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path

VOTES = ("up", "down")
SCHEMA = """
CREATE TABLE IF NOT EXISTS votes (
    response TEXT NOT NULL,
    vote TEXT NOT NULL CHECK (vote IN ('up', 'down')),
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (response, vote, day)
) WITHOUT ROWID;
"""
COUNT = """
INSERT INTO votes VALUES (?, ?, ?, 1) ON CONFLICT (response, vote, day) DO UPDATE SET count = count + 1
"""
TALLY = """
SELECT response, sum(count) FILTER (WHERE vote = 'up'), sum(count) FILTER (WHERE vote = 'down'), max(day)
FROM votes WHERE day >= ? GROUP BY response
"""


def _today() -> date:
    return datetime.now(timezone.utc).date()


@dataclass(frozen=True)
class Tally:
    """The votes on one response, and the last day (UTC) on which it got one."""

    response: str
    up: int
    down: int
    last: str


@dataclass(frozen=True)
class Votes:
    """The votes in the file at ``path``, opened for each use: they are few. Safe for several threads."""

    path: Path
    today: Callable[[], date] = _today

    def count(self, response: str, vote: str) -> None:
        """Count one vote for today. Raises sqlite3.IntegrityError for another vote than those of ``VOTES``."""
        with closing(self._open()) as database, database:
            database.execute(COUNT, (response, vote, self.today().isoformat()))

    def tally(self, since: date = date.min) -> list[Tally]:
        """Return the sums since a day, the least liked response first."""
        with closing(self._open()) as database:
            rows = database.execute(TALLY, (since.isoformat(),)).fetchall()
        tallies = [Tally(response, up or 0, down or 0, last) for response, up, down, last in rows]
        return sorted(tallies, key=lambda tally: (-tally.down, tally.up, tally.response))

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path)
        database.executescript(SCHEMA)
        return database
