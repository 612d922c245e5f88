"""What the figures were measured on, and how busy others kept it meanwhile."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

CPU_INFO = Path("/proc/cpuinfo")
PACKAGES = ("rasa", "spacy", "onnxruntime", "scikit-learn")
IDLE = ("idle", "iowait", "guest", "guest_nice")
"""Not work, or counted elsewhere already."""


def describe() -> dict[str, object]:
    """Return processor, cores, memory, Python and the versions that matter."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": psutil.virtual_memory().total // 2**20,
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def load_average() -> float:
    """Return the system's load average over the last minute."""
    return os.getloadavg()[0]


@dataclass(frozen=True)
class Moment:
    """Processor seconds used up to a moment, by all programs and by this one with its ended children."""

    clock: float
    everybody: float
    own: float


def now() -> Moment:
    """Return the present moment."""
    used = psutil.cpu_times()._asdict()
    times = os.times()
    return Moment(
        clock=time.perf_counter(),
        everybody=sum(seconds for name, seconds in used.items() if name not in IDLE),
        own=times.user + times.system + times.children_user + times.children_system,
    )


def cores_of_others(begin: Moment, end: Moment) -> float:
    """Return how many cores other programs kept busy on average between two moments.

    Our own children must have ended by then, else their work counts as others'.
    """
    return max(0.0, (end.everybody - begin.everybody) - (end.own - begin.own)) / (end.clock - begin.clock)


def _processor() -> str:
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
