"""Contact with the virus in the last weeks: a needle, blood, sex, a bite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hepb.reading.durations import first_day
from hepb.reading.findings import SELF, Finding
from hepb.reading.notes import Notes, Term
from hepb.reading.persons import PARTNER
from hepb.reading.telling import UNSURE, condition, days_of, is_real, token_at

_ONE_EVENT = frozenset({"event", "to_me"})  # contacts that happen at one time


def contacts(notes: Notes) -> Iterator[Finding]:
    """A contact of the last weeks. One without a date counts when it is a single event, or when it was just now.

    One that only may have been a contact counts too: what helps against it is asked for in time, or not at all.
    """
    for term in notes.terms("exposure"):
        sure = is_real(notes, term.start, UNSURE - {"uncertain"})
        to_me = term.rule.kind == "to_me"  # "a child bit me": the child is not whom it happened to
        if term.rule.kind == "other" or not (to_me or notes.persons[term.start] == SELF) or not sure:
            continue
        if notes.ending("caught_from", term.start) or notes.ending("caught_from", term.start - 1):
            continue  # "I got it from a needle stick" tells of an infection
        days = days_of(notes, term)
        just_now = (term.rule.kind in _ONE_EVENT or "now" in notes.cues[term.start]) and not _cleared(notes, term)
        if any(day >= first_day("recent_exposure", notes.as_of) for day in days) if days else just_now:
            yield replace(condition(notes, "recent_exposure", term.start, term.end, value=True), person=SELF)
    yield from _infected_partner(notes)


def _infected_partner(notes: Notes) -> Iterator[Finding]:
    """``My husband has hep b, I am not vaccinated``: a contact that goes on, with nothing against it yet."""
    bare = any(one.name == "vaccinated" and one.value is False and one.person == SELF for one in notes.findings)
    own = any(one.name == "HBsAg" and one.person == SELF for one in notes.findings)
    terms = notes.terms("hepatitis_b") if bare and not own else ()
    for term in terms:
        if notes.persons[term.start] == PARTNER and is_real(notes, term.start):
            yield replace(condition(notes, "recent_exposure", term.start, term.end, value=True), person=SELF)
            return


def _cleared(notes: Notes, contact: Term) -> bool:
    """``All my tests since are negative``: the contact behind which that stands, without a date, was not just now."""
    for tests in notes.terms("cleared"):
        end = notes.sentences[notes.sentence_of[tests.start]][1]
        signs = (notes.term("name", place) for place in range(tests.end, end))
        if tests.start > contact.start and any(
            sign and sign.rule.category == "sign" and sign.rule.value == "negative" for sign in signs
        ):
            return True
    return False


def of_the_other(notes: Notes, finding: Finding) -> bool:
    """The hepatitis B of the person whose blood it was: "a needle stick from a hepatitis B patient"."""
    if finding.name not in {"chronic_hepatitis_b", "infection_over_6_months"} or finding.person != SELF:
        return False
    return any(
        notes.sentence_of[term.start] == notes.sentence_of[token_at(notes, finding.start)]
        and notes.begins[term.start] < finding.start
        and not notes.ending("caught_from", term.start)
        for term in notes.terms("exposure")
    )
