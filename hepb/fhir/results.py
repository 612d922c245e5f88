"""One Observation becomes an observation of the record, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hepb.errors import RecordError
from hepb.fhir.codes import TestCode, codes
from hepb.fhir.days import day_of
from hepb.fhir.elements import Element, short
from hepb.fhir.notes import LeftOutError, Note
from hepb.fhir.persons import is_patient
from hepb.fhir.values import Value, unit_of, value_of
from hepb.fhir.walk import Result, subject_names
from hepb.printed_result import SEROLOGY
from hepb.record import parse_record

_FINAL = frozenset({"final", "amended", "corrected", "appended"})
_MARKED = {"preliminary": "preliminary", "partial": "preliminary"}
_WITHDRAWN = frozenset({"entered-in-error", "cancelled"})
_CHANGING = (("modifierExtension", "modifier_extension"), ("implicitRules", "implicit_rules"))


@dataclass(frozen=True)
class Taken:
    """A result that counts: as an observation of a record, or of another virus (``test.virus``)."""

    place: str
    test: TestCode
    observation: dict[str, Any]
    notes: tuple[Note, ...]


def taken_from(result: Result, as_of: date, *, is_named: bool) -> Iterator[Taken | Note]:
    """The result, or those of its components; a note for what is left out.

    ``is_named``: the file names a person elsewhere. Raises :class:`hepb.errors.FhirError` for wrong types.
    """
    item = result.item
    try:
        marks = [*_state(result), *_subject(result, is_named=is_named)]
    except LeftOutError as left:
        yield left.note
        return
    parts = item.elements("component")
    valued = any(key.startswith("value") for key in item.data)
    if not parts or valued or item.has("dataAbsentReason"):
        yield _taken(item, result, as_of, marks)
    for part in parts:
        yield _taken(part, result, as_of, marks)


def _taken(part: Element, result: Result, as_of: date, marks: list[Note]) -> Taken | Note:
    try:
        taken = _read(part, result, as_of)
        if taken.test.marker:
            parse_record({"observations": [taken.observation]}, as_of)
    except LeftOutError as left:
        return left.note
    except RecordError as error:
        return Note(part.place, "refused", str(error))
    return replace(taken, notes=(*marks, *taken.notes))


def _read(part: Element, result: Result, as_of: date) -> Taken:
    _unchanged(part)
    test = _test(part)
    observation, notes = _observation(part, test, value_of(part, test), _interpretation(part))
    if "interpretation" not in observation and (test.virus or "value" not in observation):
        raise LeftOutError(Note(part.place, "no_word" if test.virus else "no_value"))
    day, remarks = day_of(result.item, result.report, as_of)
    if day is not None:
        observation["date"] = day.isoformat()
    unsure = () if test.sure else (Note(part.place, "code_unverified", test.code),)
    return Taken(part.place, test, observation, (*unsure, *notes, *remarks))


def _state(result: Result) -> Iterator[Note]:
    """Whether the result counts by its status and that of its report. Raises :class:`LeftOutError`."""
    item, report = result.item, result.report
    _unchanged(item)
    if report is not None:
        _unchanged(report)
        if (status := report.text("status")) in _WITHDRAWN:
            raise LeftOutError(Note(item.place, "report_withdrawn", status or ""))
        if status in _MARKED:
            yield Note(item.place, _MARKED[status])
    status = item.text("status")
    if status is None:
        raise LeftOutError(Note(item.place, "status_missing"))
    if status in _MARKED:
        yield Note(item.place, _MARKED[status])
    elif status not in _FINAL:
        raise LeftOutError(Note(item.place, "status_not_final", short(status)))


def _unchanged(item: Element) -> None:
    for key, note in _CHANGING:
        if item.has(key):
            raise LeftOutError(Note(item.place, note))


def _subject(result: Result, *, is_named: bool) -> Iterator[Note]:
    if result.item.elements("focus"):
        raise LeftOutError(Note(result.item.place, "focus"))
    names = subject_names(result.item, result.report)
    if not is_patient(names):
        raise LeftOutError(Note(result.item.place, "subject_not_patient", short(min(names))))
    if not names and is_named:
        yield Note(result.item.place, "subject_missing")


def _test(part: Element) -> TestCode:
    """What the codes name. Raises :class:`LeftOutError` where it is no test that is read, or more than one."""
    concept = part.element("code")
    codings = () if concept is None else concept.elements("coding")
    known = [codes().tests[code] for coding in codings if (code := _loinc(coding)) in codes().tests]
    if len({(test.marker, test.virus) for test in known}) > 1:
        raise LeftOutError(Note(part.place, "codes_disagree", ", ".join(test.code for test in known)))
    if known:
        return min(known, key=lambda test: (not test.units, not test.sure))
    named = [f"{c.text('display') or ''} {c.text('system') or ''} {c.text('code') or ''}".strip() for c in codings]
    text = "" if concept is None else concept.text("text") or ""
    raise LeftOutError(Note(part.place, "code_unknown", short(", ".join(named) or text)))


def _loinc(coding: Element) -> str | None:
    return coding.text("code") if coding.text("system") == codes().loinc else None


def _interpretation(part: Element) -> dict[str, str]:
    """``interpretation`` and ``flag`` of a record. Raises :class:`LeftOutError` where codes contradict each other."""
    means, flags, unknown = set(), [], []
    for concept in part.elements("interpretation"):
        for coding in concept.elements("coding"):
            key = (coding.text("system") or "", coding.text("code") or "")
            if key in codes().flags:
                flags.append(key[1])
            elif word := codes().answers.get(key):
                means.add(word)
            else:
                unknown.append(short(key[1]))
        if not concept.elements("coding") and (text := concept.text("text")):
            unknown.append(short(text))
    if len(means) > 1:
        raise LeftOutError(Note(f"{part.place}.interpretation", "answers_disagree"))
    found = {"interpretation": means.pop()} if means else {}
    if flags:
        found["flag"] = flags[0]
    return {**found, "unknown": ", ".join(unknown)} if unknown else found


def _observation(
    part: Element, test: TestCode, value: Value, words: dict[str, str]
) -> tuple[dict[str, Any], tuple[Note, ...]]:
    notes = [Note(part.place, value.in_doubt)] if value.in_doubt else []
    if unknown := words.pop("unknown", ""):
        notes.append(Note(f"{part.place}.interpretation", "interpretation_unknown", unknown))
    meant = {value.interpretation, words.get("interpretation")} - {None}
    if len({_sign(word) for word in meant}) > 1:
        raise LeftOutError(Note(part.place, "answers_disagree"))
    limit, remarks = _upper_limit(part, test, value)
    observation = {
        "marker": test.marker,
        "value": list(value.value) if isinstance(value.value, tuple) else value.value,
        "unit": value.unit,
        "comparator": value.comparator,
        "interpretation": words.get("interpretation") or value.interpretation,
        "reference_high": limit,
        "flag": words.get("flag"),
    }
    return {key: told for key, told in observation.items() if told is not None}, (*notes, *remarks)


def _sign(word: str | None) -> str:
    return {"detected": "positive", "undetectable": "negative"}.get(word or "", word or "")


def _upper_limit(part: Element, test: TestCode, value: Value) -> tuple[float | None, tuple[Note, ...]]:
    """The laboratory's own upper limit in the unit of the value, and why a reference range is not used."""
    ranges = part.elements("referenceRange")
    if not ranges:
        return None, ()
    place = ranges[0].place
    if len(ranges) > 1:
        return None, (Note(place, "reference_not_used", "there are several"),)
    high, low = ranges[0].element("high"), ranges[0].element("low")
    limit = None if high is None else high.number("value")
    if high is None or limit is None or limit <= 0:
        return None, (Note(place, "reference_not_used", "no upper limit as a number"),)
    if test.marker in SEROLOGY and low is not None and (low.number("value") or 0) > 0:
        return None, (Note(place, "reference_not_used", "it is no limit between negative and positive"),)
    try:
        unit = unit_of(high, test)
    except LeftOutError:
        unit = "not known"
    if unit is not None and unit != value.unit:
        return None, (Note(place, "reference_not_used", "its unit is not that of the value"),)
    return limit, ()
