"""What ``hepb assess`` costs on a cohort: the real command on files of generated records, and how the cost grows.

A rate is records per second of processor time, so that it holds for one core also on a machine that does other things.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bench.cohort import generate_records
from assistant.bench.processes import MEGABYTE, plain_environment
from assistant.settings import ROOT
from hepb.assess import assess, consensus_of, decisions_only
from hepb.compiler import Compiled, compile_knowledge
from hepb.loader import knowledge
from hepb.record import parse_record

HEPB = Path(sys.executable).with_name("hepb")
MODES: Mapping[str, tuple[str, ...]] = {"full": (), "decisions_only": ("--decisions-only",)}
KILOBYTE = 1024
_WATCH = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
sys.exit(code)
"""
"""Runs a command from a process that holds little: Linux counts what the parent held as the child's first memory."""
SHORT, SHORT_RUNS = 5.0, 3
"""A run of fewer seconds is repeated: what disturbs it weighs more there."""


@dataclass(frozen=True)
class CohortPlan:
    """How much is measured."""

    records: tuple[int, ...] = (1000, 5000, 20_000)
    observations: tuple[int, ...] = (1, 10, 100)
    records_by_observations: int = 400
    guidelines: tuple[int, ...] = (1, 4)
    """Beside all of them."""
    records_by_guidelines: int = 2000
    memory: tuple[int, ...] = (1000, 50_000)
    patients: int = 2000
    """Who are interviewed."""


QUICK = CohortPlan(
    records=(50, 200),
    observations=(1, 10),
    records_by_observations=50,
    guidelines=(1,),
    records_by_guidelines=50,
    memory=(50, 200),
    patients=20,
)
"""Enough to see that it works; its figures mean little."""


@dataclass(frozen=True)
class Run:
    """One run of the command: processor time and the most memory it held."""

    cpu_seconds: float
    peak_mb: float


def measure_core(plan: CohortPlan, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure the command and return its figures as JSON."""
    records = generate_records(max(plan.records))
    by_records = {}
    for count in plan.records:
        tell(f"core: {count} records")
        by_records[str(count)] = _command_rates(records[:count])
    by_observations = {}
    for count in plan.observations:
        tell(f"core: {count} observations a record")
        by_observations[str(count)] = _command_rates(generate_records(plan.records_by_observations, count))
    by_guidelines = {}
    for count in (*plan.guidelines, len(knowledge().guidelines)):
        tell(f"core: {count} guidelines")
        by_guidelines[str(count)] = _rates_with(count, records[: plan.records_by_guidelines])
    tell("core: memory")
    return {
        "records": max(plan.records),
        "records_per_second": by_records[str(max(plan.records))],
        "by_records": by_records,
        "by_observations": by_observations,
        "by_guidelines": by_guidelines,
        "peak_mb": {str(count): _peak(records[:count] * (count // len(records[:count]))) for count in plan.memory},
    }


def _command_rates(records: list[dict[str, Any]]) -> dict[str, float]:
    """Records a second by mode; the start of the command is taken off."""
    with TemporaryDirectory() as name:
        one, many = _write(Path(name, "one.jsonl"), records[:1]), _write(Path(name, "many.jsonl"), records)
        taken = {mode: _least(many, flags) - _least(one, flags) for mode, flags in MODES.items()}
    return {mode: (len(records) - 1) / seconds for mode, seconds in taken.items()}


def _least(file: Path, flags: tuple[str, ...]) -> float:
    """The processor seconds of the quickest of several runs, if the first is short: others can only make one slower."""
    first = _run(file, flags).cpu_seconds
    more = SHORT_RUNS - 1 if first < SHORT else 0
    return min([first, *(_run(file, flags).cpu_seconds for _ in range(more))])


def _peak(records: list[dict[str, Any]]) -> float:
    with TemporaryDirectory() as name:
        return _run(_write(Path(name, "many.jsonl"), records), MODES["decisions_only"]).peak_mb


def _write(file: Path, records: Iterable[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def _run(file: Path, flags: tuple[str, ...]) -> Run:
    """Run the command to its end. Raises CalledProcessError when it refuses a record."""
    command = [str(HEPB), "assess", "--jsonl", str(file), *flags]
    watched = [sys.executable, "-S", "-c", _WATCH, *command]
    done = subprocess.run(watched, cwd=ROOT, env=plain_environment(), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command)
    seconds, kilobytes = json.loads(done.stdout)
    return Run(seconds, kilobytes * KILOBYTE / MEGABYTE)


def _rates_with(count: int, records: list[dict[str, Any]]) -> dict[str, float]:
    """Records a second by mode with so many guidelines, the counted ones first; in this process, parsing included.

    A guideline that falls back on another comes last: it cannot be there without that one.
    """
    whole = knowledge()
    ordered = sorted(whole.guidelines, key=lambda one: (one.falls_back_on is not None, one.id not in whole.counted))
    counted = tuple(guideline.id for guideline in ordered[:count] if guideline.id in whole.counted)
    what = compile_knowledge(replace(whole, guidelines=tuple(ordered[:count]), counted=counted))
    modes = {"full": partial(_answer_fully, what), "decisions_only": partial(_decide, what)}
    return {mode: len(records) / _seconds(answer, records) for mode, answer in modes.items()}


def _answer_fully(what: Compiled, record: dict[str, Any]) -> str:
    return json.dumps(assess(parse_record(record), what).to_dict())


def _decide(what: Compiled, record: dict[str, Any]) -> str:
    decisions = decisions_only(parse_record(record), what)
    return json.dumps([[item.decision, item.so_far] for item in decisions.values()]) + str(
        consensus_of(decisions, what)
    )


def _seconds(answer: Callable[[dict[str, Any]], str], records: list[dict[str, Any]]) -> float:
    begin = time.process_time()
    for record in records:
        answer(record)
    return time.process_time() - begin
