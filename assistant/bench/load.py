"""Patients who talk to a bot: one after the other, many at once, or one for a long time.

All in one event loop on the same machine. A patient sends the next message as soon as the answer is complete; nobody
pauses to think, so "at once" is harder than as many patients at their screens.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from assistant.bench.bots import Bot, Dialogue

TURN_TIMEOUT = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True)
class Load:
    """What a load took: the time of each turn and of the whole, in seconds, and the turns that got no word back."""

    turns: tuple[float, ...]
    seconds: float
    unanswered: int

    @property
    def turns_per_second(self) -> float:
        """Turns of all patients together."""
        return len(self.turns) / self.seconds


@asynccontextmanager
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """Return a session with as many connections as there are patients."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=TURN_TIMEOUT) as session:
        yield session


async def talk(bot: Bot, address: str, *, patients: int, conversations: int, turns: int) -> Load:
    """Let ``patients`` at once hold ``conversations`` each, of ``turns`` turns.

    Raises BenchError when the bot refuses a turn, aiohttp.ClientError or TimeoutError when it does not answer.
    """
    async with client() as session:
        begin = time.perf_counter()
        spoken = await asyncio.gather(
            *(_hold(bot, session, address, conversations, turns) for _ in range(patients)),
        )
        seconds = time.perf_counter() - begin
    said = [turn for patient in spoken for turn in patient]
    return Load(
        turns=tuple(seconds for seconds, _ in said),
        seconds=seconds,
        unanswered=sum(not answered for _, answered in said),
    )


async def talk_long(bot: Bot, address: str, *, turns: int, limit: float) -> list[float]:
    """Hold one conversation of ``turns`` turns and return their times in seconds; stop after ``limit`` seconds."""
    deadline = time.perf_counter() + limit
    times: list[float] = []
    async with client() as session:
        dialogue = await bot.open(session, address)
        for turn in range(1, turns + 1):
            seconds, _ = await _say(dialogue, bot.script.message(turn))
            times.append(seconds)
            if time.perf_counter() > deadline:
                break
    return times


async def _hold(
    bot: Bot, session: aiohttp.ClientSession, address: str, conversations: int, turns: int
) -> list[tuple[float, bool]]:
    said: list[tuple[float, bool]] = []
    for _ in range(conversations):
        dialogue = await bot.open(session, address)
        said += [await _say(dialogue, bot.script.message(turn)) for turn in range(1, turns + 1)]
    return said


async def _say(dialogue: Dialogue, text: str) -> tuple[float, bool]:
    begin = time.perf_counter()
    answered = await dialogue.say(text)
    return time.perf_counter() - begin, answered
