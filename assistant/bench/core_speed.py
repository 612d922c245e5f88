"""Records a second that ``hepb assess`` gets through: the real command on a file of generated records."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bench.processes import plain_environment
from assistant.settings import ROOT

RECORDS = 5000
SEED = 7
AS_OF = date(2026, 11, 1)
KNOWN, PRESENT = 0.6, 0.1
"""How often an optional item is in a record, and how often a known condition is there."""
YES_OR_NO = ("on_treatment", "pregnant", "family_history_hcc", "diabetes", "steatosis", "alcohol", "hepatotoxic_drugs")
HEPB = Path(sys.executable).with_name("hepb")
MODES: Mapping[str, tuple[str, ...]] = {"full": (), "decisions_only": ("--decisions-only",)}


def measure_core(count: int = RECORDS) -> dict[str, Any]:
    """Return records a second for whole results and for decisions only; the start of the command is taken off."""
    with TemporaryDirectory() as name:
        one, many = Path(name, "one.jsonl"), Path(name, "many.jsonl")
        rows = [json.dumps(record) + "\n" for record in generate_records(count)]
        one.write_text(rows[0], encoding="utf-8")
        many.write_text("".join(rows), encoding="utf-8")
        seconds = {mode: _assess(many, flags) - _assess(one, flags) for mode, flags in MODES.items()}
    return {"records": count, "records_per_second": {mode: (count - 1) / taken for mode, taken in seconds.items()}}


def generate_records(count: int) -> list[dict[str, Any]]:
    """Return ``count`` valid records of people with hepatitis B, the same ones each time."""
    source = random.Random(SEED)  # noqa: S311 - no secret: the records must be the same in each run
    return [_record(source) for _ in range(count)]


def _record(source: random.Random) -> dict[str, Any]:
    conditions: dict[str, Any] = {name: source.random() < PRESENT for name in YES_OR_NO if source.random() < KNOWN}
    if source.random() < KNOWN:
        conditions["cirrhosis"] = source.choice(["none", "none", "none", "compensated", "decompensated"])
        conditions["coinfection"] = source.choice([[], [], [], ["HIV"], ["HDV"]])
    return {
        "age": source.randint(18, 80),
        "sex": source.choice(["male", "female"]),
        "as_of": AS_OF.isoformat(),
        "observations": [*_serology(source), *_quantities(source)],
        "conditions": conditions,
    }


def _serology(source: random.Random) -> list[dict[str, Any]]:
    since = AS_OF - timedelta(days=source.randint(30, 10_000))
    found = [{"marker": "HBsAg", "value": "positive", "since": since.isoformat()}]
    if source.random() < KNOWN:
        found.append({"marker": "HBeAg", "value": source.choice(["positive", "negative"])})
    return found


def _quantities(source: random.Random) -> list[dict[str, Any]]:
    drawn = (
        ("HBV_DNA", 10 ** source.uniform(1, 9), source.choice(["IU/mL", "IU/mL", "copies/mL", None])),
        ("ALT", source.lognormvariate(3.6, 0.6), "U/L"),
        ("ALT", source.lognormvariate(3.6, 0.6), "U/L"),
        ("AST", source.lognormvariate(3.5, 0.5), "U/L"),
        ("platelets", source.uniform(80, 320), "10^9/L"),
    )
    return [
        {"marker": marker, "value": round(value, 1), "unit": unit, "date": _day(source)}
        for marker, value, unit in drawn
        if source.random() < KNOWN
    ]


def _day(source: random.Random) -> str:
    return (AS_OF - timedelta(days=source.randint(0, 500))).isoformat()


def _assess(file: Path, flags: tuple[str, ...]) -> float:
    """Return the seconds that the command takes. Raises CalledProcessError when it refuses a record."""
    begin = time.perf_counter()
    command = [str(HEPB), "assess", "--jsonl", str(file), *flags]
    subprocess.run(command, cwd=ROOT, env=plain_environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin
