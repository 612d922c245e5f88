"""Taking what was said into the record. Pure functions on the contract form of a record (a plain dict)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.order import DATES, same_result, with_newest
from actions.words import age_of, sex_of, without_correction, without_small_words
from hepb.assays import assays
from hepb.criteria import CHOICES
from hepb.errors import RecordError
from hepb.printed_result import RESULT_FIELDS, SEROLOGY, PrintedResult, read_printed, read_result
from hepb.record import COINFECTIONS, CONDITIONS, MARKERS, parse_record
from hepb.thousands import read_point

Record = dict[str, Any]

DENIED: Mapping[str, Any] = {"cirrhosis": "none", "immunosuppression": "none", "coinfection": []}
"""What "no" means for a condition that is not simply true or false."""
ABSENT: Mapping[str, Any] = {**DENIED, "infection_over_6_months": True}
"""What "none of these" means: a question lists the unusual, and an infection is usually an old one."""

_RISKS = CHOICES["immunosuppression_type"]
"""Kinds of treatment that hold down immunity, the riskiest first."""
_OBSERVATION_KEYS = (
    "value", "unit", "date", "comparator", "interpretation", "reference_high", "flag", "since", "sequence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A record after something was taken in. ``taken`` and ``refused``: names of markers and conditions."""

    record: Record
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def is_usable(record: Record) -> bool:
    """Whether the core accepts the record."""
    try:
        parse_record(record)
    except RecordError:
        return False
    return True


def take_finding(record: Record, finding: Mapping[str, Any], *, beside: bool = False) -> Change:
    """The record with one finding in it. A finding that the core would refuse leaves it as it was.

    A result takes the place of that of the same day, or of those without a date; ``beside``: it does not.
    """
    name, value = finding["name"], finding.get("value")
    if name in MARKERS:
        changed = _with_observation(record, finding, beside=beside)
    elif name in COINFECTIONS:
        changed = _with_coinfection(record, name, present=value is not False)
    elif name in CONDITIONS:
        changed = with_condition(record, name, DENIED.get(name, value) if value is False else value)
    elif name in {"age", "sex"}:
        changed = {**record, name: value}
    else:
        return Change(record)
    return Change(changed, taken=(name,)) if is_usable(changed) else Change(record, refused=(name,))


def is_outdated(finding: Mapping[str, Any], findings: tuple[dict[str, Any], ...]) -> bool:
    """An older value without a date or an order, beside a newer one of the same marker: it has no place in time.

    So with all that a shorthand said which a newer one replaced ("was big three, now small three").
    """
    if finding["name"] not in MARKERS or finding.get("current", True):
        return False
    newer = any(other.get("current") and other["name"] == finding["name"] for other in findings)
    placed = finding.get("date") or finding.get("sequence")
    return bool(finding.get("implied")) or (newer and not placed)


def with_others(others: Mapping[str, Record], findings: tuple[dict[str, Any], ...], owner: str) -> dict[str, Record]:
    """The records put away, with what was told in passing of anybody but ``owner``, the patient included."""
    kept = dict(others)
    for finding in findings:
        person = finding.get("person")
        plain = not finding.get("doubt") and not finding.get("implied")
        if plain and person and person != owner:
            kept[person] = take_finding(kept.get(person, {}), finding).record
    return kept


def with_condition(record: Record, name: str, value: Any) -> Record:
    """The record with one condition set. Of several treatments that hold down immunity the riskiest kind stays."""
    told = record.get("conditions", {})
    if name == "immunosuppression_type" and told.get(name) in _RISKS:
        value = min(told[name], value, key=lambda kind: _RISKS.index(kind) if kind in _RISKS else len(_RISKS))
    if name == "immunosuppression" and value == "none":
        told = {key: kept for key, kept in told.items() if key != "immunosuppression_type"}
    return {**record, "conditions": {**told, name: value}}


