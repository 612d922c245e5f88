import sys
import time
from contextlib import contextmanager

import psutil
import pytest

from assistant.bench.processes import cpu_seconds_of, last_line, memory_of, plain_environment, running

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
BIG_CHILD = "kept = bytes(range(256)) * 4 * 60 * 1024; print('up', flush=True); import time; time.sleep(60)"
BUSY_CHILD = """
import time
while time.process_time() < 0.3: pass
print('up', flush=True)
time.sleep(60)
"""


@contextmanager
def family(tmp_path, child):
    """A parent with one child that says when it is up."""
    log = tmp_path / "log"
    command = [sys.executable, "-c", PARENT, child]
    with running(command, cwd=tmp_path, env=plain_environment(), log=log) as process:
        while log.read_text() != "up\n":
            assert process.poll() is None
            time.sleep(0.01)
        yield process


def is_alive(process):
    """False also for a zombie, which nobody may ever collect in a container."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_memory_of_counts_children(tmp_path):
    with family(tmp_path, BIG_CHILD) as process:
        memory = memory_of(process.pid)
    assert memory.processes == 2
    assert memory.rss_mb > 60
    assert memory.rss_mb > memory.pss_mb > 60


def test_cpu_seconds_of_counts_children(tmp_path):
    with family(tmp_path, BUSY_CHILD) as process:
        assert cpu_seconds_of(process.pid) >= 0.3


def test_running_leaves_no_child_behind(tmp_path):
    with family(tmp_path, BIG_CHILD) as process:
        children = psutil.Process(process.pid).children()
    assert children
    deadline = time.monotonic() + 1
    while any(map(is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [child for child in children if is_alive(child)]


def test_plain_environment_drops_the_callers_settings(monkeypatch):
    for name in ("PORT", "DATA_DIR", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    environment = plain_environment(PORT="5")
    assert environment["PORT"] == "5"
    assert "DATA_DIR" not in environment
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"


@pytest.mark.parametrize(("text", "expected"), [("a\nb \n\n", "b"), ("", "(no output)")])
def test_last_line_skips_empty_lines(tmp_path, text, expected):
    log = tmp_path / "log"
    log.write_text(text)
    assert last_line(log) == expected
