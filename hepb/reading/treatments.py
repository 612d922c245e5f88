"""What is said of a treatment: taken, planned, denied, ended, or nothing that counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hepb.reading.answers import answer_behind
from hepb.reading.calendar import before
from hepb.reading.durations import first_day
from hepb.reading.findings import SELF
from hepb.reading.notes import Notes, Term, When
from hepb.reading.stops import stop_before, stop_behind

BARRED = frozenset({"hypothetical", "general", "question", "uncertain", "becoming", "open_denial"})
IMMUNOSUPPRESSANTS = frozenset({"immunosuppressant", "transplant"})
SAYS_NOTHING = object()
_STOP_REACH = 5
_TOOK_REACH = 3
_COMING_REACH = 4  # tokens behind a treatment in which "next month" says that it is still to come
_PLAN_REACH = 6
_TAKING_REACH = 7
_TAKING = ("started", "took", "in_use", "missed")
_SOMEBODY = ("self_pronoun", "he_pronoun", "she_pronoun", "own_relation")
_AROUND = frozenset({"before", "during", "after"})
_BESIDE = 2  # tokens between a treatment and "everyone"
_IS = frozenset({":", "is", "="})


def denied(notes: Notes, term: Term) -> bool:
    """Whether a denial stands before a term, or right behind it ("cirrhosis: no")."""
    if "negation" in notes.cues[term.start] and not notes.covering("negation", term.start):
        return True
    answer = answer_behind(notes, term.end)
    if answer is not None:
        return answer.rule.value == "negative"
    after = notes.term("negation_after", term.end) or (
        notes.term("negation_after", term.end + 1)
        if (notes.covering("filler", term.end) and not _of_result(notes, term.end)) or notes.covering("link", term.end)
        else None
    )
    return after is not None and not (after.start > term.end and _of_result(notes, term.end))


def _of_result(notes: Notes, index: int) -> bool:
    """A test's name, whose "not detected" denies no treatment before it ("on TDF DNA not detected")."""
    name = notes.covering("name", index)
    return name is not None and name.rule.category == "marker"


def drug(notes: Notes, term: Term) -> Any:
    """A drug that is taken, was stopped, or is only spoken of."""
    cues = notes.cues[term.start]
    before_it = stop_before(notes, term.start, "stopped")
    behind_it = stop_behind(notes, term.end)
    if cues & {"hypothetical", "general", "planned", "before_treatment", "open_denial"} or _is_still_to_begin(
        notes, term
    ):
        return SAYS_NOTHING
    if ("question" in cues or "uncertain" in cues) and "assertion" not in cues:
        return SAYS_NOTHING
    if not before_it and _long_ago(notes, term, "old_medicine"):
        return SAYS_NOTHING
    if before_it and notes.ending("negation", before_it.start):  # "I have not stopped entecavir"
        return term.rule.value
    if before_it or behind_it or denied(notes, term):
        return term.rule.negated
    return term.rule.value if _is_told(notes, term) and not _only_took(notes, term) else SAYS_NOTHING


def _is_still_to_begin(notes: Notes, term: Term) -> bool:
    """``I will start tenofovir``, ``starting entecavir next week``."""
    ahead = notes.ending("not_begun", term.start)
    if ahead is None:
        return False
    start, end = notes.sentences[notes.sentence_of[term.start]]
    return ahead.rule.kind != "soon" or any(notes.term("coming_therapy", place) for place in range(start, end))