def without(record: Record, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names among ``names`` of which the record says nothing."""
    said = {item["marker"] for item in record.get("observations", [])} | set(record.get("conditions", {}))
    return tuple(name for name in names if name not in said and record.get(name) is None)


def with_absent(record: Record, names: tuple[str, ...]) -> Record:
    """The record with every condition of ``names`` that is still unsaid set to absent."""
    for name in without(record, names):
        if name in CONDITIONS:
            record = with_condition(record, name, ABSENT.get(name, False))
    return record


def with_item(record: Record, item: str, value: Any) -> Change:
    """The record with the answer of one button in it: a condition, a sign, a unit, age or sex."""
    if item in MARKERS:
        finding = value if isinstance(value, dict) else {"interpretation": value}
        return take_finding(record, {"name": item, **finding})
    if item == "HBV_DNA_unit":
        changed = _last_changed(record, "HBV_DNA", {"unit": _in_log(record, value)})
    elif item == "HBV_DNA_sign":
        changed = _last_changed(record, "HBV_DNA", {"interpretation": value})
    elif item == "ALT_since":
        changed = _last_changed(record, "ALT", {"since": value})
    elif item.startswith(DATES):
        return Change(with_newest(record, item.removeprefix(DATES), value), taken=(item.removeprefix(DATES),))
    elif item in COINFECTIONS:
        changed = _with_coinfection(record, item, present=bool(value))
    else:
        return take_finding(record, {"name": item, "value": value})
    return Change(changed, taken=(item,)) if is_usable(changed) else Change(record, refused=(item,))


def read_bare(item: str, text: str) -> dict[str, Any] | None:
    """The finding in a bare answer to the question for ``item`` ("96", "negative", "IU/mL"); None when it is none.

    Only whole answers count: a value as a report prints it, with or without a known unit, and nothing else.
    """
    plain = text.strip().strip(".!").strip()
    if item == "HBV_DNA_unit":
        unit = assays().unit("HBV_DNA", assays().spoken_unit("HBV_DNA", plain))
        return {"name": item, "value": unit.name} if unit else None
    if item == "age":
        years = age_of(plain)
        return None if years is None else {"name": item, "value": years}
    if item == "sex":
        sex = sex_of(plain)
        return {"name": item, "value": sex} if sex else None
    if item not in MARKERS or not plain:
        return None
    words = (without_small_words(plain) if item in SEROLOGY else plain).split()
    for end in range(len(words), 0, -1):
        value, unit = " ".join(words[:end]), " ".join(words[end:])
        value, doubt = read_point(item, value, unit or None)
        finding = {"name": item, "kind": "marker", "value": value, "unit": unit or None}
        if doubt:
            finding |= {"doubt": doubt, "text": plain}
        if (not unit or assays().unit(item, unit)) and take_finding({}, finding).taken:
            return finding
    return None


def read_newest(record: Record, item: str, text: str) -> dict[str, Any] | None:
    """The finding in a bare answer ("80", "negative") to the question which result is the newest; None in any other."""
    if not item.startswith(DATES):
        return None
    marker = item.removeprefix(DATES)
    finding = read_bare(marker, text)
    place = same_result(record, marker, finding) if finding else None
    return None if place is None else {"name": item, "value": place}


def read_correction(record: Record, marker: str, text: str) -> dict[str, Any] | None:
    """The finding that puts the last result of ``marker`` right ("no, 58"); None when the text does not do so.

    Date and unit stay as they were told. A number corrects only a number, and a sign only a sign.
    """
    told = [item for item in record.get("observations", []) if item["marker"] == marker]
    plain = without_correction(text)
    finding = read_bare(marker, plain) if told and plain else None
    if finding is None or _has_number(finding) != _has_number(told[-1]):
        return None
    kept = {key: told[-1].get(key) for key in ("date", "since", "reference_high")}
    return {**kept, **finding, "unit": finding["unit"] or told[-1].get("unit")}


def lacks_sign(finding: Mapping[str, Any]) -> bool:
    """Whether a serology result is a number that does not say which sign it means."""
    if finding["name"] not in SEROLOGY or not finding.get("current", True):
        return False
    result = {key: tuple(part) if isinstance(part := finding.get(key), list) else part for key in RESULT_FIELDS[1:]}
    return read_result(PrintedResult(finding["name"], **result), finding["name"]).note == "index_without_flag"


def with_sign(number: Mapping[str, Any], finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result of which only the ``number`` was known, with the sign that ``finding`` gives; else ``finding``."""
    said = finding.get("interpretation")
    if said is None and isinstance(finding.get("value"), str):
        said = read_printed(finding["value"], finding["name"], assays()).interpretation
    return {**number, "interpretation": said, "doubt": None} if said and not _has_number(finding) else finding


def _has_number(result: Mapping[str, Any]) -> bool:
    return any(character.isdigit() for character in str(result.get("value")))


def lacks_unit(record: Record) -> bool:
    """Whether a viral load was told without its unit."""
    units = (item.get("unit") or "" for item in record.get("observations", []) if item["marker"] == "HBV_DNA")
    return any(not unit or assays().is_logarithm(unit) for unit in units)


def _in_log(record: Record, unit: str) -> str:
    """The unit that is named for a viral load of which it was said that it is a logarithm."""
    loads = [item for item in record.get("observations", []) if item["marker"] == "HBV_DNA"]
    is_log = bool(loads) and assays().is_logarithm(loads[-1].get("unit") or "")
    return f"log10 {unit}" if is_log and assays().unit("HBV_DNA", f"log10 {unit}") else unit


def _with_observation(record: Record, finding: Mapping[str, Any], *, beside: bool) -> Record:
    marker = finding["name"]
    new = {"marker": marker}
    new.update({key: finding[key] for key in _OBSERVATION_KEYS if finding.get(key) is not None})
    if "unit" in new:
        new["unit"] = assays().spoken_unit(marker, new["unit"])
    if "sequence" in new:
        new.pop("date", None)  # "now": the last of those told in order
    told = record.get("observations", [])
    if beside:
        return {**record, "observations": [*told, new]}
    kept = [item for item in told if (item["marker"], item.get("date")) != (marker, new.get("date"))]
    if "date" in new:  # one of several without a date is told again with it
        kept = [item for item in kept if not ("sequence" in item and item["marker"] == marker and _alike(item, new))]
    return {**record, "observations": [*kept, new]}


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(key) == other.get(key) for key in ("value", "comparator", "interpretation"))


def _with_coinfection(record: Record, name: str, *, present: bool) -> Record:
    known = record.get("conditions", {}).get("coinfection")
    listed = [item for item in known or [] if item != name]
    if present:
        listed.append(name)
    elif known is None:
        return record
    return with_condition(record, "coinfection", listed)


def _last_changed(record: Record, marker: str, change: Mapping[str, Any]) -> Record:
    """The newest observation of ``marker`` (the last one told where no date says otherwise) with a change."""
    observations = list(record.get("observations", []))
    places = [place for place, item in enumerate(observations) if item["marker"] == marker]
    if not places:
        return record
    newest = max(places, key=lambda place: (observations[place].get("date") or "9999", place))
    observations[newest] = {**observations[newest], **change}
    return {**record, "observations": observations}
