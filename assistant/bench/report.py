"""The table of the bench: both bots, the ratio, the aim and whether it is met. Pure functions on the JSON figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bench import cohort_report
from assistant.measurements import NONE, occasion, table

HEADINGS = ("figure", "unit", "this assistant", "`rasa init` bot", "ratio", "aim", "met")
TEMPLATE = Path(__file__).with_name("report.template.md")


@dataclass(frozen=True)
class Aim:
    """What a ratio must be: ``at_most`` or else at least ``limit``; ``strict`` excludes the limit itself."""

    limit: float
    at_most: bool = True
    strict: bool = False

    def is_met(self, ratio: float) -> bool:
        """Tell whether a ratio meets the aim."""
        if self.strict:
            return ratio < self.limit if self.at_most else ratio > self.limit
        return ratio <= self.limit if self.at_most else ratio >= self.limit

    def __str__(self) -> str:
        sign = ("<" if self.strict else "≤") if self.at_most else (">" if self.strict else "≥")
        return f"{sign} {self.limit:g}×"


@dataclass(frozen=True)
class Row:
    """One line of the table; ``ratio`` is ours to the stock bot's."""

    figure: str
    unit: str
    ours: float | None
    stock: float | None
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the stock bot's, None when one of them is lacking."""
        return self.ours / self.stock if self.ours is not None and self.stock else None

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None without an aim or a figure."""
        return None if self.aim is None or self.ratio is None else self.aim.is_met(self.ratio)


@dataclass(frozen=True)
class GrowthRow(Row):
    """How much slower a late turn is than an early one; the aim holds for ours alone, not against the stock bot."""

    @property
    def is_met(self) -> bool | None:
        """Whether our own growth stays within the aim."""
        return None if self.aim is None or self.ours is None else self.aim.is_met(self.ours)


HALF, TENTH, THREE_TIMES = Aim(0.5), Aim(0.1), Aim(3, at_most=False)
LESS, ONE_AND_A_HALF = Aim(1, strict=True), Aim(1.5)


def rows(figures: Mapping[str, Any]) -> list[Row]:
    """Return the lines of the table from the figures that ``docs/bench.json`` holds."""
    ours, stock = figures["bots"]["assistant"], figures["bots"]["stock"]

    def row(figure: str, unit: str, *path: str, aim: Aim | None = None) -> Row:
        return Row(figure, unit, _at(ours, path), _at(stock, path), aim)

    found = [
        row("start to first answer", "s", "start_to_first_answer_seconds", "median", aim=HALF),
        row("memory of all servers (PSS)", "MB", "memory", "after_load", "pss_mb", aim=LESS),
        row("memory of all servers (RSS)", "MB", "memory", "after_load", "rss_mb"),
        row("training, whole command", "s", "training", "whole_seconds"),
        row("training without process start and imports", "s", "training", "own_seconds", aim=TENTH),
    ]
    for patients in ours["patients_at_once"]:
        where = "one patient" if patients == "1" else f"{patients} at once"
        path = ("patients_at_once", patients)
        found += [
            row(f"turn, {where}: median", "ms", *path, "median_ms", aim=HALF if patients == "1" else None),
            row(f"turn, {where}: 95th percentile", "ms", *path, "p95_ms"),
            row(f"turns a second, {where}", "1/s", *path, "turns_per_second", aim=_throughput_aim(patients)),
        ]
    long = ("long_conversation", "median_ms_at_turn")
    turns = list(_at(ours, long) or ())
    found += [row(f"turn {turn} of one conversation", "ms", *long, turn) for turn in turns]
    found.append(
        GrowthRow(
            f"turn {turns[-1]} to turn {turns[0]}", "×", _growth(ours, turns), _growth(stock, turns), ONE_AND_A_HALF
        )
    )
    return found


def markdown(figures: Mapping[str, Any]) -> str:
    """Return the report as Markdown, from the template beside this module."""
    return TEMPLATE.read_text(encoding="utf-8").format(
        **occasion(figures),
        packages=", ".join(f"{name} {version}" for name, version in figures["machine"]["packages"].items()),
        busy=", ".join(f"{bot['cores_busy_with_others']:.2f} ({name})" for name, bot in figures["bots"].items()),
        table=_turns(figures),
        cohort=cohort_report.markdown(figures["core"]).rstrip(),
    )


def plain(figures: Mapping[str, Any]) -> str:
    """Return the tables for a terminal."""
    return f"{_turns(figures)}\n\n{cohort_report.plain(figures['core'])}"


def _turns(figures: Mapping[str, Any]) -> str:
    return table(HEADINGS, map(_cells, rows(figures)))


def _throughput_aim(patients: str) -> Aim | None:
    return None if patients == "1" else THREE_TIMES


def _growth(bot: Mapping[str, Any], turns: list[str]) -> float | None:
    first, last = (_at(bot, ("long_conversation", "median_ms_at_turn", turn)) for turn in (turns[0], turns[-1]))
    return last / first if first and last else None


def _at(figures: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        figures = figures.get(key) if figures is not None else None
    return figures


def _cells(row: Row) -> tuple[str, ...]:
    met = NONE if row.is_met is None else ("yes" if row.is_met else "NO")
    aim = NONE if row.aim is None else str(row.aim)
    return (row.figure, row.unit, _number(row.ours), _number(row.stock), _number(row.ratio), aim, met)


def _number(value: float | None) -> str:
    """Three significant digits, none after the point from 100 on."""
    if value is None:
        return NONE
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - said above