def _is_told(notes: Notes, term: Term) -> bool:
    """Whether words of taking stand beside a medicine: "entecavir price" and "info on tenofovir" say nothing."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    if any(notes.covering("on_and_on", place) for place in range(term.end, min(end, term.end + _STOP_REACH))):
        return True
    if any(start <= place < end for place in notes.whens) or _beside_results(notes, start, end):
        return True
    if notes.word(term.start - 1) in _IS and notes.term("treatment_word", term.start - 2):
        return True  # "treatment: entecavir"
    taking = [
        place
        for place in range(max(start, term.start - _TAKING_REACH), term.start)
        if any(notes.covering(layer, place) for layer in _TAKING)
    ]
    if not taking:
        return False
    opening = (place == start or notes.words[place - 1] == "," or notes.covering("and", place - 1) for place in taking)
    first = start + (notes.covering("goes_on", start) is not None)  # "still on entecavir"
    return (
        taking[0] == first
        or any(opening)
        or any(notes.covering(layer, place) for layer in _SOMEBODY for place in range(start, taking[-1] + 1))
    )


def _beside_results(notes: Notes, start: int, end: int) -> bool:
    """Whether the sentence gives a result, an age or a sex, so that it describes a patient."""
    first, last = notes.begins[start], notes.ends[end - 1]
    return any(first <= finding.start < last for finding in notes.findings)


def _only_took(notes: Notes, term: Term) -> bool:
    """``I took tenofovir``: not known whether it goes on, unless a day of the last week stands beside it."""
    reach = range(max(0, term.start - _TOOK_REACH), term.start)
    if not any(notes.covering("took", place) for place in reach):
        return False
    limit = before(notes.as_of, 1, "week")
    return not any(when.day is not None and when.day >= limit for when in _dates_beside(notes, term))


def _long_ago(notes: Notes, term: Term, name: str) -> bool:
    """A date too far back for the duration ``name``, without a word that says it was begun then and goes on."""
    if not dated_before(notes, term, first_day(name, notes.as_of)):
        return False
    return not any(notes.covering("started", place) for place in range(max(0, term.start - _STOP_REACH), term.start))


def dated_before(notes: Notes, term: Term, limit: date) -> bool:
    """Whether a date beside a term lies before that day."""
    return any(when.day is not None and when.day < limit for when in _dates_beside(notes, term))


def _dates_beside(notes: Notes, term: Term) -> Iterator[When]:
    """The dates right behind a treatment, or in the words before it ("in 2020 I had chemo")."""
    start = notes.sentences[notes.sentence_of[term.start]][0]
    behind = range(term.end, min(term.end + _STOP_REACH, len(notes)))
    ahead = range(term.start - 1, max(start, term.start - _STOP_REACH) - 1, -1)
    for places in (behind, ahead):
        for place in places:
            if notes.words[place] == "," or (notes.words[place] == "." and place not in notes.taken):
                break
            if place in notes.whens:
                yield notes.whens[place]


def therapy(notes: Notes, term: Term) -> Any:
    """Treatment that holds down immunity: planned, current, or denied.

    One that has ended nobody said when, or too long ago (``durations.yaml``), is not current and says nothing. One that
    ended later counts as current: protection against the virus goes on for months after the end. A
    transplant lasts.
    """
    cues = notes.cues[term.start]
    start = notes.sentences[notes.sentence_of[term.start]][0]
    reach = range(max(start, term.start - _PLAN_REACH), term.start)
    asked = any(notes.covering("asked_therapy", place) for place in reach)  # "will I need a transplant?"
    asked = asked or _is_of_all(notes, term)
    if asked or cues & {"hypothetical", "general", "open_denial"} or _is_short(notes, term):
        return SAYS_NOTHING
    if denied(notes, term):
        return term.rule.negated
    mine = (
        any(notes.term("self_pronoun", place) for place in range(start, term.start))
        or notes.persons[term.start] != SELF
    )
    coming = range(term.end, min(notes.sentences[notes.sentence_of[term.start]][1], term.end + _COMING_REACH))
    ahead = notes.ending("name", term.start)
    not_begun = ahead is not None and ahead.rule.kind == "not_begun"  # "I have not started chemo"
    to_come = not_begun or any(notes.covering("coming_therapy", place) for place in coming)
    ended = any(notes.covering("stopped", place) for place in reach) or any(
        notes.term("stopped_after", place) for place in coming
    )
    if not (to_come or ended) and "question" not in cues and notes.ending("having_therapy", term.start):
        return term.rule.value
    if to_come or any(notes.covering("before_therapy", place) for place in reach) or "planned" in cues:
        return "planned" if mine or "question" not in cues else SAYS_NOTHING
    lasts = term.rule.kind == "transplant"
    since = first_day("immunosuppression", notes.as_of)
    lately = any(when.day is not None and when.day >= since for when in _dates_beside(notes, term))
    over = (ended and not lately) or (not lasts and _long_ago(notes, term, "immunosuppression"))
    if over or cues & {"question", "uncertain"}:
        return SAYS_NOTHING
    return term.rule.value


def _is_short(notes: Notes, term: Term) -> bool:
    """``steroids for 5 days``: a course of days, beside treatments that last."""
    if dict(term.rule.also).get("immunosuppression_type") != "steroids":
        return False
    places = range(term.end, min(term.end + _COMING_REACH, len(notes)))
    periods = (notes.term("period", place) for place in places if notes.ending("for_span", place - 1))
    return any(period is not None and period.rule.value == "day" for period in periods)


def _is_of_all(notes: Notes, term: Term) -> bool:
    """``before chemo everyone is tested``: people in general right behind it, no word of the writer before it."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    if notes.word(term.start - 1) not in _AROUND or any(
        notes.covering("self_pronoun", place) for place in range(start, term.start)
    ):
        return False
    return any(notes.term("general", place) for place in range(term.end, min(end, term.end + _BESIDE)))


def when_open(notes: Notes, term: Term) -> bool:
    """``I had chemotherapy``: over, but nobody said when, so that it may still count."""
    if term.rule.kind != "immunosuppressant" or any(_dates_beside(notes, term)):
        return False
    reach = range(max(0, term.start - _TOOK_REACH), term.start)
    told_past = any(notes.covering("tense_past", place) or notes.covering("took", place) for place in reach)
    return told_past and "now" not in notes.cues[term.start]
