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

from assistant.bench import cohort_report, machine, report
from assistant.bench.core_speed import QUICK as QUICK_COHORT
from assistant.bench.core_speed import CohortPlan, measure_core
from assistant.bench.interviews import measure_interviews
from assistant.bench.measure import QUICK, Plan, measure_bot
from assistant.bench.ours import Assistant
from assistant.bench.stock import StockBot
from assistant.measurements import rounded
from assistant.settings import ROOT
from hepb.errors import BenchError, ServerError

BOTS = (Assistant, StockBot)
FAILED = 1


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb bench``: measure cohorts, and this assistant beside the bot that `rasa init` makes; takes ten minutes."""
    parser = argparse.ArgumentParser(prog="hepb bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run that only shows that the bench works")
    parser.add_argument(
        "--core", action="store_true", help="measure only cohorts and questions; the other figures stay as recorded"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of bench.json and bench.md")
    options = parser.parse_args(argv)
    try:
        figures = _measure(options.out / "bench.json", is_quick=options.quick, only_core=options.core)
    except (BenchError, ServerError) as error:
        print(error, file=sys.stderr)
        return FAILED
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    (options.out / "bench.md").write_text(report.markdown(figures), encoding="utf-8")
    print(cohort_report.plain(figures["core"]) if options.core else report.plain(figures))
    return 0


def _measure(recorded: Path, *, is_quick: bool, only_core: bool) -> dict[str, Any]:
    if only_core and not recorded.exists():
        raise BenchError("B005", file=recorded)
    core = measure_cohorts(QUICK_COHORT if is_quick else CohortPlan())
    if only_core:
        return {**json.loads(recorded.read_text(encoding="utf-8")), "core": core}
    return {"core": core, **measure(QUICK if is_quick else Plan())}


def measure_cohorts(plan: CohortPlan) -> dict[str, Any]:
    """Measure what needs no server: cohorts and interviews."""
    begin, before = time.perf_counter(), machine.now()
    figures = measure_core(plan, _tell)
    _tell("core: interviews")
    figures |= {
        "interviews": measure_interviews(plan.patients),
        "date": _today(),
        "seconds": time.perf_counter() - begin,
        "cores_busy_with_others": machine.cores_of_others(before, machine.now()),
    }
    return rounded(figures)


def measure(plan: Plan) -> dict[str, Any]:
    """Measure both bots and return the figures. Raises BenchError or ServerError when a bot does not work."""
    begin = time.perf_counter()
    bots = {}
    for kind in BOTS:
        with tempfile.TemporaryDirectory(prefix="hepb-bench-") as folder:
            bots[kind.name] = measure_bot(kind(Path(folder)), plan, _tell)
    figures = {"date": _today(), "seconds": time.perf_counter() - begin, "machine": machine.describe(), "bots": bots}
    return rounded(figures)


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()


def _tell(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
