"""``hepb serve`` and ``hepb ask`` as a user runs them."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from assistant import processes
from assistant.settings import ROOT

SERVE = [sys.executable, "-m", "assistant.serve"]
ASK = [sys.executable, "-c", "import sys; from assistant.cli import main; sys.exit(main())", "ask"]


def environment(tmp_path, port):
    return {**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path)}


@pytest.fixture
def served(model, tmp_path):
    """``hepb serve`` after it printed its address, and its port."""
    port = processes.free_port()
    with (tmp_path / "errors").open("wb") as errors:
        command = subprocess.Popen(
            SERVE, cwd=ROOT, env=environment(tmp_path / "data", port), stdout=subprocess.PIPE, stderr=errors, text=True
        )
    line = command.stdout.readline()
    assert f"http://127.0.0.1:{port}/" in line, (tmp_path / "errors").read_text()
    yield command, port
    command.stdout.close()
    if command.poll() is None:
        command.terminate()
        command.wait(20)


def children(pid):
    """Pids of the servers under ``hepb serve``: the grandchildren, below honcho's watching processes."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    below = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return {int(number): args for number, args in below}


def servers(pid):
    return {number: args for watcher in children(pid) for number, args in children(watcher).items()}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_both_servers_on_a_signal_and_complains_of_nothing(served, tmp_path, sent):
    command, port = served
    running = servers(command.pid)
    assert {"assistant.rasa_server", "assistant.action_server"} <= set(" ".join(running.values()).split())
    assert processes.is_healthy(processes.LOOPBACK, port)
    command.send_signal(sent)
    assert command.wait(20) == 0
    assert processes.is_free(processes.LOOPBACK, port)
    assert not any(os.path.exists(f"/proc/{number}") for number in running)  # noqa: PTH110 - one word for it
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize("victim", ["assistant.rasa_server", "assistant.action_server"])
def test_serve_fails_readably_when_a_server_dies(served, tmp_path, victim):
    command, _ = served
    os.kill(next(number for number, args in servers(command.pid).items() if victim in args), signal.SIGKILL)
    assert command.wait(20) == 1
    last = (tmp_path / "errors").read_text().splitlines()[-1]
    assert last.startswith("S004: the ")
    assert ("rasa" if "rasa" in victim else "actions") in last


def test_serve_fails_readably_when_the_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind((processes.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            SERVE, cwd=ROOT, env=environment(tmp_path, port), capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"S002: port {port} on 127.0.0.1 is taken")
    assert len(done.stderr.splitlines()) == 1


def test_ask_rows_and_turns_in_order(model, tmp_path):
    rows = [
        {"id": "a", "text": "hello"},
        {"id": "b", "turns": ["My HBsAg is positive", "My ALT is 22 U/L"]},
        {"text": "What is ALT?"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join([json.dumps(rows[0]), "no row", *map(json.dumps, rows[1:])]) + "\n")
    done = subprocess.run(
        [*ASK, "--jsonl", str(file)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    assert answers[1].keys() == {"line", "error"}
    assert [answer.get("id") for answer in answers] == ["a", None, "b", None]
    keys = {"id", "intent", "confidence", "topics", "urgent", "replies", "buttons"}
    assert all(answer.keys() == keys for answer in (answers[0], *answers[2:]))
    assert all(isinstance(text, str) for text in answers[0]["replies"])
    assert len(answers[2]["replies"]) == len(answers[2]["buttons"]) == 2
    assert all(isinstance(text, str) for turn in answers[2]["replies"] for text in turn)
