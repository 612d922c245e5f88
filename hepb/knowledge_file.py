"""One knowledge file and the readers of its parts: rules, groups, phases, schedules, notices.

Every mapping has a closed list of keys. Unknown, missing or doubled keys, a number without unit or source, and a
source that is not in ``sources.yaml`` are :class:`hepb.errors.KnowledgeError` naming file and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeVar

from hepb.criteria import ALWAYS, NUMBERS, Criterion, Reader, tests_in
from hepb.errors import KnowledgeError
from hepb.guideline import (
    Band,
    FollowUp,
    Gate,
    Group,
    Notice,
    PhaseRule,
    Provenance,
    Rule,
)
from hepb.sureness import CONFIDENCES, least_sure
from hepb.yaml_files import parse_yaml

DECISIONS = ("treat", "consider", "monitor", "unknown", "not_applicable")
STRENGTHS = ("recommended", "conditional", "not_recommended")
STATUSES = ("counted", "dated", "superseded")
PHASES = (
    "immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative",
    "indeterminate", "resolved", "not_infected", "not_applicable", "unknown",
)  # fmt: skip
SCAN_REASONS = (
    "cirrhosis", "fibrosis", "family", "family_dna", "age_dna", "origin", "hepatitis_d", "hiv", "page_b",
)  # fmt: skip
T = TypeVar("T")
PROVENANCE = ("source", "place", "confidence")
NOTE = ("note",)
"""What may stand beside the provenance of anything."""
_TEXTS = (
    "id", "title", "citation", "region", "place", "doi", "note", "with_sign", "says", "guideline", "name", "unit",
    "reading", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class KnowledgeFile:
    """One parsed file with what is needed to read its parts. Each reader takes an item and where it stands.

    ``limits_confidence``: how sure its upper limits of normal are, None where it has none.
    """

    name: str
    data: Mapping[str, Any]
    sources: Mapping[str, Any]
    criteria: Reader
    limits_confidence: str | None = None

    def keys(self, item: Any, where: str, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Any]:
        """``item`` as a mapping with exactly these keys."""
        allowed = (*required, *optional, *(NOTE if "confidence" in required else ()))
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
        """Raise K005 for a value that is not allowed."""
        raise KnowledgeError("K005", file=self.name, key=where, value=value, allowed=allowed)

    def number(self, value: Any, where: str) -> float:
        """A number over 0."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            self.refuse(value, where, "a number over 0")
        return value

    def texts(self, value: Any, where: str) -> tuple[str, ...]:
        """A list of words, not empty."""
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            self.refuse(value, where, "a list of words, not empty")
        return tuple(value)

    def one_of(self, value: Any, where: str, allowed: Iterable[str]) -> Any:
        """``value`` if it is one of ``allowed``."""
        if value not in allowed:
            self.refuse(value, where, ", ".join(allowed))
        return value

    def provenance(self, item: Mapping[str, Any], where: str) -> Provenance:
        """Source, place and confidence, and a note where something is open."""
        confidence = self.one_of(item["confidence"], f"{where}.confidence", CONFIDENCES)
        source = item["source"]
        if source == "unverified":
            if confidence != "unverified":
                raise KnowledgeError("K007", file=self.name, key=where)
            return Provenance(("unverified",), item["place"], confidence, item.get("note"))
        keys = self.texts([source] if isinstance(source, str) else source, f"{where}.source")
        for key in keys:
            if key not in self.sources:
                raise KnowledgeError("K006", file=self.name, key=where, value=key)
        return Provenance(keys, item["place"], confidence, item.get("note"))

    def resting_on(self, provenance: Provenance, *criteria: Criterion) -> Provenance:
        """The same, no surer than the settings and the upper limits that these criteria use."""
        behind = [provenance.confidence]
        for test in (test for criterion in criteria for test in tests_in(criterion)):
            limits = self.limits_confidence if test.times_upper_limit else None
            behind += [confidence for confidence in (test.confidence, limits) if confidence]
        return replace(provenance, confidence=least_sure(behind))

    def rule(self, item: Any, where: str, *, with_criterion: bool = True) -> Rule:
        """A rule, with its criterion unless it is a default."""
        required = ("id", "decision", *PROVENANCE, *(("when",) if with_criterion else ()))
        self.keys(item, where, required, ("strength",))
        strength = item.get("strength")
        when = self.criteria.read(item["when"], f"{where}.when") if with_criterion else ALWAYS
        return Rule(
            id=item["id"],
            decision=self.one_of(item["decision"], f"{where}.decision", DECISIONS),
            strength=self.one_of(strength, f"{where}.strength", STRENGTHS) if strength is not None else None,
            when=when,
            provenance=self.resting_on(self.provenance(item, where), when),
        )

    def group(self, item: Any, where: str) -> Group:
        """The rules for one group of people. A default rests on the upper limits of the rules that did not hold."""
        self.keys(item, where, ("id", "people", "rules", "otherwise"))
        rules = self.each(item["rules"], f"{where}.rules", self.rule)
        otherwise = self.rule(item["otherwise"], f"{where}.otherwise", with_criterion=False)
        tests = [test for rule in rules if rule.decision != otherwise.decision for test in tests_in(rule.when)]
        limits = [replace(test, confidence=None) for test in tests if test.times_upper_limit]
        return Group(
            id=item["id"],
            people=self.criteria.read(item["people"], f"{where}.people"),
            rules=rules,
            otherwise=replace(otherwise, provenance=self.resting_on(otherwise.provenance, *limits)),
        )

    def phase(self, item: Any, where: str) -> PhaseRule:
        """A phase by its criteria."""
        self.keys(item, where, ("id", "phase", "when", *PROVENANCE), ("between", "advice"))
        between, advice = item.get("between"), item.get("advice")
        for name in (item["phase"], *(between or ())):
            self.one_of(name, f"{where}.phase", PHASES)
        when = self.criteria.read(item["when"], f"{where}.when")
        return PhaseRule(
            id=item["id"],
            phase=item["phase"],
            when=when,
            provenance=self.resting_on(self.provenance(item, where), when),
            between=(between[0], between[1]) if between else None,
            advice=self.one_of(advice, f"{where}.advice", DECISIONS) if advice is not None else None,
        )

    def follow_up(self, item: Any, where: str) -> FollowUp:
        """A schedule of blood tests, or of scans for liver cancer: these are counted in months and have a reason."""
        scans = where.startswith("surveillance")
        in_weeks = isinstance(item, dict) and "every_weeks" in item and not scans
        required = ("id", "when", "every_weeks" if in_weeks else "every_months", "tests", *PROVENANCE)
        if scans:
            self.keys(item, where, (*required, "reason"), ("strength",))
            self.one_of(item["reason"], f"{where}.reason", SCAN_REASONS)
        else:
            self.keys(item, where, required, ("first_year",))
        strength = item.get("strength")
        when = self.criteria.read(item["when"], f"{where}.when")
        return FollowUp(
            id=item["id"],
            when=when,
            every_months=self.interval(item, "every_months", where),
            every_weeks=self.interval(item, "every_weeks", where),
            tests=self.texts(item["tests"], f"{where}.tests"),
            provenance=self.resting_on(self.provenance(item, where), when),
            first_year=self.interval(item, "first_year", where),
            reason=item.get("reason"),
            strength=self.one_of(strength, f"{where}.strength", STRENGTHS) if strength is not None else None,
        )

    def band(self, item: Any, where: str) -> Band:
        """One reading of a score, or of a scan."""
        self.keys(item, where, ("id", "reading", "when", *PROVENANCE), ("guidelines",))
        guidelines = item.get("guidelines")
        when = self.criteria.read(item["when"], f"{where}.when")
        return Band(
            id=item["id"],
            reading=item["reading"],
            when=when,
            provenance=self.resting_on(self.provenance(item, where), when),
            guidelines=self.texts(guidelines, f"{where}.guidelines") if guidelines is not None else (),
        )

    def interval(self, item: Mapping[str, Any], key: str, where: str) -> tuple[int, int] | None:
        """The shortest and the longest time between two tests, in whole units; None where the key is absent."""
        if key not in item:
            return None
        match item[key]:
            case [int(low), int(high)] if 0 < low <= high:
                pass
            case value:
                self.refuse(value, f"{where}.{key}", "a list of the shortest and the longest interval")
        return low, high

    def notice(self, item: Any, where: str) -> Notice:
        """A warning, next step or alarm."""
        self.keys(item, where, ("id", "when", *PROVENANCE), ("with_sign", "unless"))
        when = self.criteria.read(item["when"], f"{where}.when")
        return Notice(
            id=item["id"],
            when=when,
            provenance=self.resting_on(self.provenance(item, where), when),
            with_sign=item.get("with_sign"),
            unless=self.exception(item, f"{where}.unless"),
        )

    def gate(self, item: Any, where: str) -> Gate:
        """What comes before phases and guidelines."""
        self.keys(item, where, ("id", "when", "phase", *PROVENANCE), ("decision",))
        decision = item.get("decision")
        when = self.criteria.read(item["when"], f"{where}.when")
        return Gate(
            id=item["id"],
            when=when,
            phase=self.one_of(item["phase"], f"{where}.phase", PHASES),
            decision=self.one_of(decision, f"{where}.decision", DECISIONS) if decision else None,
            provenance=self.resting_on(self.provenance(item, where), when),
        )

    def exception(self, item: Mapping[str, Any], where: str) -> Criterion | None:
        """The criterion under ``unless``, None where there is none."""
        return self.criteria.read(item["unless"], where) if item.get("unless") is not None else None

    def setting(self, item: Any, where: str) -> float:
        """The value of an open point."""
        if isinstance(item, dict) and "unit" not in item:
            raise KnowledgeError("K004", file=self.name, key=where)
        self.keys(item, where, ("value", "unit", *PROVENANCE))
        self.one_of(item["unit"], f"{where}.unit", ("months", *NUMBERS.values()))
        self.provenance(item, where)
        return self.number(item["value"], f"{where}.value")

    def limits(self) -> tuple[Mapping[str, float], Provenance, bool]:
        """The upper limits of ALT by sex, in U/L; whether the laboratory's own replace them."""
        item = self.keys(self.data["upper_limits"], "upper_limits", ("ALT", *PROVENANCE), ("of_laboratory",))
        alt = item["ALT"]
        if isinstance(alt, (int, float)) or (isinstance(alt, dict) and "unit" not in alt):
            raise KnowledgeError("K004", file=self.name, key="upper_limits.ALT")
        self.keys(alt, "upper_limits.ALT", ("male", "female", "unit"))
        self.one_of(alt["unit"], "upper_limits.ALT.unit", ("U/L",))
        limits = {sex: self.number(alt[sex], f"upper_limits.ALT.{sex}") for sex in ("male", "female")}
        of_laboratory = self.one_of(item.get("of_laboratory", False), "upper_limits.of_laboratory", (True, False))
        return limits, self.provenance(item, "upper_limits"), of_laboratory

    def each(self, items: Any, where: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        """Every item of a list, read."""
        if items is not None and not isinstance(items, list):
            self.refuse(items, where, "a list")
        return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items or ()))


def read_file(name: str, text: str, sources: Mapping[str, Any]) -> KnowledgeFile:
    """A knowledge file with its settings and definitions read. Raises :class:`KnowledgeError`."""
    data = parse_yaml(text, name)
    plain = KnowledgeFile(name, data, sources, Reader(name, {}, {}))
    if not isinstance(data, dict):
        plain.refuse(data, "top level", "a mapping")
    parts = {key: data.get(key) or {} for key in ("settings", "definitions")}
    for key, value in parts.items():
        if not isinstance(value, dict):
            plain.refuse(value, key, "a mapping")
    settings = {key: plain.setting(item, f"settings.{key}") for key, item in parts["settings"].items()}
    confidences = {key: item["confidence"] for key, item in parts["settings"].items()}
    limits = data.get("upper_limits")
    sure = limits.get("confidence") if isinstance(limits, dict) else None
    return KnowledgeFile(
        name,
        data,
        sources,
        Reader(name, settings, parts["definitions"], confidences),
        sure if sure in CONFIDENCES else None,
    )
