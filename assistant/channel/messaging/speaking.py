"""The messages of a turn in the batches in which they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from assistant.channel.rendering import URGENT_SECTION, section_of
from assistant.channel.said import Send

Batch = list[dict[str, Any]]


async def batches(run: Callable[[Send], Awaitable[None]], still_after: float) -> AsyncIterator[Batch]:
    """Run a turn and yield what it says: what is urgent at once, the rest together at its end.

    An empty batch comes once when nothing was said for ``still_after`` seconds: then the patient hears that it goes on.
    """
    queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    turn = asyncio.ensure_future(run(queue.put_nowait))
    turn.add_done_callback(lambda _: queue.put_nowait(None))
    rest: Batch = []
    patience: float | None = still_after
    while True:
        try:
            message = await asyncio.wait_for(queue.get(), patience)
        except asyncio.TimeoutError:
            patience = None
            yield []
            continue
        if message is None:
            break
        if section_of(message) == URGENT_SECTION:
            yield [message]
        else:
            rest.append(message)
    if rest:
        yield rest
    await turn
