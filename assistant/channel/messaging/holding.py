"""A platform's request that is held open for a moment, because the answer to it may carry words to the person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.channel.messaging.platform import Incoming, Reply

GAP = "\n\n"


class Held:
    """One request. The first words of its turn go out with its answer when they come in time."""

    def __init__(self) -> None:
        self._words: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.is_late = False
        """Whether the person was told in place of an answer that it takes longer."""

    @property
    def is_open(self) -> bool:
        """Whether words can still go out with its answer."""
        return not self._words.done()

    def give(self, words: str) -> None:
        """Let these words go out with the answer; none end the waiting without any."""
        if self.is_open:
            self._words.set_result(words)

    async def wait(self, seconds: float) -> str | None:
        """Return the words, empty for none; None when they did not come in time, and then no longer."""
        done, _ = await asyncio.wait({self._words}, timeout=seconds)
        if done:
            return self._words.result()
        self._words.cancel()
        self.is_late = True
        return None


@dataclass(frozen=True)
class Arrived:
    """A message that was taken in: its key in the inbox, and the request that is held open for it, if one is."""

    key: str
    conversation: str
    incoming: Incoming
    held: Held | None = None


def leading(replies: Sequence[Reply], longest: int, measure: Callable[[str], int]) -> tuple[str, list[Reply]]:
    """Return the words of the first replies that go into one text of at most ``longest``, and the replies behind them.

    A picture and a platform's own buttons go by themselves.
    """
    words = ""
    for place, reply in enumerate(replies):
        longer = f"{words}{GAP}{reply.text}" if words else reply.text
        if reply.picture or reply.buttons or measure(longer) > longest:
            return words, list(replies[place:])
        words = longer
    return words, []
