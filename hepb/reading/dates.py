"""Pipeline component: dates, and spans of time that last ("for eight months", "since 2019").

A date that can be read in two ways has no day: it never decides which of two values is newer. A month or a year
stands for its first day as the date of a result, and for its last as a "since": the less is claimed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from spacy.tokens import Doc

from hepb.reading.calendar import before, latest_month, safe_date
from hepb.reading.notes import Notes, When
from hepb.reading.quantities import small_number
from hepb.reading.tokens import number_text

_DOTTED = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{2,4})")
_YEARS = range(1950, 2100)


class Dates:
    """Fills ``Notes.whens`` and takes their tokens, so that no part of a date is read as a result."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find the dates of one document."""
        notes: Notes = doc._.notes
        index = 0
        while index < len(notes):
            when = _at(notes, index)
            if when is None:
                index += 1
                continue
            when = _with_since(notes, when)
            notes.whens[when.start] = when
            notes.take(when.start, when.end)
            index = max(when.end, index + 1)
        return doc


def _at(notes: Notes, index: int) -> When | None:
    if number_text(notes.words[index]):
        return _numeric(notes, index) or _with_month(notes, index) or _amount(notes, index) or _year(notes, index)
    return _month_first(notes, index) or _relative_word(notes, index) or _birth(notes, index) or _amount(notes, index)


# --- numbers alone


def _numeric(notes: Notes, index: int) -> When | None:
    dotted = _DOTTED.fullmatch(notes.words[index])
    if dotted:
        return _day(index, index + 1, [int(part) for part in dotted.groups()])
    words = notes.words[index : index + 5]
    if len(words) < 3 or words[1] not in "-/." or not all(word.isdecimal() for word in words[::2]):
        return None
    if len(words) == 5 and words[3] == words[1] and any(len(word) == 4 for word in words[::4]):
        return _day(index, index + 5, [int(word) for word in words[::2]])
    if len(words) == 5 and words[3] == words[1] == "/" and all(len(word) <= 2 for word in words[::2]):
        return _day(index, index + 5, [int(word) for word in words[::2]])
    return _month_and_year(index, words) if words[1] == "/" else None


def _month_and_year(index: int, words: list[str]) -> When | None:
    month, year = int(words[0]), int(words[2])
    if 1 <= month <= 12 and year in _YEARS:
        return When(index, index + 3, date(year, month, 1))
    return None


def _day(start: int, end: int, parts: list[int]) -> When | None:
    first, second, third = parts
    if first in _YEARS:
        day = safe_date(first, second, third)
    else:
        year = third if third > 99 else 2000 + third
        candidates = {safe_date(year, first, second), safe_date(year, second, first)} - {None}
        if not candidates:
            return None
        if len(candidates) > 1:  # 01/03/2024: the day stays open, the year does not
            return When(start, end, about=min(candidates))
        day = candidates.pop()
    return When(start, end, day) if day else None


def _year(notes: Notes, index: int) -> When | None:
    word = notes.words[index]
    if not (word.isdecimal() and len(word) == 4 and int(word) in _YEARS) or notes.term("unit", index + 1):
        return None
    opens = index == 0 or notes.word(index - 1) in {"(", ".", "\n", ",", ";"}
    closes = notes.word(index + 1) in {":", ")", "-", "\n", ".", ","} or index + 1 == len(notes)
    if (
        notes.ending("before_year", index)
        or notes.ending("since", index)
        or (opens and closes)
        or notes.word(index + 1) == ":"
    ):
        return When(index, index + 1, date(int(word), 1, 1))
    return None


# --- months by name


def _with_month(notes: Notes, index: int) -> When | None:
    """``3 March 2024``, ``3rd of March``, ``12 Jan``."""
    day = small_number(notes, index)
    if day is None or not 1 <= day <= 31 or not notes.words[index].isdecimal():
        return None
    place = index + 1
    while (
        place < index + 3
        and not notes.term("month", place)
        and (notes.covering("ordinal", place) or notes.word(place) in {"-", "/"})
    ):
        place += 1
    month = notes.term("month", place)
    if month is None or (
        notes.term("month_unsure", place)
        and not _four_digits(notes, month.end)
        and place == index + 1
        and notes.word(month.end).isalpha()
    ):
        return None
    year, end = _year_after(notes, month.end)
    return _month_day(notes, index, end, year, month.rule.value, int(day))


