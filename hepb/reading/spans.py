"""Points in time and spans in words: "last year", "two years ago", "for eight months", "since birth"."""

from __future__ import annotations

from datetime import timedelta

from hepb.reading.calendar import before
from hepb.reading.notes import Notes, Term, When
from hepb.reading.quantities import small_number
from hepb.reading.tokens import number_text

ADULT = 18  # years from which a bare number of years is read as an age; fewer may be how long an infection lasts
_ENDS = frozenset({"", ",", ".", ";", "\n"})
_WORDS_BETWEEN = 2  # words between a count and its unit of time


def relative(notes: Notes, index: int) -> When | None:
    """``last year``, ``this month``, ``yesterday``, ``today``."""
    day = notes.term("relative_day", index)
    if day:
        return When(index, day.end, notes.as_of - timedelta(days=day.rule.value))
    last = notes.term("last_period", index)
    period = notes.term("period", last.end) if last else None
    if last is None or period is None:
        return None
    day = before(notes.as_of, last.rule.value, period.rule.value)
    span = notes.covering("for_span", index)
    if span is not None and span.start < index:
        return When(span.start, period.end, since=day, lasting=True)
    return When(index, period.end, day)


def from_birth(notes: Notes, index: int) -> When | None:
    """``since birth``, ``since childhood``."""
    since = notes.term("since", index)
    if since is None:
        return None
    if notes.words[since.end : since.end + 2] == ["i", "was"] and small_number(notes, since.end + 2) is not None:
        return When(index, since.end + 3, lasting=True)  # "since I was 12"
    if notes.term("birth", since.end):
        return When(index, notes.term("birth", since.end).end, lasting=True, from_birth=True)
    childhood = notes.term("childhood", since.end)
    return When(index, childhood.end, lasting=True) if childhood else None


def amount_of_time(notes: Notes, index: int) -> When | None:
    """``two years ago``, ``for eight months``, ``six months later``, ``7 years``; not an age."""
    count = small_number(notes, index)
    period = _period_after(notes, index)
    if count is None or period is None or _is_age(notes, index, period):
        return None
    day = before(notes.as_of, count, period.rule.value)
    ago, later = notes.term("ago", period.end), notes.term("later", period.end)
    if ago:
        return When(index, ago.end, day)
    if later:
        return When(index, later.end)
    before_it = notes.ending("before_period", index)
    if before_it:  # "before two years", as some say for "two years ago"
        return When(before_it.start, period.end, day)
    lasting = notes.ending("for_span", index) is not None
    bare = notes.term("article_one", index) is not None and not lasting  # "a year" alone says nothing
    return None if bare else When(index, period.end, since=day, lasting=lasting)


def _period_after(notes: Notes, index: int) -> Term | None:
    """The unit of time behind a count: "2 years", "a couple of weeks", "one and a half years"."""
    place = index + 1
    if notes.term("article_one", index) and notes.term("number_word", place):
        place += 1
    last = place + _WORDS_BETWEEN
    while place < last and notes.covering("half_more", place) and not notes.term("period", place):
        place += 1
    return notes.term("period", place)


def _is_age(notes: Notes, index: int, period: Term) -> bool:
    """An age, not a span: "female, 29 years", "my wife 28 yrs", "3 years old"; but not "a baby 3 weeks ago"."""
    if notes.term("years_old", period.start) or notes.term("months_old", period.start):
        return True
    if alone_as_age(notes, index) or _after_label(notes, index):
        return True
    behind = notes.term("name", period.end)  # "my 8 month baby"
    if behind is not None and behind.rule.value == "child":
        return True
    return _before_sex(notes, index, period.end) or (
        (_after_sex(notes, index) or _after_relation(notes, index)) and not notes.term("ago", period.end)
    )


def _after_label(notes: Notes, index: int) -> bool:
    """An age, not a span: "Age: 44 Y"."""
    place = index - (notes.word(index - 1) in {":", "-", "=", "/"})
    return notes.ending("age_word", place) is not None or notes.ending("age_word", index) is not None


def _after_sex(notes: Notes, index: int) -> bool:
    """An age, not a span: "female, 29 years"."""
    place = index - (notes.word(index - 1) in {",", "/", "-"})
    return bool(notes.ending("sex", place) or (place < index and notes.ending("sex_letter", place)))


def _before_sex(notes: Notes, index: int, end: int) -> bool:
    """An age, not a span: "38 y female", "38 yrs, F"; but not "for 3 years male"."""
    place = end + (notes.word(end) in {",", "/", "-"})
    letter = notes.term("sex_letter", place)
    capital = letter is not None and notes.raw(letter.start, letter.end).isupper()
    return notes.ending("for_span", index) is None and (capital or notes.term("sex", place) is not None)


def _after_relation(notes: Notes, index: int) -> bool:
    """An age, not a span: "my wife 28 yrs"."""
    before_it = notes.ending("name", index)
    return before_it is not None and before_it.rule.category == "relation"


def alone_as_age(notes: Notes, index: int) -> bool:
    """An age of an adult between commas, behind a value or at the start: "ALT 15, 31 years", "31 years, ALT 15"."""
    count, period = small_number(notes, index), notes.term("period", index + 1)
    if count is None or count < ADULT or period is None or period.rule.value != "year":
        return False
    if notes.word(period.end) not in _ENDS:
        return False
    if index == 0:
        return True
    value = index - 2
    return notes.word(index - 1) == "," and (
        number_text(notes.word(value) or "-") or bool(notes.covering("unit", value))
    )
