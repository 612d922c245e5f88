"""Dates of FHIR: when a result was taken, and how old the person is."""

from __future__ import annotations

import re
from datetime import date

from hepb.fhir.elements import Element, short
from hepb.fhir.notes import LeftOutError, Note

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T\d\d:\d\d.*)?)?)?", re.ASCII)
_MONTHS_OF_A_YEAR = 12
_WHOLE_YEARS_FROM = 3
"""From this age on it is counted in whole years, as people say it; below, months matter."""
_OLDEST = 120


def day_of(item: Element, report: Element | None, as_of: date) -> tuple[date | None, list[Note]]:
    """The day of a result and the notes on it; None where nothing tells it.

    Raises :class:`LeftOutError` for a date that cannot be read or lies after ``as_of``.
    """
    for holder, key, note in (
        (item, "effectiveDateTime", ""),
        (item, "effectiveInstant", ""),
        (item, "effectivePeriod", ""),
        (report, "effectiveDateTime", "date_of_report"),
        (report, "effectivePeriod", "date_of_report"),
        (item, "issued", "date_of_issue"),
        (report, "issued", "date_of_issue"),
    ):
        if holder is not None and (found := _written(holder, key)):
            notes = [Note(holder.place, note)] if note else []
            return _day(holder, key, found, as_of, notes), notes
    return None, [Note(item.place, "date_missing")]


def _written(holder: Element, key: str) -> str | None:
    if not key.endswith("Period"):
        return holder.text(key)
    period = holder.element(key)
    return None if period is None else period.text("end") or period.text("start")


def _day(holder: Element, key: str, text: str, as_of: date, notes: list[Note]) -> date:
    place = f"{holder.place}.{key}"
    day, whole = _read(text)
    if day is None:
        raise LeftOutError(Note(place, "date_unreadable", short(text)))
    if day > as_of:
        raise LeftOutError(Note(place, "date_in_future", day.isoformat()))
    if not whole:
        notes.append(Note(place, "date_partial", short(text)))
    if key.endswith("Period") and (period := holder.element(key)) and _lasts(period, day):
        notes.append(Note(place, "period"))
    return day


def _lasts(period: Element, day: date) -> bool:
    """Whether a period has an end that is not the day of its start (without an end, nobody knows)."""
    start = period.text("start")
    return start is not None and (period.text("end") is None or _read(start)[0] != day)


def _read(text: str) -> tuple[date | None, bool]:
    """The day (the first one where only month or year is written), and whether a day was written."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None, False
    try:
        return date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)), bool(match["day"])
    except ValueError:
        return None, False


def age_of(patient: Element, as_of: date) -> tuple[float | None, list[Note]]:
    """Age in years on ``as_of``: whole years, under three with the months. None where the birth date does not tell."""
    text = patient.text("birthDate")
    if text is None:
        return None, []
    born, whole = _read(text)
    place = f"{patient.place}.birthDate"
    if born is not None and not whole:
        return None, [Note(place, "birth_date_partial", short(text))]
    months = -1 if born is None else _months(born, as_of)
    if not 0 <= months < (_OLDEST + 1) * _MONTHS_OF_A_YEAR:
        return None, [Note(place, "birth_date_unusable", short(text))]
    years = months // _MONTHS_OF_A_YEAR
    return years if years >= _WHOLE_YEARS_FROM else round(months / _MONTHS_OF_A_YEAR, 3), []


def _months(born: date, as_of: date) -> int:
    """Full months of a life; -1 before birth."""
    months = (as_of.year - born.year) * _MONTHS_OF_A_YEAR + as_of.month - born.month
    return months - (as_of.day < born.day)
