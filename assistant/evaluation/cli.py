"""``hepb eval``: measure the trained pipeline and the answers, print the report, write evaluation.json and .md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from assistant.bench import machine
from assistant.evaluation.process import prepare
from assistant.measurements import rounded
from assistant.settings import ROOT
from assistant.training import train_if_stale
from hepb.errors import ModelError, ServerError

FAILED = 1


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb eval``: train if needed, measure reading, understanding, urgency and wording; takes a minute or two.

    Exit status 1 when there is no model to measure; floors are held by the tests, not here.
    """
    parser = argparse.ArgumentParser(prog="hepb eval", description=main.__doc__)
    parser.add_argument("--baselines", action="store_true", help="compare with DIET (slow) and keyword search instead")
    parser.add_argument("--epochs", type=int, help="with --baselines: DIET's epochs, to try it quickly")
    parser.add_argument("--out", type=Path, help="folder of the files; default: docs, with --baselines var")
    options = parser.parse_args(argv)
    if options.epochs is not None and (not options.baselines or options.epochs < 1):
        parser.error("--epochs takes a number from 1 on and goes with --baselines")
    try:
        model = train_if_stale()
        prepare()
        if options.baselines:
            _compare(model, options.epochs, options.out or ROOT / "var")
        else:
            _evaluate(model, options.out or ROOT / "docs")
    except (ModelError, ServerError) as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0


def _evaluate(model: Path, out: Path) -> None:
    from assistant.evaluation import report  # noqa: PLC0415 - as below
    from assistant.evaluation.measure import measure_all  # noqa: PLC0415 - after prepare()

    _write(out, "evaluation", _framed(lambda: measure_all(model, _tell)), report.markdown)


def _compare(model: Path, epochs: int | None, out: Path) -> None:
    from assistant.evaluation.baselines import compare  # noqa: PLC0415 - after prepare()

    figures = _framed(lambda: compare.compare(model, epochs, _tell))
    _write(out, "evaluation-baselines", figures, compare.markdown)


def _framed(measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Measure, and say when, how long, on what and beside how much other work."""
    begin = machine.now()
    measured = measure()
    end = machine.now()
    return {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "seconds": end.clock - begin.clock,
        "machine": machine.describe(),
        "cores_busy_with_others": machine.cores_of_others(begin, end),
        **measured,
    }


def _write(out: Path, name: str, figures: dict[str, Any], as_text: Callable[[Mapping[str, Any]], str]) -> None:
    kept = rounded(figures)
    text = as_text(kept)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / f"{name}.md").write_text(text, encoding="utf-8")
    print(text, end="")


def _tell(text: str) -> None:
    print(f"eval: {text}", file=sys.stderr, flush=True)
