import copy
import json

import pytest

from assistant.bench import report
from assistant.bench.report import HALF, LESS, ONE_AND_A_HALF, THREE_TIMES
from assistant.settings import ROOT

CROWD = {"median_ms": 20.0, "p95_ms": 30.0, "turns_per_second": 90.0}
BOT = {
    "cores_busy_with_others": 0.1,
    "start_to_first_answer_seconds": {"median": 5.0},
    "memory": {"after_load": {"pss_mb": 300.0, "rss_mb": 400.0}},
    "training": {"whole_seconds": 15.0, "own_seconds": 5.0},
    "patients_at_once": {"1": CROWD, "32": CROWD},
    "long_conversation": {"median_ms_at_turn": {"5": 10.0, "300": 14.0}},
}
RATES = {"full": 499.0, "decisions_only": 5000.0}
CORE = {
    "date": "2026-01-02",
    "seconds": 90.0,
    "cores_busy_with_others": 0.1,
    "records": 20000,
    "records_per_second": RATES,
    "by_records": {"20000": RATES},
    "by_observations": {"1": RATES},
    "by_guidelines": {"4": RATES},
    "peak_mb": {"1000": 50.0},
    "interviews": {
        "patients": 2000,
        "asked": 3.0,
        "asked_in_order": 5.0,
        "whole_catalogue": 10.0,
        "decided": 0.95,
        "decided_within_limit": 0.9,
        "with_phase": 0.8,
        "limit": 6,
        "seconds": 20.0,
        "most_waited_for": {"patients": 500, "asked": 2.5, "with_phase": 0.7},
    },
}
FIGURES = {
    "date": "2026-01-02",
    "seconds": 90.0,
    "machine": {"processor": "a processor", "cores": 2, "python": "3.10", "packages": {"rasa": "3.6.21"}},
    "core": CORE,
    "bots": {"assistant": BOT, "stock": BOT},
}


def figures(**stock):
    return {**FIGURES, "bots": {"assistant": BOT, "stock": {**copy.deepcopy(BOT), **stock}}}


def row(table, figure):
    return next(row for row in table if row.figure == figure)


@pytest.mark.parametrize(
    ("aim", "ratio", "met"),
    [
        (HALF, 0.5, True),
        (HALF, 0.501, False),
        (THREE_TIMES, 3.0, True),
        (THREE_TIMES, 2.99, False),
        (LESS, 0.99, True),
        (LESS, 1.0, False),
        (ONE_AND_A_HALF, 1.5, True),
        (ONE_AND_A_HALF, 1.51, False),
    ],
)
def test_aim_is_met_at_its_limit_but_not_beyond(aim, ratio, met):
    assert aim.is_met(ratio) is met


def test_rows_compare_ours_with_the_stock_bot():
    table = report.rows(figures(start_to_first_answer_seconds={"median": 8.0}))
    start = row(table, "start to first answer")
    assert (start.ratio, start.is_met) == (0.625, False)


def test_rows_judge_growth_by_our_own_turns():
    long = {"median_ms_at_turn": {"5": 10.0, "300": 900.0}}
    growth = row(report.rows(figures(long_conversation=long)), "turn 300 to turn 5")
    assert (growth.ours, growth.stock, growth.is_met) == (1.4, 90.0, True)


def test_rows_leave_out_what_was_not_reached():
    long = {"median_ms_at_turn": {"5": 10.0, "300": None}}
    table = report.rows(figures(long_conversation=long))
    assert row(table, "turn 300 of one conversation").ratio is None
    assert row(table, "turn 300 to turn 5").stock is None


def test_rows_hold_every_aim():
    aims = [row.aim for row in report.rows(FIGURES) if row.aim]
    assert len(aims) == 6


def test_markdown_says_what_missed_its_aim():
    lines = report.markdown(FIGURES).splitlines()
    missed = [line for line in lines if line.endswith("| NO  |")]
    assert any(line.startswith("| start to first answer") for line in missed)
    turns = lines[: lines.index("## What a cohort costs")]
    assert sum(line.startswith("|") for line in turns) == len(report.rows(FIGURES)) + 2


def test_markdown_in_the_repository_is_what_its_figures_give():
    written = json.loads((ROOT / "docs/bench.json").read_text(encoding="utf-8"))
    assert (ROOT / "docs/bench.md").read_text(encoding="utf-8") == report.markdown(written)


def test_markdown_says_which_rate_of_a_cohort_missed_its_aim():
    table = report.cohort_report.plain(CORE).splitlines()
    assert [cell.strip() for cell in table[4].split("|")[1:-1]] == ["met", "NO", "yes"]
    assert len({len(line) for line in table}) == 1


def test_markdown_says_how_many_questions_are_saved():
    text = report.markdown(FIGURES)
    assert "**3.00 questions**" in text
    assert "70% of the questions are saved" in text


def test_markdown_says_that_cohorts_were_not_measured():
    older = {**FIGURES, "core": {"records": 10, "records_per_second": {"full": 100.0, "decisions_only": 800.0}}}
    assert "## What a cohort costs\n\nNot measured yet" in report.markdown(older)
