"""What the bench must know of a bot to train it, start it and talk to it; both bots answer to the same interface."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from assistant.bench.script import Script


@dataclass(frozen=True)
class Start:
    """How to start a bot's servers: command, folder and environment."""

    command: tuple[str, ...]
    folder: Path
    environment: dict[str, str] = field(repr=False)


class Dialogue(ABC):
    """One conversation with a running bot."""

    @abstractmethod
    async def say(self, text: str) -> bool:
        """Send a message and wait for the whole answer; return whether the bot said anything.

        Raises BenchError when the bot refuses the message or says that something went wrong.
        """


class Bot(ABC):
    """A bot that lives in ``folder``, a folder of its own that vanishes after the bench."""

    name: str
    script: Script
    ready_path: str
    """Answers 200 once the bot is ready for messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def training(self) -> Start:
        """Return how to train from nothing, without any cache."""

    def training_logs(self) -> tuple[Path, ...]:
        """Return further files that hold output of the training's processes."""
        return ()

    def prepare(self) -> None:  # noqa: B027 - most bots have nothing to prepare
        """Do what must be done before a start so that only the start is timed."""

    @abstractmethod
    def start(self, port: int, data: Path) -> Start:
        """Return how to start all servers, the patients' port and the folder for what they store given."""

    @abstractmethod
    async def open(self, session: aiohttp.ClientSession, address: str) -> Dialogue:
        """Begin a conversation."""

    def check_stored(self, data: Path, turns: int) -> dict[str, int]:  # noqa: ARG002 - for bots that store
        """Return what the servers stored of ``turns`` turns; raise BenchError when that is less than was said."""
        return {}
