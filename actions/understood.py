"""Rows of the card "what I understood": one response per marker or condition, from the record alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from actions import printing
from actions.saying import Say
from actions.words import test_name
from hepb.assays import assays
from hepb.facts import MONTHS_OF_A_YEAR
from hepb.printed_result import SEROLOGY, read_printed
from hepb.record import CONDITIONS, MARKERS, Observation, Record
from hepb.timeline import months_between, newest, overtaken

PREFIX = "utter_understood_"
_WORDS = {"undetectable": "undetectable", "negative": "undetectable", "detected": "detected", "positive": "detected",
          "elevated": "elevated"}  # fmt: skip
_NOTES = {"unit_assumed": "_assumed", "unit_unknown": "_no_unit"}
LOG = "_log"
"""The end of the name of a row, and of a question, about a logarithm of which it is not said of what."""
LASTING = ("HBsAg_positive", "ALT", "ALT_assumed", "ALT_elevated")
"""Rows that say since when; there it lasts until today."""
YEAR_ALONE_FROM = 24
"""Months after which a beginning is said by its year."""
IN_MONTHS_BELOW = 2
"""Years below which an age is said in months."""
_CHANGED_BY = {"HBV_DNA": "HBV_DNA_unit", "ALT": "ALT_since"}
_NUMBER_CONDITIONS = frozenset({"fibrosis_stage", "inflammation_grade", "stiffness_kpa", "pregnancy_week"})


def rows(record: Record, names: frozenset[str] | None = None) -> Iterator[Say]:
    """The rows of ``names`` (all when None): results in the order of the contract, then the person, then conditions."""

    def wanted(name: str) -> bool:
        return names is None or name in names

    for marker in MARKERS:
        if wanted(marker) or wanted(_CHANGED_BY.get(marker, marker)):
            yield from _results(record, marker)
    if record.age is not None and wanted("age"):
        yield _age(record.age)
    if record.sex is not None and wanted("sex"):
        yield _row(f"sex_{record.sex}")
    for name in CONDITIONS:
        if wanted(name) or (name == "coinfection" and names and names & {"HIV", "HCV", "HDV"}):
            yield from _condition(name, getattr(record.conditions, name))


def _age(years: float) -> Say:
    """The age; of a young child in months."""
    if 0 < years < IN_MONTHS_BELOW:
        return _row("age_months", {"value": printing.number(round(years * MONTHS_OF_A_YEAR))})
    return _row("age", {"value": printing.number(years)})


def _results(record: Record, marker: str) -> Iterator[Say]:
    """The rows of one marker: those told in order without a date first, which belong to no day."""
    told = [observation for observation in record.observations if observation.marker == marker]
    older = sorted(overtaken(told), key=lambda observation: observation.sequence or 0)
    for observation in older:
        name, level = _observation(observation)
        yield _row(f"older{name.removeprefix(marker)}", {**level, "test": test_name(marker)})
    for observation in told:
        if observation not in older:
            name, level = _observation(observation)
            lasts = observation.since and not observation.date and name in LASTING
            yield _row(f"{name}_since" if lasts else name, level, when=_when(observation, record.as_of))


def shown_level(marker: str, value: Any, unit: str | None, comparator: str | None) -> dict[str, str]:
    """``value`` and ``unit`` of a result as printed, both empty when it has no number."""
    if marker not in MARKERS:
        return {"value": "", "unit": ""}
    numbers, printed = _numbers(marker, value)
    comparator = comparator or printed
    if not numbers:
        return {"value": "", "unit": ""}
    return {"value": printing.level(numbers, comparator), "unit": unit_name(marker, unit)}


def _numbers(marker: str, value: Any) -> tuple[tuple[float, ...], str | None]:
    """The numbers of a value, and the comparator that is printed in it."""
    if isinstance(value, str):
        printed = read_printed(value, marker, assays())
        return printed.numbers, printed.comparator
    return () if value is None else tuple(value) if isinstance(value, list | tuple) else (value,), None


def shown(observation: Observation) -> dict[str, str]:
    """``value`` and ``unit`` of an observation as printed."""
    return shown_level(observation.marker, observation.value, observation.unit, observation.comparator)


def unit_name(marker: str, unit: str | None) -> str:
    """The unit in its usual spelling, empty when none was given or the value is a plain ratio."""
    if not unit:
        return ""
    known = assays().unit(marker, unit)
    return unit if known is None else "" if known.name == "1" else known.name


def assumed_unit(observation: Observation) -> str:
    """The unit in which a result without one was read."""
    numbers, _ = _numbers(observation.marker, observation.value)
    return unit_name(observation.marker, assays().assumed_unit(observation.marker, max(numbers, default=0)))


def _row(name: str, values: Mapping[str, str] | None = None, when: str = "") -> Say:
    return Say(PREFIX + name, "understood", {**(values or {}), "when": when})


def _when(observation: Observation, as_of: date) -> str:
    if observation.since and not observation.date:
        return since(observation.since, as_of)
    if observation.since:
        return f"{since(observation.since, as_of)} – {(observation.date or as_of).isoformat()}"
    return observation.date.isoformat() if observation.date else ""


def since(day: date, as_of: date) -> str:
    """Since when something has lasted: of what began long ago ("since birth", "since 2010") the year alone is known."""
    return str(day.year) if months_between(day, as_of) > YEAR_ALONE_FROM else day.isoformat()


def form(observation: Observation) -> str:
    """How a result without a plain number, or without a unit, is said: ``undetectable``, ``no_unit`` ...; else empty.

    ``assumed``: without a unit it was read as the usual one.
    """
    if shown(observation)["value"]:
        return _NOTES.get(observation.reading.note or "", "").removeprefix("_")
    return _word(observation)


def _observation(observation: Observation) -> tuple[str, dict[str, str]]:
    level = shown(observation)
    marker, reading = observation.marker, observation.reading
    if marker in SEROLOGY:
        signs = reading.signs or frozenset()
        number = f"({' '.join(part for part in level.values() if part)})" if level["value"] else ""
        return f"{marker}_{next(iter(signs)) if len(signs) == 1 else 'unclear'}", {"level": number}
    if level["value"]:
        canonical = {"unit": assumed_unit(observation)} if reading.note == "unit_assumed" else {}
        is_log = reading.note == "unit_unknown" and assays().is_logarithm(observation.unit or "")
        return marker + (LOG if is_log else _NOTES.get(reading.note or "", "")), {**level, **canonical}
    return f"{marker}_{_word(observation)}", {}


def _word(observation: Observation) -> str:
    word = observation.interpretation
    if word is None and isinstance(observation.value, str):
        word = read_printed(observation.value, observation.marker, assays()).interpretation
    if observation.marker == "HBV_DNA":
        return _WORDS.get(word or "", "unclear")
    return {"negative": "normal", "positive": "elevated"}.get(word or "", word or "unclear")


def _condition(name: str, value: Any) -> Iterator[Say]:
    if value is None:
        return
    if name == "coinfection":
        for virus in value or ("none",):
            yield _row(f"coinfection_{virus}")
    elif name in _NUMBER_CONDITIONS:
        yield _row(name, {"value": printing.number(value)})
    elif isinstance(value, bool):
        yield _row(f"{name}_{'yes' if value else 'no'}")
    else:
        yield _row(f"{name}_{value}")


def said(record: Record) -> Mapping[str, str]:
    """Per subject of a criterion what the patient told last, ready to print as ``{yours}``."""
    told: dict[str, str] = {}
    markers = dict.fromkeys(item.marker for item in record.observations)
    latest = {m: newest((o for o in record.observations if o.marker == m), record.as_of) for m in markers}
    for observation in (item for items in latest.values() for item in reversed(items)):
        level = shown(observation)
        if level["value"]:
            assumed = observation.reading.note == "unit_assumed"
            unit = level["unit"] or (assumed_unit(observation) if assumed else "")
            told[observation.marker] = f"{level['value']} {unit}".strip()
    for name in _NUMBER_CONDITIONS:
        if (value := getattr(record.conditions, name)) is not None:
            told[name] = printing.number(value)
    if record.age is not None:
        told["age"] = printing.number(record.age)
    return told
