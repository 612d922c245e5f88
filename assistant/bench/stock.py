"""The bot that ``rasa init --no-prompt`` makes, with nothing tuned: its REST channel, its memory, its own sentences."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp

from assistant.bench.bots import Bot, Dialogue, Start
from assistant.bench.processes import plain_environment
from assistant.bench.script import read_script
from assistant.processes import LOOPBACK
from hepb.errors import BenchError

RASA = (sys.executable, "-m", "rasa")


class StockBot(Bot):
    """``rasa init`` trains the bot that it makes, so that command is also its training."""

    name = "stock"
    script = read_script("stock")
    ready_path = "/"

    def training(self) -> Start:
        """Make the project and train it."""
        return Start((*RASA, "init", "--no-prompt", "--init-dir", str(self.folder)), self.folder, plain_environment())

    def start(self, port: int, data: Path) -> Start:  # noqa: ARG002 - it stores nothing
        """Run the newest model of the project, as a user does, on the loopback address."""
        return Start((*RASA, "run", "--interface", LOOPBACK, "--port", str(port)), self.folder, plain_environment())

    async def open(self, session: aiohttp.ClientSession, address: str) -> Dialogue:
        """Begin a conversation: the REST channel lets the client choose its name."""
        return _RestDialogue(session, f"{address}/webhooks/rest/webhook", secrets.token_hex(8))


@dataclass(frozen=True)
class _RestDialogue(Dialogue):
    session: aiohttp.ClientSession
    url: str
    sender: str

    async def say(self, text: str) -> bool:
        async with self.session.post(self.url, json={"sender": self.sender, "message": text}) as response:
            if response.status != HTTPStatus.OK:
                raise BenchError("B002", bot=StockBot.name, reason=f"HTTP status {response.status}")
            return bool(await response.json())
