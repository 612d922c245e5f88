"""The two servers as commands, and the ports and answers that tell whether they can and do run."""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

LOOPBACK = "127.0.0.1"
HEALTHY = 200
HEALTH_TIMEOUT = 5.0


def rasa_command(model: Path, host: str, port: int, action_port: int) -> list[str]:
    """Return the command of the Rasa server."""
    places = ["--host", host, "--port", str(port), "--action-port", str(action_port)]
    return [sys.executable, "-m", "assistant.rasa_server", "--model", str(model), *places]


def action_command(port: int, package: str = "actions") -> list[str]:
    """Return the command of the action server."""
    return [sys.executable, "-m", "assistant.action_server", "--port", str(port), "--actions", package]


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def is_free(host: str, port: int) -> bool:
    """Tell whether a server can listen there. A port that a stopped server just left counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def is_healthy(host: str, port: int) -> bool:
    """Tell whether the Rasa server answers that model and action server are well."""
    reachable = LOOPBACK if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    try:
        with urllib.request.urlopen(f"http://{reachable}:{port}/health", timeout=HEALTH_TIMEOUT) as answer:
            return answer.status == HEALTHY
    except (urllib.error.URLError, OSError):
        return False
