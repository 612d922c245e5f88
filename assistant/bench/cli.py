"""``hepb bench``: measure both bots one after the other, print the table, write bench.json and bench.md."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from assistant.bench import machine, report
from assistant.bench.core_speed import measure_core
from assistant.bench.measure import QUICK, Plan, measure_bot
from assistant.bench.ours import Assistant
from assistant.bench.stock import StockBot
from assistant.settings import ROOT
from hepb.errors import BenchError, ServerError

BOTS = (Assistant, StockBot)
FAILED = 1
DIGITS = 4


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb bench``: measure this assistant beside the bot that `rasa init` makes; takes about ten minutes."""
    parser = argparse.ArgumentParser(prog="hepb bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run that only shows that the bench works")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of bench.json and bench.md")
    options = parser.parse_args(argv)
    try:
        figures = measure(QUICK if options.quick else Plan())
    except (BenchError, ServerError) as error:
        print(error, file=sys.stderr)
        return FAILED
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    (options.out / "bench.md").write_text(report.markdown(figures), encoding="utf-8")
    print(report.plain(figures))
    return 0


def measure(plan: Plan) -> dict[str, Any]:
    """Run the whole bench and return its figures. Raises BenchError or ServerError when a bot does not work."""
    begin = time.perf_counter()
    _tell("core")
    core = measure_core()
    bots = {}
    for kind in BOTS:
        with tempfile.TemporaryDirectory(prefix="hepb-bench-") as folder:
            bots[kind.name] = measure_bot(kind(Path(folder)), plan, _tell)
    figures = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "seconds": time.perf_counter() - begin,
        "machine": machine.describe(),
        "core": core,
        "bots": bots,
    }
    return _rounded(figures)


def _rounded(value: Any) -> Any:
    """Return the figures with floats of few digits, so that the file can be read and compared."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _tell(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
