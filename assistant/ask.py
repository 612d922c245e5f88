"""``hepb ask``: put questions to the whole assistant, through its real servers, and print what it replies."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant import processes
from assistant.client import Conversation, Turn
from assistant.settings import ROOT
from hepb.errors import ServerError

ROWS_IN_ERROR = 1
BAD_INPUT = 2
STOP_SECONDS = 15


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb ask TEXT | --jsonl FILE``: print one JSON line for TEXT, or for each row of FILE (``-``: standard input).

    A row holds ``text``, or ``turns`` (a list of texts: one conversation), and ``id``. Of a row with turns, intent
    and confidence are the last turn's, topics all turns', urgent the first one found.
    """
    parser = argparse.ArgumentParser(prog="hepb ask", description=main.__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", help="the message")
    source.add_argument("--jsonl", metavar="FILE", help="rows of JSON")
    options = parser.parse_args(argv)
    if options.jsonl not in {None, "-"} and not Path(options.jsonl).is_file():
        parser.exit(BAD_INPUT, f"--jsonl: {options.jsonl} is not a file; allowed: a file, or - for standard input\n")
    failed = False
    with contextlib.ExitStack() as stack:
        lines = None if options.jsonl is None else stack.enter_context(_lines(options.jsonl))
        port = stack.enter_context(running_servers())
        for answer in [answer_row(port, {"text": options.text})] if lines is None else _answers(port, lines):
            failed = failed or "error" in answer
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return ROWS_IN_ERROR if failed else 0


def answer_row(port: int, row: dict[str, Any]) -> dict[str, Any]:
    """Hold the conversation of one row and return its answer as ``docs/contract.md`` defines it."""
    conversation = Conversation(processes.LOOPBACK, port)
    said = row["turns"] if "turns" in row else [row["text"]]
    turns = [conversation.say(text) for text in said]
    conversation.close()
    replies, buttons = [turn.texts for turn in turns], [_titles(turn) for turn in turns]
    return {
        "id": row.get("id"),
        "intent": turns[-1].done["intent"],
        "confidence": turns[-1].done["confidence"],
        "topics": list(dict.fromkeys(topic for turn in turns for topic in turn.done["topics"])),
        "urgent": next((turn.done["urgent"] for turn in turns if turn.done["urgent"]), None),
        "replies": replies if "turns" in row else replies[0],
        "buttons": buttons if "turns" in row else buttons[0],
    }


@contextlib.contextmanager
def running_servers() -> Iterator[int]:
    """Run ``hepb serve`` on free ports with an empty, temporary data folder; give the port of the page.

    Trains first when the model is missing or stale. Raises ServerError S004 when the servers do not come up;
    what they say goes to standard error.
    """
    port = processes.free_port()
    with tempfile.TemporaryDirectory(prefix="hepb-ask-") as data:
        environment = {**os.environ, "PORT": str(port), "HOST": processes.LOOPBACK, "DATA_DIR": data}
        environment.pop("ACTION_PORT", None)
        command = [sys.executable, "-m", "assistant.serve"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            if not server.stdout or not server.stdout.readline():
                raise ServerError("S004", server="assistant's", status=server.wait())
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_SECONDS)


def _answers(port: int, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (_answer_line(port, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _answer_line(port: int, number: int, line: str) -> dict[str, Any]:
    try:
        row = _checked(json.loads(line))
    except ValueError as error:
        return {"line": number, "error": str(error)}
    return answer_row(port, row)


def _checked(row: Any) -> dict[str, Any]:
    match row:
        case {"turns": [*turns]} if turns and all(isinstance(text, str) for text in turns):
            return row
        case {"text": str()}:
            return row
    raise ValueError("a row needs text, or turns (a list of texts)")


def _titles(turn: Turn) -> list[str]:
    return [button["title"] for button in turn.buttons]


@contextlib.contextmanager
def _lines(name: str) -> Iterator[Iterable[str]]:
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open(encoding="utf-8") as file:
        yield file
