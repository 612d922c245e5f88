"""What a reading gives: findings with their place in the text, and the views that the other rooms use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

Value = float | int | bool | str | tuple[float, float] | None

SELF = "self"
OTHER = "other"
"""A person whom the text names by a pronoun alone."""
COINFECTIONS = ("HIV", "HCV", "HDV")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact read from a text. ``text`` is exactly ``message[start:end]``.

    ``kind``: ``marker``, ``condition``, ``age`` or ``sex``; ``name``: a name of ``docs/contract.md``.
    ``value``: a number, a pair (comparator ``range``), or true, false or a word for a condition; None when the text
    gives a sign only. ``unit``: as the text gives it, in one spelling; None when the text gives none.
    ``date``, ``since``: ISO dates. ``reference_high``, ``flag``: the laboratory's own limit and flag.
    ``person``: ``self`` or the relation. ``current``: the newest value of the person the results belong to.
    ``doubt``: None, or why the chat should confirm it first. ``implied``: true when only a shorthand for several
    results ("small three positives") says it. ``sequence``: place in time among several values of one test that have
    no date, 1 the oldest; alike where the text does not tell the order, None where there is only one.
    ``before_treatment``: told as a result from before treatment.
    ``own``: the writer says outright that it is theirs ("my ALT", "I have").
    """

    kind: str
    name: str
    start: int
    end: int
    text: str
    value: Value = None
    unit: str | None = None
    comparator: str | None = None
    interpretation: str | None = None
    date: str | None = None
    since: str | None = None
    reference_high: float | None = None
    flag: str | None = None
    person: str = SELF
    current: bool = True
    doubt: str | None = None
    implied: bool = False
    sequence: int | None = None
    own: bool = False
    before_treatment: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON; a pair becomes a list."""
        plain = asdict(self)
        plain["value"] = _plain(self.value)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """The reverse of :meth:`to_dict`; keys that a later version may add are ignored."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        if isinstance(values.get("value"), list):
            values["value"] = tuple(values["value"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day that is written in a text at ``start`` to ``end``; ``days``: all that it can mean."""

    start: int
    end: int
    days: tuple[date, ...]


@dataclass(frozen=True)
class Reading:
    """Everything that was read from one message, in text order."""

    findings: tuple[Finding, ...] = ()

    @cached_property
    def person(self) -> str:
        """Whom the results belong to: the person of the current findings, else ``self``."""
        return next((f.person for f in self.findings if f.current and f.kind != "condition"), SELF)

    def markers(self) -> dict[str, dict[str, Any]]:
        """The newest value of each marker, and age and sex, of the person whom the results belong to."""
        return {f.name: _row(f) for f in self.findings if f.current and f.kind != "condition"}

    def others(self) -> list[dict[str, Any]]:
        """Older values and those of other people, each with its marker, person and date."""
        return [
            {"marker": f.name, **_row(f), "date": f.date, "person": f.person}
            for f in self.findings
            if not f.current and f.kind != "condition"
        ]

    def conditions(self) -> dict[str, Any]:
        """What is said about the conditions of that person; co-infections as the contract's list.

        ``coinfection`` stands only when a co-infection is affirmed or all three are denied: one negative
        test says nothing of the other two viruses.
        """
        said = {f.name: _plain(f.value) for f in self.findings if f.kind == "condition" and f.current}
        viruses = {name: said.pop(name) for name in COINFECTIONS if name in said}
        if any(viruses.values()) or len(viruses) == len(COINFECTIONS):
            said["coinfection"] = [name for name in COINFECTIONS if viruses.get(name)]
        return said


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "value": _plain(finding.value),
        "unit": finding.unit,
        "comparator": finding.comparator,
        "interpretation": finding.interpretation,
    }
