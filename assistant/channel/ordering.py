"""The messages of one patient one after another, in the order in which they were written."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]

SETTLE = 0.3
"""Seconds in which a message that was written earlier may still overtake one that was delivered first."""

MOST_WAITING = 50
"""Messages of one conversation that wait; a platform that sends more is told to come again."""


@dataclass(order=True)
class _Item:
    written: float
    number: int
    arrived: float = field(compare=False)
    work: Work = field(compare=False)


class InOrder:
    """Runs the work of each conversation in the order of its platform's time stamps, conversations side by side."""

    def __init__(self, settle: float = SETTLE) -> None:
        self._settle = settle
        self._numbers = itertools.count()
        self._waiting: dict[str, list[_Item]] = {}
        self._runners: set[asyncio.Task[None]] = set()

    def is_full(self, conversation: str) -> bool:
        """Tell whether so much waits in this conversation that nothing more is taken."""
        return len(self._waiting.get(conversation, ())) >= MOST_WAITING

    def add(self, conversation: str, written: float, work: Work) -> None:
        """Queue work; ``written`` is any number that grows with the time at which the patient wrote."""
        item = _Item(written, next(self._numbers), asyncio.get_running_loop().time(), work)
        if conversation in self._waiting:
            heapq.heappush(self._waiting[conversation], item)
            return
        self._waiting[conversation] = [item]
        runner = asyncio.create_task(self._run(conversation))
        self._runners.add(runner)
        runner.add_done_callback(self._runners.discard)

    async def _run(self, conversation: str) -> None:
        waiting = self._waiting[conversation]
        while waiting:
            left = waiting[0].arrived + self._settle - asyncio.get_running_loop().time()
            if left > 0:
                await asyncio.sleep(left)  # another may come that stands before it
                continue
            try:
                await heapq.heappop(waiting).work()
            except Exception as error:
                logger.error("work failed: %s", type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
        del self._waiting[conversation]
