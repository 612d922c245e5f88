"""Small sums with dates; amounts of months may be fractions."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
_OLDEST = date(1900, 1, 1)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def before(day: date, count: float, period: str) -> date:
    """The date ``count`` periods (day, week, month, year, decade) before ``day``; never before 1900."""
    if period in _DAYS:
        back = min(count * _DAYS[period], (day - _OLDEST).days)
        return day - timedelta(days=max(0.0, back))
    months = round(count * _MONTHS[period])
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < _OLDEST.year:
        return _OLDEST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_month(as_of: date, month: int) -> date:
    """The first day of the last such month that has begun by ``as_of``."""
    return date(as_of.year if month <= as_of.month else as_of.year - 1, month, 1)
