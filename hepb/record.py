"""The record: what is known of one person, as it comes from outside.

``parse_record`` checks a plain dict against ``schemas/record.schema.json`` and gives a frozen :class:`Record`.
Each observation carries its :class:`hepb.printed_result.Reading`; what all of them mean together is said in
:mod:`hepb.facts`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from math import isnan
from pathlib import Path
from textwrap import shorten
from typing import Any

import fastjsonschema

from hepb.errors import RecordError
from hepb.printed_result import RESULT_FIELDS, PrintedResult, Reading, read_result
from hepb.thousands import is_ambiguous

MARKERS: tuple[str, ...] = (
    "HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM", "HBV_DNA", "ALT", "AST",
    "platelets", "AFP", "bilirubin", "INR", "albumin", "creatinine",
)  # fmt: skip
_LOOKED_AT = 1000
"""Characters of a refused value that are looked at to name it in an error."""
_NO_POINT = "a number, or text whose point cannot part thousands (25000 or 25)"
_SCHEMAS = Path(__file__).parent / "schemas"
COINFECTIONS: tuple[str, ...] = ("HIV", "HCV", "HDV")


@dataclass(frozen=True, slots=True)
class Observation:
    """One laboratory result. Fields as in ``docs/contract.md``; dates are ``datetime.date``.

    ``reading`` is the set of true values that the result leaves possible, in the marker's canonical unit.
    ``sequence``: place in time among the results of this marker that have no date, 1 the oldest.
    """

    marker: str
    reading: Reading
    value: float | str | tuple[float, float] | None = None
    unit: str | None = None
    date: date | None = None
    comparator: str | None = None
    interpretation: str | None = None
    reference_high: float | None = None
    flag: str | None = None
    since: date | None = None
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What else is known of the person. ``None`` means that nobody said anything about it."""

    on_treatment: bool | None = None
    cirrhosis: str | None = None
    fibrosis_stage: int | None = None
    inflammation_grade: int | None = None
    stiffness_kpa: float | None = None
    pregnant: bool | None = None
    immunosuppression: str | None = None
    coinfection: tuple[str, ...] | None = None
    family_history_hcc: bool | None = None
    family_history_cirrhosis: bool | None = None
    extrahepatic: bool | None = None
    diabetes: bool | None = None
    steatosis: bool | None = None
    transmission_risk: bool | None = None
    alcohol: bool | None = None
    hepatotoxic_drugs: bool | None = None
    alt_cause_excluded: bool | None = None
    dna_test_unavailable: bool | None = None
    infection_over_6_months: bool | None = None
    pregnancy_week: int | None = None
    birth_near: bool | None = None
    postpartum: bool | None = None
    ancestry: str | None = None
    immunosuppression_type: str | None = None
    kidney_disease: bool | None = None
    bone_disease: bool | None = None
    missed_doses: bool | None = None
    wishes_to_stop: bool | None = None
    stopped_treatment: bool | None = None
    recent_exposure: bool | None = None
    vaccinated: bool | None = None


CONDITIONS: tuple[str, ...] = tuple(field.name for field in fields(Conditions))
DETAILS: tuple[str, ...] = (
    "pregnancy_week", "birth_near", "postpartum", "ancestry", "immunosuppression_type", "kidney_disease",
    "bone_disease", "missed_doses", "wishes_to_stop", "stopped_treatment", "recent_exposure", "vaccinated",
)  # fmt: skip
"""Conditions on which no phase and no decision to treat rests: they refine the advice of a situation."""


@dataclass(frozen=True, slots=True)
class Record:
    """One person on one day. ``age`` in years; ``as_of`` is the day from which ages of results are counted."""

    as_of: date
    age: float | None = None
    sex: str | None = None
    observations: tuple[Observation, ...] = ()
    conditions: Conditions = Conditions()


def schema(name: str = "record") -> dict[str, Any]:
    """The JSON Schema of the record (or of the ``result``) as a dict."""
    return json.loads((_SCHEMAS / f"{name}.schema.json").read_text("utf8"))


@cache
def _validator() -> Any:
    whole = schema()
    plain = _plain(whole, whole["definitions"])
    return fastjsonschema.compile(plain, use_default=False, detailed_exceptions=True)


def _plain(part: Any, definitions: dict[str, Any]) -> Any:
    """The schema as records without nulls are checked: no "or null", which no error has to name, and no references.

    A reference costs a call and a name per observation.
    """
    if isinstance(part, dict):
        if "$ref" in part:
            return _plain(definitions[part["$ref"].rpartition("/")[2]], definitions)
        plain = {key: _plain(value, definitions) for key, value in part.items()}
        for key, null in (("type", "null"), ("enum", None)):
            if isinstance(plain.get(key), list):
                kept = [item for item in plain[key] if item != null]
                plain[key] = kept[0] if key == "type" and len(kept) == 1 else kept
        return plain
    return [_plain(item, definitions) for item in part] if isinstance(part, list) else part


