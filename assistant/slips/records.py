"""From a record, which a FHIR resource became, to values that a patient can confirm. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from assistant.slips.days import SampleDay
from assistant.slips.values import Value, name_of, words_for
from hepb.reading import read_text
from hepb.reading.findings import Finding
from hepb.record import COINFECTIONS


def values_of_record(record: Mapping[str, Any]) -> tuple[Value, ...]:
    """Every value of a record in the form of ``docs/contract.md``: the person, other viruses, then the results."""
    person = [_finding("age", "age", int(record["age"]))] if "age" in record else []
    person += [_finding("sex", "sex", record["sex"])] if "sex" in record else []
    found = [_value(finding, "", None) for finding in (*person, *_viruses(record))]
    return (*found, *(_result(observation) for observation in record.get("observations", ())))


def days_of_record(values: tuple[Value, ...]) -> tuple[SampleDay, ...]:
    """The days of results, each once, the oldest first; what has none comes last."""
    told = {value.written for value in values if value.written is not None}
    dated = tuple(SampleDay(day, (date.fromisoformat(day),)) for day in sorted(told - {""}))
    return (*dated, *((SampleDay("", ()),) if "" in told else ()))


def _finding(kind: str, name: str, value: Any, **more: Any) -> Finding:
    return Finding(kind, name, 0, 0, "", value, **more)


def _viruses(record: Mapping[str, Any]) -> Iterator[Finding]:
    """Other viruses: those that are there, or that all are not, which is all that a record says."""
    told = record.get("conditions", {}).get("coinfection")
    if told is not None:
        yield from (_finding("condition", virus, value=True) for virus in told)
        yield from (_finding("condition", virus, value=False) for virus in COINFECTIONS if not told)


def _result(observation: Mapping[str, Any]) -> Value:
    name, value = observation["marker"], observation.get("value")
    more = {key: observation.get(key) for key in ("unit", "comparator", "interpretation", "reference_high", "flag")}
    finding = (
        _as_printed(name, value, more["unit"]) if isinstance(value, str) else _finding("marker", name, value, **more)
    )
    printed = (more["comparator"], value, more["unit"], more["interpretation"])
    line = " ".join((name_of(name), *(str(part) for part in printed if part is not None)))
    return _value(finding or _finding("marker", name, None), line, observation.get("date") or "")


def _as_printed(name: str, value: str, unit: str | None) -> Finding | None:
    """A value that the file gives as text, as the reader of messages takes it; None where it takes it otherwise."""
    found = read_text(f"{name_of(name)} {value} {unit or ''}".strip()).findings
    return found[0] if [one.name for one in found] == [name] else None


def _value(finding: Finding, line: str, written: str | None) -> Value:
    return Value(finding.name, name_of(finding.name), words_for(finding), line, bool(finding.doubt), written)
