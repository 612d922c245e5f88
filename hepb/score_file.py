"""The reader of ``knowledge/scores.yaml``: scores with formula, limits and what to hold against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hepb.assays import assays
from hepb.criteria import ALWAYS, CHOICES, NUMBERS
from hepb.errors import KnowledgeError
from hepb.guideline import Notice, Score
from hepb.knowledge_file import PROVENANCE, KnowledgeFile, read_file
from hepb.points import Points, Steps
from hepb.scores import FORMULAS


def load_scores(name: str, text: str, sources: Mapping[str, Any]) -> tuple[tuple[Score, ...], tuple[Notice, ...]]:
    """Every score, and the limits of a scan of the liver. Raises :class:`KnowledgeError` naming file and key."""
    file = read_file(name, text, sources)
    data = file.keys(file.data, "top level", ("id", "scores", "stiffness_limits"))
    reader = _ScoreReader(file)
    return (
        file.each(data["scores"], "scores", reader.score),
        file.each(data["stiffness_limits"], "stiffness_limits", reader.limit),
    )


class _ScoreReader:
    def __init__(self, file: KnowledgeFile) -> None:
        self.file = file

    def score(self, item: Any, where: str) -> Score:
        file = self.file
        required = ("id", "title", "formula", "inputs", "shown_with", "bands", "limits", *PROVENANCE)
        file.keys(item, where, required, ("constants", "points"))
        constants = item.get("constants") or {}
        if not isinstance(constants, dict):
            file.refuse(constants, f"{where}.constants", "a mapping")
        inputs = file.each(item["inputs"], f"{where}.inputs", self.input)
        shown_with = file.texts(item["shown_with"], f"{where}.shown_with")
        for marker in shown_with:
            file.one_of(marker, f"{where}.shown_with", inputs)
        return Score(
            id=file.one_of(item["id"], f"{where}.id", FORMULAS),
            title=item["title"],
            formula=file.texts([item["formula"]], f"{where}.formula")[0],
            inputs=inputs,
            shown_with=shown_with,
            constants={key: file.setting(value, f"{where}.constants.{key}") for key, value in constants.items()},
            points=self.points(item["points"], f"{where}.points") if "points" in item else None,
            bands=file.each(item["bands"], f"{where}.bands", file.band),
            limits=file.each(item["limits"], f"{where}.limits", self.limit),
            provenance=file.provenance(item, where),
        )

    def input(self, item: Any, where: str) -> str:
        """One value that goes into a formula, in the unit that the core computes with."""
        name = item.get("name") if isinstance(item, dict) else None
        if name in CHOICES:
            return self.file.keys(item, where, ("name",))["name"]
        if isinstance(item, dict) and "unit" not in item:
            raise KnowledgeError("K004", file=self.file.name, key=where)
        self.file.keys(item, where, ("name", "unit"))
        units = {**NUMBERS, **assays().canonical}
        self.file.one_of(name, f"{where}.name", units)
        self.file.one_of(item["unit"], f"{where}.unit", (units[name],))
        return name

    def limit(self, item: Any, where: str) -> Notice:
        """What to hold against a score: always where no criterion stands."""
        file = self.file
        file.keys(item, where, ("id", *PROVENANCE), ("when",))
        criterion = file.criteria.read(item["when"], f"{where}.when") if "when" in item else ALWAYS
        return Notice(item["id"], criterion, file.provenance(item, where))

    def points(self, item: Any, where: str) -> Points:
        """The table of a score made of points."""
        file = self.file
        if isinstance(item, dict) and "unit" not in item:
            raise KnowledgeError("K004", file=file.name, key=where)
        file.keys(item, where, ("age", "platelets", "sex", "unit", *PROVENANCE))
        file.one_of(item["unit"], f"{where}.unit", (NUMBERS["PAGE_B"],))
        file.provenance(item, where)
        sex = file.keys(item["sex"], f"{where}.sex", CHOICES["sex"])
        return Points(
            age=self._steps(item["age"], f"{where}.age", NUMBERS["age"]),
            platelets=self._steps(item["platelets"], f"{where}.platelets", assays().canonical["platelets"]),
            sex={name: self._whole(sex[name], f"{where}.sex.{name}") for name in CHOICES["sex"]},
        )

    def _steps(self, item: Any, where: str, unit: str) -> Steps:
        """From which value on how many points, in ascending order."""
        if isinstance(item, dict) and "unit" not in item:
            raise KnowledgeError("K004", file=self.file.name, key=where)
        self.file.keys(item, where, ("unit", "from"))
        self.file.one_of(item["unit"], f"{where}.unit", (unit,))
        steps = item["from"]
        if not isinstance(steps, dict) or not steps:
            self.file.refuse(steps, f"{where}.from", "a mapping from numbers to points")
        starts = tuple(float(self._whole(value, f"{where}.from")) for value in steps)
        if list(starts) != sorted(starts):
            self.file.refuse(starts, f"{where}.from", "ascending numbers")
        return Steps(starts, tuple(self._whole(points, f"{where}.from.{value}") for value, points in steps.items()))

    def _whole(self, value: Any, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.file.refuse(value, where, "a whole number from 0")
        return value
