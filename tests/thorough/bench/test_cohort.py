import json
import subprocess
from statistics import mean

import pytest

from assistant.bench import cli, core_speed
from assistant.bench.cohort import generate_records
from assistant.bench.core_speed import CohortPlan, Run, measure_core
from hepb.assess import assess
from hepb.errors import BenchError
from hepb.loader import knowledge
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


def test_measure_core_measures_every_growth(monkeypatch):
    """The start of the command is taken off: a file of one record takes a second, each further one a hundredth."""

    def run(file, flags):
        more = len(file.read_text().splitlines()) - 1
        return Run(cpu_seconds=1 + more / (100 if flags else 10), peak_mb=50)

    monkeypatch.setattr(core_speed, "_run", run)
    figures = measure_core(CohortPlan((5, 30), (2,), 20, (1, 4), 5, (30,)), lambda _: None)
    assert figures["records_per_second"] == pytest.approx({"full": 10, "decisions_only": 100})
    assert figures["by_observations"]["2"] == pytest.approx({"full": 10, "decisions_only": 100})
    assert set(figures["by_guidelines"]) == {"1", "4", str(len(knowledge().guidelines))}
    assert all(rate > 0 for rates in figures["by_guidelines"].values() for rate in rates.values())
    assert figures["peak_mb"] == {"30": 50}


def test_run_measures_the_real_command(tmp_path):
    file = tmp_path / "records.jsonl"
    file.write_text("{}\n", "utf8")
    run = core_speed._run(file, ())
    assert run.cpu_seconds > 0.05
    assert 15 < run.peak_mb < 500


def test_run_does_not_measure_a_command_that_refuses_a_record(tmp_path):
    file = tmp_path / "records.jsonl"
    file.write_text("{\n", "utf8")
    with pytest.raises(subprocess.CalledProcessError):
        core_speed._run(file, ())


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
