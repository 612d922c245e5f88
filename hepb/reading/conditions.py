"""Pipeline component: conditions of the person, with denial, doubt, plans and questions taken into account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from spacy.tokens import Doc

from hepb.criteria import CHOICES
from hepb.reading.calendar import before
from hepb.reading.findings import COINFECTIONS, SELF, Finding
from hepb.reading.lexicon import Rule
from hepb.reading.notes import Notes, Term, When
from hepb.reading.persons import PARTNER

_BARRED = frozenset({"hypothetical", "general", "question", "uncertain", "becoming"})
_STOP_REACH = 5
_COMING_REACH = 4  # tokens behind a treatment in which "next month" says that it is still to come
_PLAN_REACH = 6
_SELDOM_REACH = 4
_SAYS_NOTHING = object()
_RISKS = CHOICES["immunosuppression_type"]
"""Kinds of treatment that hold down immunity, the riskiest first."""


class Conditions:
    """Adds findings of the kind ``condition``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find the conditions of one document."""
        notes: Notes = doc._.notes
        found = [
            *_named(notes), *_relatives(notes), *_stiffness(notes), *_durations(notes), *_denied_viruses(notes)
        ]  # fmt: skip
        notes.findings += _without_repeats(found)
        notes.findings.sort(key=lambda finding: (finding.start, finding.end))
        return doc


def _finding(notes: Notes, name: str, value: Any, start: int, end: int, **more: Any) -> Finding:
    first, last = notes.begins[start], notes.ends[end - 1]
    more.setdefault("person", notes.persons[start])
    return Finding("condition", name, first, last, notes.text[first:last], value, **more)


# --- conditions by name


def _named(notes: Notes) -> Iterator[Finding]:
    for term in notes.terms("name"):
        rule = term.rule
        if rule.category != "condition":
            continue
        value = (
            _drug(notes, term)
            if rule.kind == "drug"
            else _therapy(notes, term)
            if rule.kind == "immunosuppressant"
            else _plain(notes, term)
        )
        if value is not _SAYS_NOTHING and value is not None:
            doubt = rule.doubt if value == rule.value else None
            yield _finding(notes, rule.name or rule.literal, value, term.start, term.end, doubt=doubt)
            if value != rule.negated:
                yield from (_finding(notes, name, its, term.start, term.end) for name, its in rule.also)


def _plain(notes: Notes, term: Term) -> Any:
    rule, cues = term.rule, notes.cues[term.start]
    if rule.kind == "habit" and ("past" in cues or _seldom(notes, term)):
        return _SAYS_NOTHING
    if not rule.asks and _denied(notes, term):
        return rule.negated
    if (
        cues & {"hypothetical"}
        or (cues & _BARRED and not _asserted(notes, term, rule))
        or ("planned" in cues and not rule.asks)
    ):
        return _SAYS_NOTHING
    if rule.asks and rule.value is True and _denied(notes, term):
        return rule.negated
    return rule.value


def _seldom(notes: Notes, term: Term) -> bool:
    """A word beside a habit that makes it too little to count and too much to deny."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    near = range(max(start, term.start - _SELDOM_REACH), min(end, term.end + _SELDOM_REACH))
    return any(notes.term("seldom", place) for place in near)


def _asserted(notes: Notes, term: Term, rule: Rule) -> bool:
    """A statement about the person in the same clause outweighs a question or talk in general."""
    cues = notes.cues[term.start]
    return "assertion" in cues and ("uncertain" not in cues or rule.asks)


def _denied(notes: Notes, term: Term) -> bool:
    if "negation" in notes.cues[term.start] and not notes.covering("negation", term.start):
        return True
    after = notes.term("negation_after", term.end) or (
        notes.term("negation_after", term.end + 1)
        if notes.covering("filler", term.end) or notes.covering("link", term.end)
        else None
    )
    return after is not None


def _drug(notes: Notes, term: Term) -> Any:
    """A drug that is taken, was stopped, or is only spoken of."""
    cues = notes.cues[term.start]
    before_it = any(notes.covering("stopped", place) for place in range(max(0, term.start - _STOP_REACH), term.start))
    behind_it = any(notes.term("stopped_after", place) for place in range(term.end, term.end + _STOP_REACH))
    if cues & {"hypothetical", "general", "planned", "before_treatment"}:
        return _SAYS_NOTHING
    if ("question" in cues or "uncertain" in cues) and "assertion" not in cues:
        return _SAYS_NOTHING
    if not before_it and _long_ago(notes, term):
        return _SAYS_NOTHING
    if before_it or behind_it or _denied(notes, term):
        return term.rule.negated
    return term.rule.value


def _long_ago(notes: Notes, term: Term) -> bool:
    """A drug with a date over a year back, without a word that says it was begun then and goes on."""
    limit = before(notes.as_of, 1, "year")
    dates = (notes.whens.get(place) for place in range(term.end, term.end + _STOP_REACH))
    if not any(when is not None and when.day is not None and when.day < limit for when in dates):
        return False
    return not any(notes.covering("started", place) for place in range(max(0, term.start - _STOP_REACH), term.start))


