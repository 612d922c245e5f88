"""The figures that may not get worse (``floors.yaml``), for the tests and the report alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hepb.yaml_files import parse_yaml

FILE = Path(__file__).with_name("floors.yaml")


@dataclass(frozen=True)
class Floor:
    """What a figure must keep to; exactly one of the two limits is given."""

    at_least: float | None = None
    at_most: float | None = None

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a floor needs at_least or at_most")

    def is_held(self, figure: float | None) -> bool:
        """Tell whether a figure keeps to it; what was not measured does not."""
        if figure is None:
            return False
        return figure >= self.at_least if self.at_least is not None else figure <= (self.at_most or 0)

    def __str__(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


@cache
def floors() -> Mapping[str, Floor]:
    """Return the floors by the path of their figure. Raises TypeError or ValueError for a malformed one."""
    table = parse_yaml(FILE.read_text("utf8"), FILE.name)
    return MappingProxyType({path: Floor(**limits) for path, limits in table.items()})


def broken(figures: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the floors under ``prefix`` that the figures do not keep to, by path, with the figure in words."""
    return {
        path: f"{figure_at(figures, path)} must be {floor}"
        for path, floor in floors().items()
        if path.startswith(prefix) and not floor.is_held(figure_at(figures, path))
    }


def figure_at(figures: Any, path: str) -> Any:
    """Return the figure at a dotted path, None when it is not there."""
    for key in path.split("."):
        figures = figures.get(key) if isinstance(figures, Mapping) else None
    return figures
