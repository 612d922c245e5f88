"""The real servers, started once for all live tests, on ports that the system gives."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import processes
from assistant.client import Conversation
from assistant.settings import ROOT
from assistant.training import train_if_stale

sys.path += [str(Path(__file__).parent / "support"), str(Path(__file__).parents[1] / "support")]

from platforms import FakePlatforms
from shapes import SHAPES

START_SECONDS = 90
ACTION_TIMEOUT = 4.0
KIOSK = {"KIOSK_WARN_SECONDS": "15", "KIOSK_WIPE_SECONDS": "27", "KIOSK_FILES": "yes"}


class Stack:
    """A Rasa server and an action server of one test session. ``logs`` and ``data`` are their folders.

    ``settings`` are further variables of their environment.
    """

    def __init__(self, folder: Path, model: Path, settings: dict[str, str] | None = None) -> None:
        self.settings = settings or {}
        self.data = folder / "data"
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True)
        self.port, self.action_port = processes.free_port(), processes.free_port()
        self.clinic_port = processes.free_port()
        self._model = model
        self.rasa: subprocess.Popen[bytes] | None = None
        self.actions: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The address of the page, without a slash at the end."""
        return f"http://{processes.LOOPBACK}:{self.port}"

    @property
    def clinic(self) -> str:
        """The origin of the one other site whose pages may show the assistant."""
        return f"http://{processes.LOOPBACK}:{self.clinic_port}"

    def start(self) -> None:
        self.start_actions(wait=False)
        self.start_rasa()

    def start_rasa(self) -> None:
        command = processes.rasa_command(self._model, processes.LOOPBACK, self.port, self.action_port)
        self.rasa = self._spawn("rasa", command)
        self._await_health()

    def start_actions(self, package: str = "actions", folder: Path = ROOT, *, wait: bool = True) -> None:
        self.actions = self._spawn("actions", processes.action_command(self.action_port, package), folder)
        if wait:
            self._await_health()

    def stop_actions(self) -> None:
        _end(self.actions)

    def stop_rasa(self) -> None:
        _end(self.rasa)

    @contextlib.contextmanager
    def frozen_actions(self) -> Iterator[None]:
        """Let the action server take calls and answer none, as one that hangs does."""
        self.actions.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.actions.send_signal(signal.SIGCONT)
            self._await_health()

    def said_in_logs(self) -> str:
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in self.logs.iterdir())

    def converse(self) -> Conversation:
        return Conversation(processes.LOOPBACK, self.port)

    def _spawn(self, name: str, command: list[str], folder: Path = ROOT) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **self.settings,
            "DATA_DIR": str(self.data),
            "ACTION_TIMEOUT": str(ACTION_TIMEOUT),
            "ALLOWED_ORIGINS": self.clinic,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
        }
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def _await_health(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not processes.is_healthy(processes.LOOPBACK, self.port):
            ended = [process.args for process in (self.rasa, self.actions) if process and process.poll() is not None]
            if ended or time.monotonic() > deadline:
                pytest.fail(f"the servers did not come up; ended: {ended}\n{self.said_in_logs()[-3000:]}")
            time.sleep(0.1)


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process and process.poll() is None:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model for the present inputs."""
    return train_if_stale()


@pytest.fixture(scope="session")
def platforms() -> Iterator[FakePlatforms]:
    """The server that plays the messaging platforms."""
    platforms = FakePlatforms()
    yield platforms
    platforms.close()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, model: Path, platforms: FakePlatforms) -> Iterator[Stack]:
    """The running servers, with the doors to all platforms open. A test that stops one starts it again."""
    settings = {name: value.format(platforms.address) for shape in SHAPES for name, value in shape.ENVIRONMENT.items()}
    settings |= {f"{shape.NAME.upper()}_RESULTS": "after_consent" for shape in SHAPES}
    settings |= KIOSK
    stack = Stack(tmp_path_factory.mktemp("stack"), model, settings)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop_rasa()
        stack.stop_actions()


@pytest.fixture
def conversation(stack: Stack) -> Iterator[Conversation]:
    """A new conversation with the running servers."""
    conversation = stack.converse()
    yield conversation
    conversation.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as live."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.live)
