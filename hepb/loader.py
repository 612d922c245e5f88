"""The strict loader: from the files under ``hepb/knowledge`` to :class:`hepb.guideline.Knowledge`.

Every mapping has a closed list of keys. Unknown, missing or doubled keys, a number without unit or source, and a
source that is not in ``sources.yaml`` are :class:`hepb.errors.KnowledgeError` naming file and key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hepb.criteria import ALWAYS, Reader
from hepb.errors import KnowledgeError
from hepb.guideline import FollowUp, Gate, Group, Guideline, Knowledge, Notice, PhaseRule, Provenance, Rule
from hepb.yaml_files import knowledge_folder, parse_yaml

DECISIONS = ("treat", "consider", "monitor", "unknown", "not_applicable")
STRENGTHS = ("recommended", "conditional", "not_recommended")
STATUSES = ("counted", "dated", "superseded")
CONFIDENCES = ("P", "R", "T", "unverified")
PHASES = (
    "immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative",
    "indeterminate", "resolved", "not_infected", "not_applicable", "unknown",
)  # fmt: skip
T = TypeVar("T")
_PROVENANCE = ("source", "place", "confidence")


@dataclass(frozen=True)
class _File:
    """One parsed file with what is needed to read its parts."""

    name: str
    data: Mapping[str, Any]
    sources: Mapping[str, Any]
    criteria: Reader

    def keys(self, item: Any, where: str, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Any]:
        allowed = (*required, *optional)
        if not isinstance(item, dict):
            raise KnowledgeError("K005", file=self.name, key=where, value=item, allowed=f"a mapping of {allowed}")
        for key in item:
            if key not in allowed:
                raise KnowledgeError("K001", file=self.name, key=f"{where}.{key}", allowed=", ".join(allowed))
        for key in required:
            if key not in item:
                raise KnowledgeError("K003", file=self.name, key=where, missing=key)
        return item

    def one_of(self, value: Any, where: str, allowed: Iterable[str]) -> Any:
        if value not in allowed:
            raise KnowledgeError("K005", file=self.name, key=where, value=value, allowed=", ".join(allowed))
        return value

    def provenance(self, item: Mapping[str, Any], where: str) -> Provenance:
        confidence = self.one_of(item["confidence"], f"{where}.confidence", CONFIDENCES)
        source = item["source"]
        if source == "unverified":
            if confidence != "unverified":
                raise KnowledgeError("K007", file=self.name, key=where)
            return Provenance(("unverified",), item["place"], confidence)
        for key in source if isinstance(source, list) else [source]:
            if key not in self.sources:
                raise KnowledgeError("K006", file=self.name, key=where, value=key)
        return Provenance(tuple(source), item["place"], confidence)

    def rule(self, item: Any, where: str, *, with_criterion: bool = True) -> Rule:
        required = ("id", "decision", *_PROVENANCE, *(("when",) if with_criterion else ()))
        self.keys(item, where, required, ("strength",))
        strength = item.get("strength")
        return Rule(
            id=item["id"],
            decision=self.one_of(item["decision"], f"{where}.decision", DECISIONS),
            strength=self.one_of(strength, f"{where}.strength", STRENGTHS) if strength is not None else None,
            when=self.criteria.read(item["when"], f"{where}.when") if with_criterion else ALWAYS,
            provenance=self.provenance(item, where),
        )

    def group(self, item: Any, where: str) -> Group:
        self.keys(item, where, ("id", "people", "rules", "otherwise"))
        return Group(
            id=item["id"],
            people=self.criteria.read(item["people"], f"{where}.people"),
            rules=self.each(item["rules"], f"{where}.rules", self.rule),
            otherwise=self.rule(item["otherwise"], f"{where}.otherwise", with_criterion=False),
        )

    def phase(self, item: Any, where: str) -> PhaseRule:
        self.keys(item, where, ("id", "phase", "when", *_PROVENANCE), ("between",))
        between = item.get("between")
        for name in (item["phase"], *(between or ())):
            self.one_of(name, f"{where}.phase", PHASES)
        return PhaseRule(
            id=item["id"],
            phase=item["phase"],
            when=self.criteria.read(item["when"], f"{where}.when"),
            provenance=self.provenance(item, where),
            between=(between[0], between[1]) if between else None,
        )

    def follow_up(self, item: Any, where: str) -> FollowUp:
        self.keys(item, where, ("id", "when", "every_months", "tests", *_PROVENANCE), ("first_year",))
        low, high = item["every_months"]
        return FollowUp(
            id=item["id"],
            when=self.criteria.read(item["when"], f"{where}.when"),
            every_months=(low, high),
            tests=tuple(item["tests"]),
            provenance=self.provenance(item, where),
            first_year=item.get("first_year"),
        )

    def notice(self, item: Any, where: str) -> Notice:
        self.keys(item, where, ("id", "when", *_PROVENANCE))
        return Notice(item["id"], self.criteria.read(item["when"], f"{where}.when"), self.provenance(item, where))

    def gate(self, item: Any, where: str) -> Gate:
        self.keys(item, where, ("id", "when", "phase", *_PROVENANCE), ("decision",))
        decision = item.get("decision")
        return Gate(
            id=item["id"],
            when=self.criteria.read(item["when"], f"{where}.when"),
            phase=self.one_of(item["phase"], f"{where}.phase", PHASES),
            decision=self.one_of(decision, f"{where}.decision", DECISIONS) if decision else None,
            provenance=self.provenance(item, where),
        )

    def limits(self) -> tuple[Mapping[str, float], Provenance]:
        item = self.keys(self.data["upper_limits"], "upper_limits", ("ALT", *_PROVENANCE))
        alt = item["ALT"]
        if "unit" not in alt:
            raise KnowledgeError("K004", file=self.name, key="upper_limits.ALT")
        self.keys(alt, "upper_limits.ALT", ("male", "female", "unit"))
        self.one_of(alt["unit"], "upper_limits.ALT.unit", ("U/L",))
        return {"male": alt["male"], "female": alt["female"]}, self.provenance(item, "upper_limits")

    def each(self, items: Any, where: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items or ()))


def _file(name: str, text: str, sources: Mapping[str, Any]) -> _File:
    data = parse_yaml(text, name)
    settings = {}
    for key, item in (data.get("settings") or {}).items():
        reader = _File(name, data, sources, Reader(name, {}, {}))
        if "unit" not in item:
            raise KnowledgeError("K004", file=name, key=f"settings.{key}")
        reader.keys(item, f"settings.{key}", ("value", "unit", *_PROVENANCE), ("note",))
        reader.provenance(item, f"settings.{key}")
        settings[key] = item["value"]
    return _File(name, data, sources, Reader(name, settings, data.get("definitions") or {}))


def load_guideline(name: str, text: str, sources: Mapping[str, Any]) -> Guideline:
    """One guideline file. Raises :class:`KnowledgeError` naming file and key."""
    file = _file(name, text, sources)
    data = file.keys(
        file.data,
        "top level",
        ("id", "title", "citation", "year", "region", "status", "upper_limits", "groups", "outside"),
        ("doi", "definitions", "settings", "phases", "monitoring", "surveillance", "not_modelled"),
    )
    limits, provenance = file.limits()
    guideline = Guideline(
        id=data["id"],
        title=data["title"],
        citation=data["citation"],
        year=data["year"],
        region=data["region"],
        status=file.one_of(data["status"], "status", STATUSES),
        doi=data.get("doi"),
        upper_limits=limits,
        limits_provenance=provenance,
        groups=file.each(data["groups"], "groups", file.group),
        outside=file.rule(data["outside"], "outside", with_criterion=False),
        phases=file.each(data.get("phases"), "phases", file.phase),
        monitoring=file.each(data.get("monitoring"), "monitoring", file.follow_up),
        surveillance=file.each(data.get("surveillance"), "surveillance", file.follow_up),
        not_modelled=tuple(data.get("not_modelled") or ()),
    )
    _refuse_doubled(name, (rule.id for rule in guideline.rules()))
    return guideline


def _refuse_doubled(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for rule_id in ids:
        if rule_id in seen:
            raise KnowledgeError("K010", file=name, value=rule_id)
        seen.add(rule_id)


def load_knowledge(folder: Path) -> Knowledge:
    """All knowledge under ``folder``. Raises :class:`KnowledgeError` on the first thing that is wrong."""
    texts = {name: folder.joinpath(name).read_text("utf8") for name in _FILES}
    for path in sorted(folder.joinpath("guidelines").glob("*.yaml")):
        texts[f"guidelines/{path.name}"] = path.read_text("utf8")
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    sources = parse_yaml(texts["sources.yaml"], "sources.yaml")
    version = parse_yaml(texts["version.yaml"], "version.yaml")
    phases = _file("phases.yaml", texts["phases.yaml"], sources)
    gates = _file("gates.yaml", texts["gates.yaml"], sources)
    situations = _file("situations.yaml", texts["situations.yaml"], sources)
    phases.keys(phases.data, "top level", ("id", "upper_limits", "settings", "phases", "grey_zones"))
    gates.keys(gates.data, "top level", ("id", "gates"))
    situations.keys(situations.data, "top level", ("id", "upper_limits", "warnings", "next_steps", "alarms"))
    guidelines = tuple(
        load_guideline(name, text, sources) for name, text in texts.items() if name.startswith("guidelines/")
    )
    phase_limits, _ = phases.limits()
    return Knowledge(
        version=version["version"],
        sha256=digest.hexdigest(),
        as_of=str(version["as_of"]),
        sources=sources,
        guidelines=guidelines,
        counted=tuple(guideline.id for guideline in guidelines if guideline.status == "counted"),
        gates=gates.each(gates.data["gates"], "gates", gates.gate),
        phase_limits=phase_limits,
        phases=phases.each(phases.data["phases"], "phases", phases.phase),
        grey_zones=phases.each(phases.data["grey_zones"], "grey_zones", phases.phase),
        warnings=situations.each(situations.data["warnings"], "warnings", situations.notice),
        next_steps=situations.each(situations.data["next_steps"], "next_steps", situations.notice),
        alarms=situations.each(situations.data["alarms"], "alarms", situations.notice),
    )


_FILES = ("version.yaml", "sources.yaml", "assays.yaml", "phases.yaml", "gates.yaml", "situations.yaml")


@cache
def knowledge() -> Knowledge:
    """The knowledge that ships with the package, loaded once."""
    return load_knowledge(knowledge_folder())
