"""``hepb serve``: the page, the Rasa server and the action server together, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import threading
import time
from collections.abc import Sequence
from typing import TextIO

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

from assistant import processes
from assistant.settings import ROOT, Settings, read_settings
from assistant.training import train_if_stale
from hepb.errors import ServerError
from hepb.loader import knowledge

START_SECONDS = 120
FIRST_POLL_SECONDS = 1.0  # the manager forks first; a thread at work then could hold a lock for ever
POLL_SECONDS = 0.2
STOPPED_BY_SIGNAL = frozenset({130, 143})
FAILED = 1


class QuietPrinter(Printer):
    """Prints what the servers say, not what honcho does, but keeps which server stopped first."""

    def __init__(self, output: TextIO) -> None:
        super().__init__(output)
        self.stopped_first: str | None = None

    def write(self, message: Message) -> None:
        """Print one line."""
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)
        elif " stopped " in message.data:
            self.stopped_first = self.stopped_first or message.data.partition(" ")[0]


def serve(settings: Settings, output: TextIO = sys.stdout) -> int:
    """Train when needed, run both servers until a signal comes or one of them dies; return the exit status.

    Raises KnowledgeError when clinic.yml has a fault, ServerError when a port is taken, training fails, or a server
    does not come up.
    """
    knowledge()  # a fault in clinic.yml stops the start, not the first patient's answer
    _check_port(settings.host, settings.port, "PORT")
    if settings.action_port:
        _check_port(processes.LOOPBACK, settings.action_port, "ACTION_PORT")
    model = train_if_stale()
    action_port = settings.action_port or processes.free_port()
    printer = QuietPrinter(sys.stderr)
    manager = Manager(printer)
    commands = {
        "actions": processes.action_command(action_port),
        "rasa": processes.rasa_command(model, settings.host, settings.port, action_port),
    }
    for name, command in commands.items():
        # exec: honcho starts a shell, which must not stand between the signal and the server
        manager.add_process(name, f"exec {shlex.join(command)}", env=dict(os.environ), cwd=str(ROOT))
    watcher = _Watcher(manager, settings, output)
    watcher.start()
    manager.loop()
    watcher.stop()
    if watcher.gave_up:
        raise ServerError("S003", server="rasa", seconds=START_SECONDS)
    if manager.returncode not in STOPPED_BY_SIGNAL:
        raise ServerError("S004", server=printer.stopped_first, status=manager.returncode)
    return 0


class _Watcher(threading.Thread):
    """Waits until both servers answer, prints the address, or gives up and stops them."""

    def __init__(self, manager: Manager, settings: Settings, output: TextIO) -> None:
        super().__init__(daemon=True)
        self._manager = manager
        self._settings = settings
        self._output = output
        self._stopped = threading.Event()
        self.gave_up = False

    def run(self) -> None:
        """Poll the health of the servers."""
        self._stopped.wait(FIRST_POLL_SECONDS)
        deadline = time.monotonic() + START_SECONDS
        host, port = self._settings.host, self._settings.port
        while not self._stopped.wait(POLL_SECONDS):
            if processes.is_healthy(host, port):
                print(f"ready: http://{host}:{port}/ (Ctrl-C stops it)", file=self._output, flush=True)
                return
            if time.monotonic() > deadline:
                self.gave_up = True
                self._manager.terminate()
                return

    def stop(self) -> None:
        """Stop waiting."""
        self._stopped.set()


def _check_port(host: str, port: int, name: str) -> None:
    if not processes.is_free(host, port):
        raise ServerError("S002", port=port, host=host, name=name)


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb serve``: serve the page at PORT (default 5005) of HOST (default 127.0.0.1) until Ctrl-C."""
    argparse.ArgumentParser(prog="hepb serve", description=main.__doc__).parse_args(argv)
    try:
        return serve(read_settings())
    except ServerError as error:
        print(error, file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