def _month_first(notes: Notes, index: int) -> When | None:
    """``March 2024``, ``March 3rd, 2024``, ``Nov 22`` (a day or a year: no day), ``June``."""
    month = notes.term("month", index)
    if month is None:
        return None
    place = month.end + (notes.word(month.end) in {".", "-", "'", ",", "/"})
    if _four_digits(notes, place):
        return When(index, place + 1, date(int(notes.words[place]), month.rule.value, 1))
    if notes.word(place).isdecimal() and int(notes.word(place)[:3]) <= 31 and not notes.term("unit", place + 1):
        end = place + 1 + bool(notes.covering("ordinal", place + 1))
        year, last = _year_after(notes, end)
        if year:
            return _month_day(notes, index, last, year, month.rule.value, int(notes.words[place]))
        return When(index, end)
    if notes.term("month_unsure", index):
        return None
    return When(index, month.end, latest_month(notes.as_of, month.rule.value))


def _month_day(notes: Notes, start: int, end: int, year: int | None, month: int, day: int) -> When | None:
    if year is None:
        first = latest_month(notes.as_of, month)
        year = first.year
    found = safe_date(year, month, day)
    return When(start, end, found) if found else None


def _year_after(notes: Notes, place: int) -> tuple[int | None, int]:
    skip = place + (notes.word(place) in {",", "-", "/"})
    return (int(notes.words[skip]), skip + 1) if _four_digits(notes, skip) else (None, place)


def _four_digits(notes: Notes, index: int) -> bool:
    word = notes.word(index)
    return len(word) == 4 and word.isdecimal() and int(word) in _YEARS


# --- words


def _relative_word(notes: Notes, index: int) -> When | None:
    """``last year``, ``this month``, ``yesterday``, ``today``."""
    day = notes.term("relative_day", index)
    if day:
        return When(index, day.end, notes.as_of - timedelta(days=day.rule.value))
    last = notes.term("last_period", index)
    period = notes.term("period", last.end) if last else None
    if last is None or period is None or notes.words[last.end - 1] == "":
        return None
    day = before(notes.as_of, last.rule.value, period.rule.value)
    span = notes.covering("for_span", index)
    if span is not None and span.start < index:
        return When(span.start, period.end, since=day, lasting=True)
    return When(index, period.end, day)


def _birth(notes: Notes, index: int) -> When | None:
    since = notes.term("since", index)
    if since is None:
        return None
    if notes.term("birth", since.end):
        return When(index, notes.term("birth", since.end).end, lasting=True, from_birth=True)
    childhood = notes.term("childhood", since.end)
    return When(index, childhood.end, lasting=True) if childhood else None


def _amount(notes: Notes, index: int) -> When | None:
    """``two years ago``, ``for eight months``, ``six months later``, ``7 years``."""
    count = small_number(notes, index)
    if count is None:
        return None
    place = index + 1
    article = notes.term("article_one", index)
    if article and notes.term("number_word", index + 1):
        place = index + 2
    while place < index + 3 and notes.covering("half_more", place) and not notes.term("period", place):
        place += 1
    period = notes.term("period", place)
    if _after_sex(notes, index) or _after_relation(notes, index):
        return None
    if period is None or notes.term("years_old", place) or notes.term("months_old", place):
        return None
    ago = notes.term("ago", period.end)
    if ago:
        return When(index, ago.end, before(notes.as_of, count, period.rule.value))
    before_it = notes.ending("before_period", index)
    if before_it and not notes.term("later", period.end):
        return When(before_it.start, period.end, before(notes.as_of, count, period.rule.value))
    later = notes.term("later", period.end)
    if article and not notes.ending("for_span", index) and not later:
        return None
    return When(index, later.end if later else period.end, since=None if later else before(notes.as_of, count, period.rule.value), lasting=not later and bool(notes.ending("for_span", index)))  # fmt: skip


def _after_sex(notes: Notes, index: int) -> bool:
    """ "female, 29 years" is an age."""
    place = index - (notes.word(index - 1) in {",", "/", "-"})
    return bool(notes.ending("sex", place) or (place < index and notes.ending("sex_letter", place)))


def _after_relation(notes: Notes, index: int) -> bool:
    """ "my wife 28 yrs" is an age."""
    before_it = notes.ending("name", index)
    return before_it is not None and before_it.rule.category == "relation"


def _with_since(notes: Notes, when: When) -> When:
    """A date after "since" is the start of something that lasts."""
    since = notes.ending("since", when.start)
    if since is None or when.day is None or since.rule.kind == "birth":
        return when
    last = when.day
    words = notes.words[when.start : when.end]
    if len(words) == 1 and words[0].isdecimal():
        last = date(when.day.year, 12, 31)
    elif when.day.day == 1 and not any(word.isdecimal() and len(word) < 3 for word in words):
        last = when.day.replace(day=monthrange(when.day.year, when.day.month)[1])
    return When(since.start, when.end, since=min(last, notes.as_of), lasting=True)
