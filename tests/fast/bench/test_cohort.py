import json
from statistics import mean

import pytest

from assistant.bench import cli, core_speed
from assistant.bench.cohort import generate_records
from assistant.bench.core_speed import MODES, measure_core
from hepb.assess import assess
from hepb.errors import BenchError
from hepb.record import parse_record


def test_generate_records_gives_valid_records_of_all_kinds():
    results = [assess(parse_record(record)) for record in generate_records(80)]
    assert len({result.phase.phase for result in results}) >= 6
    assert len({result.consensus.so_far for result in results}) >= 3
    assert len({result.situations for result in results}) >= 5


def test_generate_records_gives_the_same_ones_each_time_and_no_two_alike():
    rows = [json.dumps(record) for record in generate_records(300)]
    assert rows == [json.dumps(record) for record in generate_records(300)]
    assert len(set(rows)) == len(rows)


def test_generate_records_hold_what_the_report_says_they_do():
    records = generate_records(1000)
    assert mean(len(record["observations"]) for record in records) == pytest.approx(6, abs=0.5)
    assert mean(len(record["conditions"]) for record in records) == pytest.approx(10, abs=0.6)


@pytest.mark.parametrize("count", [1, 10, 100])
def test_generate_records_gives_so_many_observations(count):
    records = generate_records(5, count)
    assert {len(record["observations"]) for record in records} == {count}
    assert all(parse_record(record) for record in records)


def test_measure_core_measures_the_command_and_every_growth(monkeypatch):
    monkeypatch.setattr(core_speed, "SHORT_RUNS", 1)
    plan = core_speed.CohortPlan((30,), (), 30, (1,), 5, (30,))
    figures = measure_core(plan, lambda _: None)
    assert set(figures["by_guidelines"]) == {"1", "10"}
    assert set(figures["by_records"]["30"]) == set(MODES)
    assert figures["peak_mb"]["30"] > 10


def test_bench_of_the_core_alone_needs_the_recorded_figures_of_the_bots(tmp_path):
    with pytest.raises(BenchError, match="B005"):
        cli._measure(tmp_path / "bench.json", is_quick=True, only_core=True)


def test_bench_of_the_core_alone_keeps_the_figures_of_the_bots(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "measure_cohorts", lambda plan: {"records": plan.records})
    recorded = tmp_path / "bench.json"
    recorded.write_text('{"core": {}, "bots": {"assistant": 1}}')
    assert cli._measure(recorded, is_quick=True, only_core=True) == {
        "core": {"records": core_speed.QUICK.records},
        "bots": {"assistant": 1},
    }
