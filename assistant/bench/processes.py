"""Server processes of the bench: started, measured with all their children, and stopped by their ids."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")
STOP_SECONDS = 20
MEGABYTE = 1024 * 1024
OWN_SETTINGS = (
    "PORT",
    "HOST",
    "ACTION_PORT",
    "ACTION_TIMEOUT",
    "DATA_DIR",
    "RETENTION_HOURS",
    "PYTHONDONTWRITEBYTECODE",
)
"""Variables of the caller that would change what is measured."""


@dataclass(frozen=True)
class Memory:
    """Memory of a process and all its children, in megabytes (2**20 bytes).

    ``rss`` counts a page that two processes share twice, ``pss`` once.
    """

    processes: int
    rss_mb: float
    pss_mb: float


def plain_environment(**more: str) -> dict[str, str]:
    """Return the environment that a user has, without telemetry, and ``more``."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", **more}


@contextlib.contextmanager
def running(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, its output in ``log``; on the way out stop it and whatever is left of its children."""
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        yield server
    finally:
        _stop(server)


def memory_of(pid: int) -> Memory:
    """Return the memory of a process and all its children."""
    sizes = _of_tree(pid, lambda process: process.memory_full_info())
    return Memory(
        processes=len(sizes),
        rss_mb=sum(size.rss for size in sizes) / MEGABYTE,
        pss_mb=sum(size.pss for size in sizes) / MEGABYTE,
    )


def cpu_seconds_of(pid: int) -> float:
    """Return the processor time that a process and all its living children have used so far."""
    return sum(times.user + times.system for times in _of_tree(pid, lambda process: process.cpu_times()))


def last_line(log: Path) -> str:
    """Return the last line of a log that is not empty."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "(no output)")


def _of_tree(pid: int, measure: Callable[[psutil.Process], T]) -> list[T]:
    root = psutil.Process(pid)
    measured = []
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # a child may end meanwhile
            measured.append(measure(process))
    return measured


def _stop(server: subprocess.Popen[bytes]) -> None:
    family = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
