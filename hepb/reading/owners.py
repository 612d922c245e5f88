"""Whom the results of a text belong to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from hepb.reading.findings import SELF, Finding
from hepb.reading.notes import Notes, Term
from hepb.reading.persons import PARTNER

_OF_BIRTH = frozenset({"pregnant", "pregnancy_week", "birth_near", "postpartum"})


def owner_of(notes: Notes, findings: Iterable[Finding]) -> str:
    """The person whom most results belong to; the writer when it is even, when there is none, or who claims one."""
    findings = tuple(findings)
    if any(finding.kind == "marker" and finding.person == SELF and is_claimed(notes, finding) for finding in findings):
        return SELF
    results = Counter(f.person for f in findings if f.kind == "marker")
    counts = results or Counter(f.person for f in findings if f.kind != "condition")
    if not counts:
        return PARTNER if mother_is_partner(notes) and _tells_of_birth(findings) else SELF
    if counts[SELF] == max(counts.values()) or (not results and _has_it(notes)):
        return SELF
    return counts.most_common(1)[0][0]


def mother_is_partner(notes: Notes) -> bool:
    """Whether it is the partner who has hepatitis B: "my wife is in labour and has hep b"."""
    return {notes.persons[term.start] for term in notes.terms("hepatitis_b")} == {PARTNER}


def _has_it(notes: Notes) -> bool:
    """Whether the writer has hepatitis B: "my boss is 60, I have hep b"."""
    for term in notes.terms("hepatitis_b"):
        start, _ = notes.sentences[notes.sentence_of[term.start]]
        place = term.start
        while place >= start and notes.persons[place] == SELF:
            if notes.covering("self_pronoun", place):
                return True
            place -= 1
    return False


def _tells_of_birth(findings: Iterable[Finding]) -> bool:
    return {finding.person for finding in findings if finding.name in _OF_BIRTH} == {PARTNER}


def is_claimed(notes: Notes, finding: Finding) -> bool:
    """Whether the writer says that it is theirs: "My mother's ALT is 80; I have ALT 20", "me: HBsAg negative"."""
    place = bisect_left(notes.begins, finding.end) - 1
    start = notes.sentences[notes.sentence_of[place]][0]
    while place >= start and notes.persons[place] == SELF:
        if notes.covering("self_pronoun", place):
            return True
        place -= 1
    return False


def of_another_person(notes: Notes, term: Term) -> bool:
    """Whether somebody the writer deals with has it: "I am treating a hep b patient", "blood of a carrier"."""
    article = notes.ending("article", term.start)
    before = notes.ending("dealing_with", article.start if article else term.start)
    return before is not None and (before.rule.kind == "bare" or (article is not None and term.rule.kind == "person"))
