import copy
import json

from assistant.evaluation import report
from assistant.evaluation.floors import figure_at, floors
from assistant.settings import ROOT

WRITTEN = json.loads((ROOT / "docs/evaluation.json").read_text(encoding="utf-8"))


def test_markdown_in_the_repository_is_what_its_figures_give():
    assert (ROOT / "docs/evaluation.md").read_text(encoding="utf-8") == report.markdown(WRITTEN)


def test_headlines_show_every_figure_and_every_floor():
    assert [path for path in report.HEADLINES.values() if figure_at(WRITTEN, path) is None] == []
    assert set(floors()) <= set(report.HEADLINES.values())


def test_headlines_say_what_fell_below_its_floor():
    worse = copy.deepcopy(WRITTEN)
    worse["questions"]["wrongly_refused"] = 0.5
    line = next(line for line in report.headlines(worse).splitlines() if "wrongly refused" in line)
    assert [cell.strip() for cell in line.split("|")[2:5]] == ["0.500", "≤ 0.07", "NO"]


def test_number_is_short():
    assert [report.number(value) for value in (None, 3, 0.98765, 12.345)] == ["–", "3", "0.988", "12.3"]
