"""When a result was measured, as far as the words around it say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hepb.reading.drafts import Draft
from hepb.reading.events import is_of_event, tells_event
from hepb.reading.notes import Notes, When

_BEHIND = 5  # tokens between a value and the date behind it
_LEADING = 3  # tokens of "now it is at"
_HEADING = 10  # tokens of a line that is a heading for the lines below
_BETWEEN = frozenset({",", ";"})
_OF_TESTS = ("name", "filler", "link", "series", "unit", "for_span", "before_year", "now", "past", "abbreviation")
"""Layers of words that tell of nothing but a test and its day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``day`` of the measurement (or the two of which it is ``either``), and whether it is never current."""

    day: date | None = None
    either: tuple[date, date] | None = None
    never_current: bool = False


def moment_of(notes: Notes, draft: Draft, values: set[int]) -> Moment:
    """The moment of one draft; ``values`` are the first tokens of all values in the text."""
    at = draft.value_at
    if column := notes.columns.get(at):
        return Moment(column.day, column.either)
    start, end = notes.sentences[notes.sentence_of[at]]
    whens = [notes.whens[place] for place in range(start, end) if place in notes.whens]
    dated = [when for when in whens if (when.day or when.about) is not None and not is_of_event(notes, when, at)]
    when = _when(notes, draft, dated, values, start)
    never = is_before_treatment(notes, draft) or notes.ending("change_from", at) is not None
    day = when.day if when else None
    if not whens:
        day = _heading(notes, start, values if "past" in notes.cues[at] else set())
    return Moment(day, when.either if when else None, never)


def is_before_treatment(notes: Notes, draft: Draft) -> bool:
    """``Before treatment my ALT was 200``, ``ALT 200 before treatment``."""
    behind = notes.term("before_treatment", draft.end) is not None and draft.number is not None
    return behind or "before_treatment" in notes.cues[draft.value_at]


def _when(notes: Notes, draft: Draft, dated: list[When], values: set[int], start: int) -> When | None:
    at, end = draft.value_at, max(draft.end, draft.value_at + 1)
    earlier = max((place for place in values if place < at and place >= start), default=start - 1)
    after_value = earlier >= start
    between = [
        when
        for when in dated
        if earlier < when.start < at
        and not (after_value and _belongs_behind(notes, earlier, when) and not _leads_on(notes, when, values))
    ]
    behind = next((when for when in dated if when.start >= end), None)
    if behind is not None and _leads_on(notes, behind, values):
        behind = None
    if behind is not None and (behind.start - end > _BEHIND or _stopped(notes, end, behind.start, values)):
        behind = None
    if between and (behind is None or draft.start - between[-1].end < behind.start - end):
        return between[-1]
    if behind is not None:
        return behind
    if "past" in notes.cues[at]:
        return None
    leading = [when for when in dated if when.start < at]
    for when in reversed(leading):
        before_it = max((place for place in values if start <= place < when.start), default=-1)
        now = when.day == notes.as_of and notes.covering("relative_day", when.start) is not None
        if not _belongs_behind(notes, before_it, when) and not (now and _was(notes, at)):
            return when
    return None


def _was(notes: Notes, value: int) -> bool:
    """Whether a verb of the past stands right before a value: of "now 30 was 90" the second is not of today."""
    return any(notes.covering("tense_past", place) for place in (value - 1, value - 2))


def _leads_on(notes: Notes, when: When, values: set[int]) -> bool:
    """Whether a "now" leads to the value behind it, which has no day of its own: "was undetectable now 3200"."""
    if notes.covering("relative_day", when.start) is None or when.day != notes.as_of:
        return False
    place = when.end
    while place < when.end + _LEADING and notes.covering("filler", place) and place not in values:
        place += 1
    return place in values and not any(at in notes.whens for at in range(place + 1, place + _BEHIND))


def _belongs_behind(notes: Notes, value: int, when: When) -> bool:
    """A date right behind the value before: "120 in 2019, 45 now"."""
    if value < 0 or when.start - value > _BEHIND + 3:
        return False
    if _bracketed_with_value(notes, value, when.start):  # "24 (May 2026: 77)"
        return False
    return not any(_separates(notes, place) for place in range(value, when.start))


def _separates(notes: Notes, index: int) -> bool:
    slash = notes.words[index] == "/" and not (notes.glued(index) or notes.glued(index + 1))
    return slash or notes.words[index] in _BETWEEN or notes.covering("new_item", index) is not None


def _stopped(notes: Notes, start: int, end: int, values: set[int]) -> bool:
    between = range(start, end)
    if any(_separates(notes, place) or place in values for place in between):
        return True
    return _bracketed_with_value(notes, start, end)


def _bracketed_with_value(notes: Notes, start: int, end: int) -> bool:
    """Whether a bracket opens between two tokens and holds a number of its own."""
    bracket = next((place for place in range(start, end) if notes.words[place] == "("), None)
    return bracket is not None and any(place in notes.numbers for place in range(bracket, _closing(notes, end)))


def _closing(notes: Notes, index: int) -> int:
    """The bracket that closes behind a token, at most a short sentence on."""
    return next((place for place in range(index, min(index + 20, len(notes))) if notes.words[place] == ")"), index)


def _heading(notes: Notes, start: int, values: set[int]) -> date | None:
    """The date of a short line above, on which stands nothing else: none of ``values``."""
    number = notes.sentence_of[start] - 1
    while number >= 0:
        begin, end = notes.sentences[number]
        days = [notes.whens[place].day for place in range(begin, end) if place in notes.whens]
        if any(days):
            return next(day for day in days if day) if _heads(notes, begin, end, values) else None
        if notes.words[end - 1][0] != "\n":
            return None
        number -= 1
    return None


def _heads(notes: Notes, begin: int, end: int, values: set[int]) -> bool:
    """Whether a sentence with a date only tells the day of what follows: a title, or a test that was done then."""
    if end - begin > _HEADING or any(place in values for place in range(begin, end)) or tells_event(notes, begin, end):
        return False
    if notes.words[end - 1][0] == "\n" or any(notes.covering("test_word", place) for place in range(begin, end)):
        return True
    return not any(_tells_more(notes, place) for place in range(begin, end - 1))


def _tells_more(notes: Notes, index: int) -> bool:
    if index in notes.taken or not notes.words[index].isalpha():
        return False
    return not any(notes.covering(layer, index) for layer in _OF_TESTS)
