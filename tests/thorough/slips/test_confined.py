"""What a confined process cannot do, tried in real ones."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BEFORE = "import sys; from assistant.slips import confined, limits; limits.SECONDS = 1; confined.confine(); "
GUARDED = BEFORE + "sys.addaudithook(confined._refuse_side_effects); "


def run(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60)


def test_confined_has_no_memory_without_end():
    done = run(BEFORE + "x = bytearray(2 * limits.MEMORY)")
    assert "MemoryError" in done.stderr


def test_confined_has_no_time_without_end():
    done = run(BEFORE + "exec('while True: pass')")
    assert done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_confined_writes_no_file(tmp_path):
    path = tmp_path / "file"
    done = run(BEFORE + "open(sys.argv[1], 'w', 1).write('x\\n')", path)
    assert done.returncode != 0
    assert path.stat().st_size == 0
    done = run(GUARDED + "open(sys.argv[1] + '2', 'w')", path)
    assert "PermissionError" in done.stderr
    assert not path.with_name("file2").exists()


STARTING = ("subprocess.run(['true'])", "os.system('true')", "os.execv('/bin/true', ['true'])", "os.remove('/x')")


@pytest.mark.parametrize("what", STARTING)
def test_confined_reader_starts_and_removes_nothing(what):
    assert "PermissionError" in run(f"import os, subprocess; {GUARDED}{what}").stderr


def test_confined_reader_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        reach = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])))"
        assert run(reach, port).returncode == 0
        server.settimeout(5)
        server.accept()[0].close()
        done = run(GUARDED + reach, port)
        assert "PermissionError" in done.stderr
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
