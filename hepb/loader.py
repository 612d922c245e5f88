"""The strict loader: from the files under ``hepb/knowledge`` to :class:`hepb.guideline.Knowledge`.

Every mapping has a closed list of keys. Unknown, missing or doubled keys, a number without unit or source, and a
source that is not in ``sources.yaml`` are :class:`hepb.errors.KnowledgeError` naming file and key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from hepb.criteria import ALWAYS, NUMBERS, Reader
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
_TEXTS = ("id", "title", "citation", "region", "place", "doi", "note", "with_sign")


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
            self.refuse(item, where, f"a mapping of {', '.join(allowed)}")
        for key in item:
            if key not in allowed:
                raise KnowledgeError("K001", file=self.name, key=f"{where}.{key}", allowed=", ".join(allowed))
        for key in required:
            if key not in item:
                raise KnowledgeError("K003", file=self.name, key=where, missing=key)
        for key in _TEXTS:
            if key in item and not (isinstance(item[key], str) and item[key]):
                self.refuse(item[key], f"{where}.{key}", "a text")
        return item

    def refuse(self, value: Any, where: str, allowed: str) -> NoReturn:
        raise KnowledgeError("K005", file=self.name, key=where, value=value, allowed=allowed)

    def number(self, value: Any, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            self.refuse(value, where, "a number over 0")
        return value

    def texts(self, value: Any, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            self.refuse(value, where, "a list of words, not empty")
        return tuple(value)

    def one_of(self, value: Any, where: str, allowed: Iterable[str]) -> Any:
        if value not in allowed:
            self.refuse(value, where, ", ".join(allowed))
        return value

    def provenance(self, item: Mapping[str, Any], where: str) -> Provenance:
        confidence = self.one_of(item["confidence"], f"{where}.confidence", CONFIDENCES)
        source = item["source"]
        if source == "unverified":
            if confidence != "unverified":
                raise KnowledgeError("K007", file=self.name, key=where)
            return Provenance(("unverified",), item["place"], confidence)
        keys = self.texts([source] if isinstance(source, str) else source, f"{where}.source")
        for key in keys:
            if key not in self.sources:
                raise KnowledgeError("K006", file=self.name, key=where, value=key)
        return Provenance(keys, item["place"], confidence)

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
        match item["every_months"]:
            case [low, high]:
                months = self.number(low, f"{where}.every_months"), self.number(high, f"{where}.every_months")
            case other:
                self.refuse(other, f"{where}.every_months", "a list of the shortest and the longest interval")
        return FollowUp(
            id=item["id"],
            when=self.criteria.read(item["when"], f"{where}.when"),
            every_months=months,
            tests=self.texts(item["tests"], f"{where}.tests"),
            provenance=self.provenance(item, where),
            first_year=item.get("first_year"),
        )

    def notice(self, item: Any, where: str) -> Notice:
        self.keys(item, where, ("id", "when", *_PROVENANCE), ("with_sign",))
        criterion = self.criteria.read(item["when"], f"{where}.when")
        return Notice(item["id"], criterion, self.provenance(item, where), item.get("with_sign"))

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

    def setting(self, item: Any, where: str) -> float:
        if isinstance(item, dict) and "unit" not in item:
            raise KnowledgeError("K004", file=self.name, key=where)
        self.keys(item, where, ("value", "unit", *_PROVENANCE), ("note",))
        self.one_of(item["unit"], f"{where}.unit", ("months", *NUMBERS.values()))
        self.provenance(item, where)
        return self.number(item["value"], f"{where}.value")

    def limits(self) -> tuple[Mapping[str, float], Provenance]:
        item = self.keys(self.data["upper_limits"], "upper_limits", ("ALT", *_PROVENANCE))
        alt = item["ALT"]
        if isinstance(alt, (int, float)) or (isinstance(alt, dict) and "unit" not in alt):
            raise KnowledgeError("K004", file=self.name, key="upper_limits.ALT")
        self.keys(alt, "upper_limits.ALT", ("male", "female", "unit"))
        self.one_of(alt["unit"], "upper_limits.ALT.unit", ("U/L",))
        limits = {sex: self.number(alt[sex], f"upper_limits.ALT.{sex}") for sex in ("male", "female")}
        return limits, self.provenance(item, "upper_limits")

    def each(self, items: Any, where: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        if items is not None and not isinstance(items, list):
            self.refuse(items, where, "a list")
        return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items or ()))


def _file(name: str, text: str, sources: Mapping[str, Any]) -> _File:
    data = parse_yaml(text, name)
    plain = _File(name, data, sources, Reader(name, {}, {}))
    if not isinstance(data, dict):
        plain.refuse(data, "top level", "a mapping")
    parts = {key: data.get(key) or {} for key in ("settings", "definitions")}
    for key, value in parts.items():
        if not isinstance(value, dict):
            plain.refuse(value, key, "a mapping")
    settings = {key: plain.setting(item, f"settings.{key}") for key, item in parts["settings"].items()}
    return _File(name, data, sources, Reader(name, settings, parts["definitions"]))


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
        not_modelled=file.texts(data["not_modelled"], "not_modelled") if data.get("not_modelled") else (),
    )
    _refuse_doubled(name, (rule.id for rule in guideline.rules()))
    return guideline


def _refuse_doubled(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for rule_id in ids:
        if rule_id in seen:
            raise KnowledgeError("K010", file=name, value=rule_id)
        seen.add(rule_id)


def _names(guideline: Guideline) -> Iterator[str]:
    """Every id of a guideline: no other guideline may have it."""
    yield guideline.id
    for items in (guideline.rules(), guideline.phases, guideline.monitoring, guideline.surveillance):
        yield from (item.id for item in items)


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
    _refuse_doubled("guidelines", (name for guideline in guidelines for name in _names(guideline)))
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
