"""The part of the report about cohorts and questions. Pure functions on the JSON figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.measurements import SECONDS_PER_MINUTE, table

AIMS: Mapping[str, float] = {"full": 500, "decisions_only": 5000}
"""Records a second of one core."""
GROWTH = {"by_records": "{} records", "by_observations": "{} results a record", "by_guidelines": "{} guidelines"}
HEADINGS = ("records a second of one core", "in full", "`--decisions-only`")
TEMPLATE = Path(__file__).with_name("cohort_report.template.md")
MISSING = "## What a cohort costs\n\nNot measured yet: `make bench ARGS=--core` does.\n"


def markdown(core: Mapping[str, Any]) -> str:
    """Return the section of the report; while only older figures are recorded, it says that they are missing."""
    if "interviews" not in core:
        return MISSING
    interviews = core["interviews"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        date=core["date"],
        minutes=core["seconds"] / SECONDS_PER_MINUTE,
        busy=core["cores_busy_with_others"],
        table=plain(core),
        memory=" and ".join(f"{peak:.0f} MB for {int(count):,} records" for count, peak in core["peak_mb"].items()),
        **{key: value for key, value in interviews.items() if isinstance(value, (int, float))},
        saved=1 - interviews["asked"] / interviews["whole_catalogue"],
        greedy=interviews["most_waited_for"],
    )


def plain(core: Mapping[str, Any]) -> str:
    """Return the table of rates for a terminal."""
    rates = core["records_per_second"]
    met = {mode: "yes" if rates[mode] >= aim else "NO" for mode, aim in AIMS.items()}
    lines = [_line(f"all guidelines, {core['records']:,} records", rates)]
    lines += [("aim", *(f"≥ {aim:,}" for aim in AIMS.values())), ("met", *met.values())]
    for growth, name in GROWTH.items():
        lines += [_line(name.format(f"{int(count):,}"), found) for count, found in core[growth].items()]
    return table(HEADINGS, lines)


def _line(name: str, rates: Mapping[str, float]) -> tuple[str, ...]:
    return (name, *_numbers(rates[mode] for mode in AIMS))


def _numbers(values: Iterable[float]) -> Iterable[str]:
    return (f"{value:,.0f}" for value in values)
