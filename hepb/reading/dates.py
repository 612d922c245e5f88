"""Pipeline component: dates, and spans of time that last ("for eight months", "since 2019").

A date that can be read in two ways has no day, unless the text settles it (``open_dates``). A month or a year
stands for its first day as the date of a result, and for its last as a "since": the less is claimed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from spacy.tokens import Doc

from hepb.reading.calendar import latest_month, safe_date
from hepb.reading.columns import fill_columns
from hepb.reading.notes import Notes, Term, When
from hepb.reading.open_dates import settled
from hepb.reading.spans import amount_of_time, from_birth, relative
from hepb.reading.tokens import number_text

_DOTTED = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{2,4})")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d{4,9}")
_EARLIEST = 1990  # years before it are read as numbers where they stand beside a test
_LABEL_SIGNS = frozenset({":", "="})
_SEROLOGY_SIGNS = frozenset({"positive", "negative"})
_VALUE_SIGNS = frozenset({":", "=", "-"})
_YEARS = range(1950, 2100)
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_DAY_SIGNS = frozenset("-/.")
_DAY_TOKENS = 5
_FULL = 4  # digits of a year
_SHORT = 2  # digits of a day, a month, or a year without its century


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
        settled(notes)
        fill_columns(notes)
        return doc


def _at(notes: Notes, index: int) -> When | None:
    if number_text(notes.words[index]):
        return (
            _numeric(notes, index) or _with_month(notes, index) or amount_of_time(notes, index) or _year(notes, index)
        )
    return (
        _month_first(notes, index) or relative(notes, index) or from_birth(notes, index) or amount_of_time(notes, index)
    )


# --- numbers alone


def _numeric(notes: Notes, index: int) -> When | None:
    dotted = _DOTTED.fullmatch(notes.words[index])
    if dotted:
        return _day(index, index + 1, [int(part) for part in dotted.groups()], dotted=True)
    return _day_parts(notes, index) or _month_and_year(notes, index)


def _day_parts(notes: Notes, index: int) -> When | None:
    """``2024-03-01``, ``1/3/24``: three numbers with twice the same sign between them."""
    words = notes.words[index : index + _DAY_TOKENS]
    if len(words) < _DAY_TOKENS or words[1] != words[3] or words[1] not in _DAY_SIGNS:
        return None
    numbers = words[::2]
    if not all(word.isdecimal() for word in numbers):
        return None
    full = any(len(word) == _FULL for word in numbers[::2])
    short = words[1] == "/" and all(len(word) <= _SHORT for word in numbers)
    return _day(index, index + _DAY_TOKENS, [int(word) for word in numbers]) if full or short else None


def _month_and_year(notes: Notes, index: int) -> When | None:
    """``03/2024``."""
    month = notes.words[index]
    if _four_digits(notes, index) and notes.word(index + 1) == "-" and notes.word(index + 3) == ":":  # 2024-03:
        last = notes.word(index + 2)
        sound = len(last) == _SHORT and last.isdecimal() and int(last) in _MONTHS
        return When(index, index + 3, date(int(month), int(last), 1)) if sound else None
    if notes.word(index + 1) != "/" or not _four_digits(notes, index + 2) or not month.isdecimal():
        return None
    return When(index, index + 3, date(int(notes.words[index + 2]), int(month), 1)) if int(month) in _MONTHS else None


def _day(start: int, end: int, parts: list[int], *, dotted: bool = False) -> When | None:
    first, second, third = parts
    if first in _YEARS:
        day = safe_date(first, second, third)
    else:
        year = third if third in _YEARS else 2000 + third % 100
        as_day, as_month = safe_date(year, second, first), safe_date(year, first, second)
        if as_day and as_month and as_day != as_month and not dotted:  # 01/03/2024, but 01.03. is in March
            return When(start, end, about=min(as_day, as_month), either=(as_day, as_month))
        day = as_day or as_month
        if day is not None and as_day != as_month:
            return When(start, end, day, day_first=as_day is not None)
    return When(start, end, day) if day else None


def _before_test(notes: Notes, index: int) -> bool:
    name = notes.term("name", index)
    return name is not None and name.rule.category == "marker"


def _year(notes: Notes, index: int) -> When | None:
    word = notes.words[index]
    if not _four_digits(notes, index) or notes.term("unit", index + 1):
        return None
    opens = index == 0 or notes.word(index - 1) in {"(", ".", "\n", ",", ";"}
    closes = notes.word(index + 1) in {":", ")", "-", "=", "\n", ".", ","} or index + 1 == len(notes)
    if (
        _labels_value(notes, index)
        or notes.ending("before_year", index)
        or notes.ending("since", index)
        or notes.ending("event", index)
        or _goes_on(notes, index)
        or (opens and (closes or _before_test(notes, index + 1) or _before_value(notes, index)))
        or notes.word(index + 1) == ":"
    ):
        return When(index, index + 1, date(int(word), 1, 1))
    return None


def _goes_on(notes: Notes, index: int) -> bool:
    """A later year in a list of years: "in 2022, 2023 and 2024"."""
    before = index - 2
    listed = notes.covering("range_and", index - 1) is not None or notes.word(index - 1) == ","
    if not (listed and before in notes.whens and notes.whens[before].end == index - 1):
        return False
    return _four_digits(notes, before) and int(notes.words[before]) < int(notes.words[index]) <= notes.as_of.year


def _labels_value(notes: Notes, index: int) -> bool:
    """A past year between a test and its value, or behind the value: "ALT: 2023-45", "ALT 45-2023"."""
    year = int(notes.words[index])
    if not _EARLIEST <= year <= notes.as_of.year:
        return False
    before = index - (notes.word(index - 1) in _LABEL_SIGNS)
    if notes.word(index - 1) == "-" and _is_amount(notes, index - 2) and _names_test(notes, index - 2):
        return True
    if _beside_sign(notes, index):
        return True
    joint = notes.word(index + 1)
    place = index + 1 + (joint in _VALUE_SIGNS)
    if not _names_test(notes, before) or not _is_amount(notes, place) or notes.word(place + 1) == ":":
        return False
    if any(notes.term(layer, place + 1) for layer in ("years_old", "period", "sex", "sex_letter", "times", "scale")):
        return False
    return joint != "-" or float(notes.words[place].replace(",", "")) <= year or _is_one_of_several(notes, index)


def _beside_sign(notes: Notes, index: int) -> bool:
    """``HBsAg 2019 positive``, ``HBsAg positive 2019``: no printed value is needed where there is a sign."""
    before = notes.ending("name", index - (notes.word(index - 1) in _LABEL_SIGNS))
    behind = notes.term("name", index + 1)
    if _is_viral_load(before) and behind is not None and behind.rule.value == "undetectable":  # no number is
        return True
    if before is not None and before.rule.category == "sign":
        return before.rule.value in _SEROLOGY_SIGNS and _names_test(notes, before.start)
    named = before is not None and before.rule.category == "marker" and not _is_viral_load(before)
    return named and behind is not None and behind.rule.category == "sign" and behind.rule.value in _SEROLOGY_SIGNS


def _is_viral_load(name: Term | None) -> bool:
    return name is not None and name.rule.value == "HBV_DNA"


def _before_value(notes: Notes, index: int) -> bool:
    """A past year right before a printed value: "2026 3000 IU/mL"."""
    past = _EARLIEST <= int(notes.words[index]) <= notes.as_of.year
    return past and _is_amount(notes, index + 1) and notes.term("unit", index + 2) is not None


def _is_one_of_several(notes: Notes, index: int) -> bool:
    """Another year with its value follows: "2019-5000 IU/mL, 2020-3000 IU/mL"."""
    return any(
        _four_digits(notes, place) and notes.words[place - 1] in {",", ";"} and notes.word(place + 1) == "-"
        for place in range(index + 3, len(notes))
    )


def _names_test(notes: Notes, end: int) -> bool:
    name = notes.ending("name", end - (notes.word(end - 1) in _LABEL_SIGNS))
    return name is not None and name.rule.category == "marker"


def _is_amount(notes: Notes, index: int) -> bool:
    """A printed number that is not itself a year."""
    if _AMOUNT.fullmatch(notes.word(index)) is None:
        return False
    return not _four_digits(notes, index) or notes.term("unit", index + 1) is not None


# --- months by name


def _with_month(notes: Notes, index: int) -> When | None:
    """``3 March 2024``, ``3rd of March``, ``12 Jan``."""
    if not _is_day(notes, index):
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
    day = _month_day(notes, year, month.rule.value, int(notes.words[index]))
    return When(index, end, day) if day else None


def _month_first(notes: Notes, index: int) -> When | None:
    """``March 2024``, ``March 3rd, 2024``, ``Nov 22`` (a day or a year: no day), ``June``."""
    month = notes.term("month", index)
    if month is None:
        return None
    place = month.end + (notes.word(month.end) in {".", "-", "'", ",", "/"})
    if _four_digits(notes, place):
        return When(index, place + 1, date(int(notes.words[place]), month.rule.value, 1))
    listed = notes.word(month.end) == ","  # "60 in July, 30 last week": a month and the next value
    if (
        _is_day(notes, place)
        and not notes.term("unit", place + 1)
        and not (listed and _year_after(notes, place + 1)[0] is None)
    ):
        end = place + 1 + bool(notes.covering("ordinal", place + 1))
        year, last = _year_after(notes, end)
        if year:
            day = _month_day(notes, year, month.rule.value, int(notes.words[place]))
            return When(index, last, day) if day else None
        return When(index, end)
    named = notes.ending("since", index) or notes.ending("before_year", index)
    if notes.term("month_unsure", index) and not named and not notes.word(place)[:1].isdecimal():
        return None
    return When(index, month.end, latest_month(notes.as_of, month.rule.value))


def _month_day(notes: Notes, year: int | None, month: int, day: int) -> date | None:
    """The date; without a year the last such month."""
    return safe_date(year or latest_month(notes.as_of, month).year, month, day)


def _is_day(notes: Notes, index: int) -> bool:
    word = notes.word(index)
    return word.isdecimal() and len(word) <= _SHORT and int(word) in _DAYS


def _year_after(notes: Notes, place: int) -> tuple[int | None, int]:
    skip = place + (notes.word(place) in {",", "-", "/"})
    return (int(notes.words[skip]), skip + 1) if _four_digits(notes, skip) else (None, place)


def _four_digits(notes: Notes, index: int) -> bool:
    word = notes.word(index)
    return len(word) == _FULL and word.isdecimal() and int(word) in _YEARS


def _with_since(notes: Notes, when: When) -> When:
    """A date after "since" is the start of something that lasts."""
    since = notes.ending("since", when.start)
    if since is None or when.day is None or since.rule.kind == "birth":
        return when
    last = when.day
    words = notes.words[when.start : when.end]
    if len(words) == 1 and words[0].isdecimal():
        last = date(when.day.year, 12, 31)
    elif when.day.day == 1 and not any(word.isdecimal() and len(word) <= _SHORT for word in words):
        last = when.day.replace(day=monthrange(when.day.year, when.day.month)[1])
    return When(since.start, when.end, since=min(last, notes.as_of), lasting=True)