def _therapy(notes: Notes, term: Term) -> Any:
    """Treatment that holds down immunity: planned, current, or denied."""
    cues = notes.cues[term.start]
    start = notes.sentences[notes.sentence_of[term.start]][0]
    reach = range(max(start, term.start - _PLAN_REACH), term.start)
    if "hypothetical" in cues or "general" in cues:
        return _SAYS_NOTHING
    if _denied(notes, term):
        return term.rule.negated
    mine = (
        any(notes.term("self_pronoun", place) for place in range(start, term.start))
        or notes.persons[term.start] != SELF
    )
    coming = range(term.end, min(notes.sentences[notes.sentence_of[term.start]][1], term.end + _COMING_REACH))
    to_come = any(notes.covering("coming_therapy", place) for place in coming)
    if not to_come and "question" not in cues and notes.ending("having_therapy", term.start):
        return term.rule.value
    if to_come or any(notes.covering("before_therapy", place) for place in reach) or "planned" in cues:
        return "planned" if mine or "question" not in cues else _SAYS_NOTHING
    if any(notes.covering("stopped", place) for place in reach) or cues & {"question", "uncertain"}:
        return _SAYS_NOTHING
    return term.rule.value


def _denied_viruses(notes: Notes) -> Iterator[Finding]:
    """Other viruses that are denied without a test's result: "no HIV or hepatitis C"."""
    told = {finding.name for finding in notes.findings}
    for term in notes.terms("name"):
        if term.rule.category == "marker" and term.rule.value in COINFECTIONS and term.rule.value not in told:
            cues = notes.cues[term.start]
            if "negation" in cues and not cues & (_BARRED | {"planned"}):
                yield _finding(notes, term.rule.value, value=False, start=term.start, end=term.end)


# --- family, stiffness, duration


def _relatives(notes: Notes) -> Iterator[Finding]:
    """A disease of a relative ("My father died of liver cancer") is family history of the writer.

    A partner who is not protected is a condition of the writer too.
    """
    for layer in ("family_condition", "partner_condition"):
        for term in notes.terms(layer):
            person = notes.persons[term.start]
            covered = notes.covering("name", term.start)
            barred = notes.cues[term.start] & {"hypothetical", "question", "uncertain"}
            if person == SELF or _denied(notes, term) or barred:
                continue
            if covered is not None and covered.rule.asks:
                continue
            relations = [t for t in notes.terms("name") if t.rule.category == "relation" and t.rule.value == person]
            of_blood = any(relation.rule.kind == "blood" for relation in relations)
            if of_blood if layer == "family_condition" else person == PARTNER:
                value = True if term.rule.value is None else term.rule.value
                yield _finding(notes, term.rule.name or "", value, term.start, term.end, person=SELF)


def _stiffness(notes: Notes) -> Iterator[Finding]:
    for number in notes.numbers.values():
        barred = notes.cues[number.start] & {"hypothetical", "general"}
        if number.unit_kind == "stiffness" and number.high is None and not barred:
            yield _finding(
                notes,
                "stiffness_kpa",
                number.low,
                number.start,
                number.end,
                unit=number.unit,
                comparator=number.comparator,
            )


def _durations(notes: Notes) -> Iterator[Finding]:
    """How long the infection has lasted, where the text says it."""
    limit = before(notes.as_of, 6, "month")
    for when in notes.whens.values():
        start, end = notes.sentences[notes.sentence_of[when.start]]
        if notes.cues[when.start] & {"hypothetical", "general", "question", "becoming"}:
            continue
        value = _lasts(notes, when, limit, start, end)
        if value is not None:
            since = when.since or when.day
            yield _finding(
                notes,
                "infection_over_6_months",
                value,
                when.start,
                when.end,
                since=since.isoformat() if since else None,
            )
    for term in notes.terms("name"):
        if term.rule.name == "chronic_hepatitis_b" and _plain(notes, term) is True:
            yield _finding(notes, "infection_over_6_months", value=True, start=term.start, end=term.end)


def _lasts(notes: Notes, when: When, limit: date, start: int, end: int) -> bool | None:
    near = range(max(start, when.start - 12), min(end, when.end + 8))
    since = when.since or when.day
    if when.from_birth or (since is None and when.lasting):
        return True if any(notes.covering("long_infection", place) for place in near) else None
    if since is None:
        return None
    if since <= limit:
        return True if any(notes.covering("long_infection", place) for place in near) else None
    lately = when.day is not None and any(notes.covering("recent_infection", place) for place in near)
    return False if lately else None


def _without_repeats(found: list[Finding]) -> list[Finding]:
    """A condition once for each person: the last word counts, but the graver stays where :func:`_weaker` says so."""
    kept: dict[tuple[str, str], Finding] = {}
    for finding in sorted(found, key=lambda finding: finding.start):
        key = (finding.name, finding.person)
        if kept.get(key) is not None and _weaker(kept[key], finding):
            continue
        kept[key] = finding
    return list(kept.values())


def _weaker(before_it: Finding, finding: Finding) -> bool:
    if finding.name == "cirrhosis":
        return before_it.value == "decompensated" or (finding.doubt is not None and before_it.doubt is None)
    if finding.name == "immunosuppression":  # "prednisone, no chemotherapy": one that is taken counts
        return finding.value == "none"
    if finding.name == "immunosuppression_type":
        return _RISKS.index(before_it.value) < _RISKS.index(finding.value)
    return finding.name == "infection_over_6_months" and finding.since is None and before_it.since is not None
