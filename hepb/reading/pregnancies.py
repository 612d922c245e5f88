"""Pregnancy and birth: the week, and a birth of the last months."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.reading.durations import duration, first_day
from hepb.reading.findings import SELF, Finding
from hepb.reading.notes import Notes, Term
from hepb.reading.owners import mother_is_partner
from hepb.reading.persons import CHILD, PARTNER
from hepb.reading.quantities import small_number
from hepb.reading.telling import UNREAL, condition, days_of, is_real, same_sentence

_TERM = "40"
"""Weeks of a whole pregnancy, behind the stroke of "26/40"."""
_HERS = frozenset({"my", "her"})
_ENDS = frozenset({"", ",", ".", ";", "!", "?", "\n"})
_NEAR = 3  # tokens between a number of weeks and the word "pregnant"


def weeks(notes: Notes) -> Iterator[Finding]:
    """``24 weeks pregnant``, ``pregnant (28 weeks)``, ``week 24 of pregnancy``, ``in my 26th week``."""
    pregnant = {finding.person for finding in notes.findings if finding.name == "pregnant" and finding.value is True}
    for place in range(len(notes)):
        span = _week_span(notes, place)
        if span is None or not is_real(notes, place):
            continue
        week, start, end = span
        subject = notes.persons[place] in pregnant and notes.ending("pregnancy_subject", start) is not None
        said = subject or is_of_pregnancy(notes, start, end) or _in_her_week(notes, week, start, end)
        if said and 1 <= week <= duration("pregnancy")[0]:
            yield condition(notes, "pregnancy_week", start, end, value=int(week))


def _week_span(notes: Notes, place: int) -> tuple[float, int, int] | None:
    """A number of weeks that starts at ``place``: the number, and its first token and the one after its last."""
    if _is_week(notes, place):  # "week 24"
        number = small_number(notes, place + 1)
        if number is not None and not notes.term("article_one", place + 1) and not _is_week(notes, place - 1):
            return number, place, place + 2
        return None
    number = small_number(notes, place)
    if number is None or notes.term("article_one", place) or _is_week(notes, place - 1):
        return None
    behind = place + 1
    if notes.word(behind) == "/" and notes.word(behind + 1) == _TERM:  # "26/40", as midwives write it
        return number, place, behind + 2
    if notes.word(behind) == "+":  # "28+3 weeks": the days are left out
        behind += 2
    behind += notes.term("ordinal", behind) is not None or notes.word(behind) == "-"
    return (number, place, behind + 1) if _is_week(notes, behind) else None


def _in_her_week(notes: Notes, week: float, start: int, end: int) -> bool:
    """``in her 33rd week``; ``25 weeks now`` by itself, where a birth is spoken of."""
    if week < duration("pregnancy_told")[0]:  # "in my 3rd week at work"
        return False
    hers = notes.word(start - 1) in _HERS and notes.word(start - 2) == "in" and notes.word(end) != "of"
    opens = notes.word(start - 1)[:1] in _ENDS
    closes = notes.word(end + (notes.covering("now", end) is not None))[:1] in _ENDS
    return hers or (opens and closes and bool(notes.layers.get("motherhood")))


def _is_week(notes: Notes, place: int) -> bool:
    period = notes.term("period", place) if place >= 0 else None
    return period is not None and period.rule.value == "week"


def is_of_pregnancy(notes: Notes, start: int, end: int) -> bool:
    """Whether a time, from ``start`` to before ``end``, is how long a pregnancy has lasted, or when it ends."""
    return _is_due(notes, start) or _beside_pregnancy(notes, start, end) or _alone_beside_pregnancy(notes, start, end)


def _is_due(notes: Notes, start: int) -> bool:
    """``my due date is in March``."""
    ahead = (notes.ending("name", place) for place in range(start, start - _NEAR, -1))
    return any(name is not None and name.rule.name == "pregnant" for name in ahead)


def _beside_pregnancy(notes: Notes, start: int, end: int) -> bool:
    if any(notes.term("pregnancy_after", place) for place in (end, end + 1) if same_sentence(notes, start, place)):
        return True
    return any(
        term is not None and term.end <= start + _is_week(notes, start)  # "in pregnancy week 30"
        for place in range(max(0, start - _NEAR - 1), start)
        if same_sentence(notes, start, place)
        for term in (notes.term("pregnancy_before", place),)
    )


def _alone_beside_pregnancy(notes: Notes, start: int, end: int) -> bool:
    """``on tenofovir in pregnancy, 34 weeks``: set off by commas in a sentence that tells of the pregnancy."""
    here = notes.sentence_of[start]
    told = any(term.rule.name == "pregnant" and notes.sentence_of[term.start] == here for term in notes.terms("name"))
    return told and notes.word(start - 1) == "," and notes.word(end)[:1] in {"", ",", ".", "\n"}


def births_near(notes: Notes) -> Iterator[Finding]:
    """``I'm in labour``, ``my waters broke``: of the writer, or of the partner ("my wife is in labour")."""
    for term in notes.terms("birth_near"):
        days = days_of(notes, term)
        old = days and max(days) < first_day("recent_exposure", notes.as_of)
        told = not notes.cues[term.start] & (UNREAL | {"negation", "past", "question"})
        over = notes.covering("tense_past", term.start - 1) is not None  # "I was in labour for a day with my first"
        if notes.persons[term.start] in {SELF, PARTNER} and told and not (old or over):
            yield condition(notes, "birth_near", term.start, term.end, value=True)


def births(notes: Notes) -> Iterator[Finding]:
    """A birth of the last months: the writer's own, or the partner's where she, and not the writer, is spoken of."""
    limit = first_day("postpartum", notes.as_of)
    for term in notes.terms("birth_event"):
        days = days_of(notes, term)
        recent = any(day >= limit for day in days) if days else term.rule.kind == "now"
        mother = _mother(notes, term)
        if recent and mother is not None and is_real(notes, term.start):
            first, last = notes.begins[term.start], notes.ends[term.end - 1]
            yield Finding("condition", "postpartum", first, last, notes.text[first:last], value=True, person=mother)


def _mother(notes: Notes, term: Term) -> str | None:
    """Who gave birth: a wife who is spoken of there, or of whom a test is told beside the birth of the child."""
    speaks_of, is_wife = notes.persons[term.start], notes.sexes.get(PARTNER) == "female"
    if speaks_of == PARTNER:
        return PARTNER if is_wife else None
    if speaks_of not in {SELF, CHILD}:
        return None
    tested = {finding.person for finding in notes.findings if finding.kind == "marker"}
    wife_tested = is_wife and PARTNER in tested and SELF not in tested
    return PARTNER if wife_tested or mother_is_partner(notes) else SELF
