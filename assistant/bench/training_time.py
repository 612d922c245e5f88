"""How long training takes, with and without what every Python program pays: process start and imports.

Python itself reports each import's own time (``PYTHONPROFILEIMPORTTIME``); the reports of all processes that take
part in the training are added up, for both bots alike.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass

from assistant.bench.bots import Bot
from assistant.bench.figures import median
from assistant.bench.processes import last_line
from hepb.errors import BenchError

IMPORT_LINE = re.compile(r"^import time:\s+(\d+) \|", re.MULTILINE)
HEADER = "import time: self [us]"
MICROSECONDS = 1_000_000
STARTS = 5


@dataclass(frozen=True)
class Training:
    """Seconds of a training: the whole command, and what of it was imports and starts of Python processes."""

    whole_seconds: float
    import_seconds: float
    start_seconds: float

    @property
    def own_seconds(self) -> float:
        """The training alone."""
        return self.whole_seconds - self.import_seconds - self.start_seconds


def measure_training(bot: Bot) -> Training:
    """Train the bot from nothing. Raises BenchError B004 when that fails."""
    start = bot.training()
    log = bot.folder / "bench-training.log"
    begin = time.perf_counter()
    with log.open("wb") as output:
        environment = {**start.environment, "PYTHONPROFILEIMPORTTIME": "1"}
        done = subprocess.run(
            start.command, cwd=start.folder, env=environment, stdout=output, stderr=output, check=False
        )
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise BenchError("B004", bot=bot.name, status=done.returncode, line=last_line(log))
    reports = "".join(path.read_text(errors="replace") for path in (log, *bot.training_logs()))
    return Training(
        whole_seconds=seconds,
        import_seconds=import_seconds(reports),
        start_seconds=process_count(reports) * process_start_seconds(),
    )


def import_seconds(reports: str) -> float:
    """Return the sum of all modules' own import times in the reports of ``-X importtime``."""
    return sum(int(own) for own in IMPORT_LINE.findall(reports)) / MICROSECONDS


def process_count(reports: str) -> int:
    """Return how many Python processes wrote the reports: each begins with a header."""
    return reports.count(HEADER)


def process_start_seconds() -> float:
    """Return what starting and ending a Python that does nothing takes, the median of a few."""
    return median([_time_empty_program() for _ in range(STARTS)])


def _time_empty_program() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begin
