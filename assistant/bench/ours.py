"""This assistant as ``make run`` serves it: both servers, the web channel, the database on disk."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp

from assistant.bench.bots import Bot, Dialogue, Start
from assistant.bench.processes import plain_environment
from assistant.bench.script import read_script
from assistant.client import parse_events
from assistant.processes import LOOPBACK
from assistant.settings import ROOT, Settings
from assistant.training import train_if_stale
from hepb.errors import BenchError

TRAIN = (
    "from pathlib import Path; import sys; from assistant.training import train_if_stale;"
    " train_if_stale(folder=Path(sys.argv[1]))"
)
"""What ``hepb train`` does, into another folder than the one that ``make run`` uses."""
NO_WORK = frozenset({"action_listen", "action_session_start"})
TECHNICAL_PROBLEM = "utter_technical_problem"


class Assistant(Bot):
    """Ours. Its training inputs are the project's own; the models of ``make run`` are left alone."""

    name = "assistant"
    script = read_script("assistant")
    ready_path = "/health"

    def training(self) -> Start:
        """Train into the bot's folder, with Rasa's cache of trained components there too, that is, empty."""
        environment = plain_environment(RASA_CACHE_DIRECTORY=str(self.folder / "cache"))
        return Start((sys.executable, "-c", TRAIN, str(self.folder)), ROOT, environment)

    def training_logs(self) -> tuple[Path, ...]:
        """Return the log in which ``hepb train`` keeps the output of ``rasa train``."""
        return (self.folder / "training.log",)

    def prepare(self) -> None:
        """Train the model of ``make run`` when it is missing or stale: `hepb serve` would do so at its start."""
        train_if_stale()

    def start(self, port: int, data: Path) -> Start:
        """Serve as ``make run`` does, which finds the model trained."""
        environment = plain_environment(PORT=str(port), HOST=LOOPBACK, DATA_DIR=str(data))
        return Start((sys.executable, "-m", "assistant.serve"), ROOT, environment)

    async def open(self, session: aiohttp.ClientSession, address: str) -> Dialogue:
        """Begin a conversation."""
        async with session.post(f"{address}/api/conversations") as response:
            if response.status != HTTPStatus.CREATED:
                raise BenchError("B002", bot=self.name, reason=f"HTTP status {response.status}")
            conversation = (await response.json())["conversation"]
        return _WebDialogue(session, f"{address}/api/conversations/{conversation}/messages")

    def check_stored(self, data: Path, turns: int) -> dict[str, int]:
        """Count in the database the turns and those that ran a custom action without a technical problem."""
        with closing(sqlite3.connect(f"file:{Settings(data=data).database}?mode=ro", uri=True)) as connection:
            events = [json.loads(row) for (row,) in connection.execute("SELECT data FROM events")]
        said = sum(event["event"] == "user" for event in events)
        acted = sum(_is_custom_action(event) for event in events) - sum(_is_problem(event) for event in events)
        if said < turns or acted < turns:
            raise BenchError("B003", bot=self.name, turns=turns, said=said, acted=acted)
        return {"turns_stored": said, "custom_actions_stored": acted}


def _is_custom_action(event: dict[str, Any]) -> bool:
    return event["event"] == "action" and event["name"].startswith("action_") and event["name"] not in NO_WORK


def _is_problem(event: dict[str, Any]) -> bool:
    return event["event"] == "bot" and event["metadata"].get("utter_action") == TECHNICAL_PROBLEM


@dataclass(frozen=True)
class _WebDialogue(Dialogue):
    session: aiohttp.ClientSession
    url: str

    async def say(self, text: str) -> bool:
        async with self.session.post(self.url, json={"text": text}) as response:
            if response.status != HTTPStatus.OK:
                raise BenchError("B002", bot=Assistant.name, reason=f"HTTP status {response.status}")
            turn = parse_events(await response.text())
        if turn.problem:
            raise BenchError("B002", bot=Assistant.name, reason="it told the patient of a technical problem")
        return bool(turn.messages)