def parse_record(data: object, today: date | None = None) -> Record:
    """Check a plain JSON object and make it a :class:`Record`.

    ``today`` replaces the clock where ``as_of`` is absent. Raises :class:`RecordError` with one line that
    names the field, the value and what is allowed.
    """
    if not isinstance(data, dict):
        raise RecordError("R002", value=_short(data))
    plain = _without_nulls(data)
    try:
        _validator()(plain)
    except fastjsonschema.JsonSchemaValueException as error:
        raise _record_error(error) from None
    as_of = _date("as_of", plain["as_of"]) if "as_of" in plain else today or date.today()  # noqa: DTZ011 (the day where the person is)
    conditions = dict(plain.get("conditions", {}))
    if "coinfection" in conditions:
        conditions["coinfection"] = tuple(conditions["coinfection"])
    _finite("conditions.stiffness_kpa", conditions.get("stiffness_kpa"))
    return Record(
        as_of=as_of,
        age=_finite("age", plain.get("age")),
        sex=plain.get("sex"),
        observations=tuple(
            _observation(item, f"observations[{index}]", as_of)
            for index, item in enumerate(plain.get("observations", ()))
        ),
        conditions=Conditions(**conditions),
    )


def _observation(item: dict[str, Any], where: str, as_of: date) -> Observation:
    if "reference_high" in item:
        _finite(f"{where}.reference_high", item["reference_high"])
    item = dict(item)
    for key in ("date", "since"):
        if key in item:
            item[key] = _past(item[key], f"{where}.{key}", as_of)
    value = item.get("value")
    if isinstance(value, list):
        item["value"] = (value[0], value[1])
    elif isinstance(value, (int, float)):
        _check_number(value, where)
    elif value is not None and "." in value and is_ambiguous(item["marker"], value, item.get("unit")):
        raise RecordError("R001", field=f"{where}.value", value=_short(value), allowed=_NO_POINT)
    printed = PrintedResult(*map(item.get, RESULT_FIELDS))
    return Observation(reading=read_result(printed, where), **item)


def _check_number(value: float, where: str) -> None:
    if isinstance(value, bool):
        raise RecordError("R001", field=f"{where}.value", value=value, allowed="a number, a printed result or a range")
    if not 0 <= value < float("inf"):
        raise RecordError("R001", field=f"{where}.value", value=value, allowed="a number from 0")


def _past(text: str, field: str, as_of: date) -> date:
    day = _date(field, text)
    if day > as_of:
        raise RecordError("R003", field=field, value=day, as_of=as_of)
    return day


def _finite(field: str, value: float | None) -> float | None:
    if value is not None and isnan(value):  # NaN passes every schema
        raise RecordError("R001", field=field, value=value, allowed="a number")
    return value


def _date(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RecordError("R001", field=field, value=_short(text), allowed="a date as YYYY-MM-DD") from None


def _without_nulls(record: dict[str, Any]) -> dict[str, Any]:
    """The record without the keys that are null: they are absent."""
    plain = _given(record)
    if isinstance(conditions := plain.get("conditions"), dict):
        plain["conditions"] = _given(conditions)
    if isinstance(observations := plain.get("observations"), list):
        plain["observations"] = [_given(item) if isinstance(item, dict) else item for item in observations]
    return plain


def _given(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value is not None}


def _record_error(error: fastjsonschema.JsonSchemaValueException) -> RecordError:
    field = "".join(f"[{part}]" if str(part).isdigit() else f".{part}" for part in error.path[1:])[1:] or "record"
    definition = error.rule_definition
    if error.rule == "additionalProperties":
        known = set(error.definition.get("properties", ()))
        unknown = sorted(set(error.value) - known)
        return RecordError("R001", field=field, value=f"key {_short(unknown[0])}", allowed=", ".join(sorted(known)))
    if error.rule == "required":
        return RecordError(
            "R001", field=field, value=_short(error.value), allowed=f"an object with {', '.join(definition)}"
        )
    allowed = {
        "enum": lambda: ", ".join(json.dumps(item) for item in definition),
        "type": lambda: definition if isinstance(definition, str) else " or ".join(definition),
        "minimum": lambda: f"from {definition}",
        "maximum": lambda: f"to {definition}",
        "exclusiveMinimum": lambda: f"over {definition}",
        "format": lambda: "a date as YYYY-MM-DD",
        "maxLength": lambda: f"at most {definition} characters",
    }.get(error.rule, lambda: f"{error.rule} {definition}")()
    return RecordError("R001", field=field, value=_short(error.value), allowed=allowed)


def _short(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        text = "[[[..."
    return shorten(text[:_LOOKED_AT], 60, placeholder="...")
