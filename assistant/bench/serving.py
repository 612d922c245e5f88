"""A bot's servers from start to stop, and how long the first answer takes."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from assistant.bench import load
from assistant.bench.bots import Bot
from assistant.bench.processes import last_line, running
from assistant.processes import LOOPBACK, free_port
from hepb.errors import BenchError

START_LIMIT = 180.0
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Server:
    """A bot that has given its first answer, ``first_answer_seconds`` after its start."""

    bot: Bot
    address: str
    pid: int
    data: Path
    first_answer_seconds: float


@contextlib.contextmanager
def serving(bot: Bot) -> Iterator[Server]:
    """Run the bot's servers on a free port with an empty folder to store in.

    Raises BenchError B001 when no answer comes, B002 when the first turn fails.
    """
    bot.prepare()
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    log = bot.folder / "bench-server.log"
    with TemporaryDirectory(dir=bot.folder) as name:
        data = Path(name)
        start = bot.start(port, data)
        begin = time.perf_counter()
        with running(start.command, cwd=start.folder, env=start.environment, log=log) as process:
            asyncio.run(_first_answer(bot, address, process, log))
            yield Server(bot, address, process.pid, data, time.perf_counter() - begin)


async def _first_answer(bot: Bot, address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.perf_counter() + START_LIMIT
    async with load.client() as session:
        while not await _is_ready(session, address + bot.ready_path):
            if time.perf_counter() > deadline or process.poll() is not None:
                raise BenchError("B001", bot=bot.name, seconds=START_LIMIT, line=last_line(log))
            await asyncio.sleep(POLL_SECONDS)
        dialogue = await bot.open(session, address)
        if not await dialogue.say(bot.script.message(1)):
            raise BenchError("B002", bot=bot.name, reason="no answer to the first message")


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == HTTPStatus.OK
    except aiohttp.ClientError:
        return False
