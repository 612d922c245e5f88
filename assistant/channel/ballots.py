"""Who may still vote: each answer once for each time that it was said, and not more than patients can press together.

Only counts are held, in memory: after a restart the same answer can be voted on once more.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from assistant.channel import limits

MOST_REMEMBERED = 10_000
"""Answers with votes that are remembered; the oldest are forgotten first."""


class Ballot(Enum):
    """What becomes of a vote; the value is the HTTP status."""

    COUNTS = 204
    NOT_SAID = 403
    GIVEN = 409
    TOO_MANY = 429


@dataclass
class Ballots:
    """The votes of one server. ``now`` is a clock in seconds."""

    now: Callable[[], float] = time.monotonic
    _given: OrderedDict[tuple[str, str], int] = field(default_factory=OrderedDict, init=False, repr=False)
    _recent: deque[float] = field(default_factory=deque, init=False, repr=False)

    def take(self, conversation: str, response: str, said: int) -> Ballot:
        """Take a vote on a response that was said ``said`` times in this conversation, and say whether it counts."""
        given = self._given.get((conversation, response), 0)
        if not said:
            return Ballot.NOT_SAID
        if given >= said:
            return Ballot.GIVEN
        now = self.now()
        while self._recent and now - self._recent[0] >= limits.VOTES_WINDOW:
            self._recent.popleft()
        if len(self._recent) >= limits.MOST_VOTES:
            return Ballot.TOO_MANY
        self._recent.append(now)
        self._given[conversation, response] = given + 1
        self._given.move_to_end((conversation, response))
        if len(self._given) > MOST_REMEMBERED:
            self._given.popitem(last=False)
        return Ballot.COUNTS
