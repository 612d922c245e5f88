import json

import pytest

from assistant.evaluation.floors import Floor, broken, figure_at, floors
from assistant.settings import ROOT


@pytest.mark.parametrize(
    ("floor", "figure", "held"),
    [
        (Floor(at_least=0.9), 0.9, True),
        (Floor(at_least=0.9), 0.899, False),
        (Floor(at_most=0), 0, True),
        (Floor(at_most=0), 1, False),
        (Floor(at_least=0.9), None, False),
        (Floor(at_most=0.1), None, False),
    ],
)
def test_floor_is_held_at_its_limit_but_not_beyond_nor_unmeasured(floor, figure, held):
    assert floor.is_held(figure) is held


@pytest.mark.parametrize("limits", [{}, {"at_least": 1.0, "at_most": 2.0}])
def test_floor_has_one_limit(limits):
    with pytest.raises(ValueError, match="at_least or at_most"):
        Floor(**limits)


def test_broken_names_what_fell():
    figures = {"urgent": {"held_out": {"recall": 0.5, "false_alarms": 0.0}}}
    assert broken(figures, "urgent.held_out") == {"urgent.held_out.recall": "0.5 must be ≥ 0.98"}


def test_floors_are_for_figures_that_the_evaluation_measures():
    figures = json.loads((ROOT / "docs/evaluation.json").read_text(encoding="utf-8"))
    assert [path for path in floors() if figure_at(figures, path) is None] == []
