"""One file of ``hepb/knowledge/pathways``: the situation, and its statements with the numbers they print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hepb.criteria import CHOICES, NUMBERS
from hepb.errors import KnowledgeError
from hepb.guideline import Pathway, Quantity, Statement
from hepb.knowledge_file import PROVENANCE, KnowledgeFile

QUANTITY_UNITS = (
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "IU/mL",
    "mIU/mL",
    "U/L",
    "kPa",
    "x ULN",
    "percent",
    "doses",
    "tests",
    "mg/dL",
    "umol/L",
    "ratio",
)


def read_pathway(file: KnowledgeFile) -> Pathway:
    """The whole file as the pathway of one situation. Raises :class:`KnowledgeError` naming file and key."""
    optional = ("unless", "asks", "at_once", "settings", "definitions")
    data = file.keys(file.data, "top level", ("id", "when", "statements"), optional)
    return Pathway(
        id=data["id"],
        when=file.criteria.read(data["when"], "when"),
        statements=file.each(data["statements"], "statements", lambda item, where: _statement(file, item, where)),
        unless=file.exception(data, "unless"),
        asks=_subjects(file, data, "asks", "asks"),
        at_once=file.one_of(data.get("at_once", False), "at_once", (True, False)),
    )


def _statement(file: KnowledgeFile, item: Any, where: str) -> Statement:
    """One sentence of advice of one guideline; without a guideline it is advice that all share."""
    optional = ("guideline", "numbers", "unless", "while_unknown")
    file.keys(item, where, ("id", "says", "when", *PROVENANCE), optional)
    when = file.criteria.read(item["when"], f"{where}.when")
    return Statement(
        id=item["id"],
        says=item["says"],
        guideline=item.get("guideline"),
        when=when,
        numbers=file.each(item.get("numbers"), f"{where}.numbers", lambda part, place: _quantity(file, part, place)),
        provenance=file.resting_on(file.provenance(item, where), when),
        unless=file.exception(item, f"{where}.unless"),
        while_unknown=_subjects(file, item, "while_unknown", f"{where}.while_unknown"),
    )


def _subjects(file: KnowledgeFile, item: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """The subjects of criteria under ``key``, none where the key is absent."""
    found = file.texts(item[key], where) if item.get(key) is not None else ()
    for subject in found:
        file.one_of(subject, where, (*CHOICES, *NUMBERS))
    return found


def _quantity(file: KnowledgeFile, item: Any, where: str) -> Quantity:
    """A number that a sentence prints, or a span of two."""
    if isinstance(item, dict) and "unit" not in item:
        raise KnowledgeError("K004", file=file.name, key=where)
    file.keys(item, where, ("name", "value", "unit"))
    file.one_of(item["unit"], f"{where}.unit", QUANTITY_UNITS)
    value = item["value"]
    low, high = value if isinstance(value, list) and len(value) == 2 else (value, value)  # noqa: PLR2004 (a span)
    return Quantity(item["name"], file.number(low, f"{where}.value"), file.number(high, f"{where}.value"), item["unit"])
