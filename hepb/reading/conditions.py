"""Pipeline component: conditions of the person, with denial, doubt, plans and questions taken into account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc

from hepb.criteria import CHOICES
from hepb.reading.durations import chronic_from, first_day
from hepb.reading.findings import COINFECTIONS, SELF, Finding
from hepb.reading.infections import durations
from hepb.reading.layout import gap_is
from hepb.reading.lexicon import Rule
from hepb.reading.measures import filtration, stiffness
from hepb.reading.notes import Notes, Term
from hepb.reading.owners import owner_of
from hepb.reading.persons import PARTNER
from hepb.reading.statements import family_denied, is_no_statement
from hepb.reading.treatments import (
    BARRED,
    IMMUNOSUPPRESSANTS,
    SAYS_NOTHING,
    dated_before,
    denied,
    drug,
    therapy,
    when_open,
)
from hepb.reading.viruses import viruses, without_cured

_LIST = 4  # tokens between two relatives of a list
_OF_FIRST_DEGREE = frozenset({"family_history_hcc", "family_history_cirrhosis"})
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
            *_named(notes), *_relatives(notes), *stiffness(notes), *filtration(notes),
            *durations(notes), *_chronic(notes), *_viruses(notes),
        ]  # fmt: skip
        notes.findings = without_cured(notes, notes.findings + _without_repeats(found))
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
            drug(notes, term)
            if rule.kind == "drug"
            else therapy(notes, term)
            if rule.kind in IMMUNOSUPPRESSANTS
            else _plain(notes, term)
        )
        if value is not SAYS_NOTHING and value is not None:
            doubt = rule.doubt if value == rule.value else None
            if value == "current" and when_open(notes, term):
                doubt = "when_open"
            yield _finding(notes, rule.name or rule.literal, value, term.start, term.end, doubt=doubt)
            if value != rule.negated:
                yield from (_finding(notes, name, its, term.start, term.end) for name, its in rule.also)


def _plain(notes: Notes, term: Term) -> Any:
    rule, cues = term.rule, notes.cues[term.start]
    if is_no_statement(notes, term):
        return SAYS_NOTHING
    if not rule.asks and denied(notes, term):
        return rule.negated
    if (
        cues & {"hypothetical"}
        or (cues & BARRED and not _asserted(notes, term, rule))
        or ("planned" in cues and not rule.asks)
    ):
        return SAYS_NOTHING
    if rule.asks and rule.value is True and denied(notes, term):
        return rule.negated
    over = (
        rule.name == "infection_over_6_months"
        and rule.value is False
        and dated_before(notes, term, chronic_from(notes.as_of))
    )
    over = over or (rule.name == "pregnant" and dated_before(notes, term, first_day("pregnancy", notes.as_of)))
    other_virus = rule.name == "on_treatment" and rule.value is True and _of_other_virus(notes, term)
    return SAYS_NOTHING if over or other_virus else rule.value


def _of_other_virus(notes: Notes, term: Term) -> bool:
    """``HIV positive on meds``: medicines against that virus, as far as the words say."""
    start, _ = notes.sentences[notes.sentence_of[term.start]]
    names = [name for place in range(start, term.start) if (name := notes.term("name", place)) is not None]
    markers = [name.rule.value for name in names if name.rule.category == "marker"]
    return bool(markers) and markers[-1] in COINFECTIONS


def _asserted(notes: Notes, term: Term, rule: Rule) -> bool:
    """A statement about the person in the same clause outweighs a question or talk in general."""
    cues = notes.cues[term.start]
    return "assertion" in cues and ("uncertain" not in cues or rule.asks)


def _viruses(notes: Notes) -> Iterator[Finding]:
    for term, is_there in viruses(notes):
        yield _finding(notes, term.rule.value, is_there, term.start, term.end)


# --- family, duration


def _relatives(notes: Notes) -> Iterator[Finding]:
    """A disease of a relative ("My father died of liver cancer") is family history of the writer.

    A partner who is not protected is a condition of the writer too.
    """
    owner = owner_of(notes, notes.findings)
    for layer in ("family_condition", "partner_condition"):
        for term in notes.terms(layer):
            person = notes.persons[term.start]
            covered = notes.covering("name", term.start)
            barred = notes.cues[term.start] & {"hypothetical", "question", "uncertain", "open_denial"}
            if layer == "family_condition" and not barred and family_denied(notes, term):
                yield _finding(notes, term.rule.name or "", value=False, start=term.start, end=term.end, person=SELF)
            if person == SELF or denied(notes, term) or barred:
                continue
            if covered is not None and covered.rule.asks:
                continue
            if person == owner:  # the results are the relative's own: no family history, but the patient
                continue
            if _related(notes, person, term) if layer == "family_condition" else person == PARTNER:
                value = True if term.rule.value is None else term.rule.value
                whose = _possessor(notes, person, term)
                yield _finding(notes, term.rule.name or "", value, term.start, term.end, person=whose)


def _related(notes: Notes, person: str, term: Term) -> bool:
    """Whether a relation is near enough: family history asks for parents, siblings and children."""
    near = {"first_degree"} if term.rule.name in _OF_FIRST_DEGREE else {"first_degree", "blood"}
    start, _ = notes.sentences[notes.sentence_of[term.start]]
    relations = [one for one in notes.terms("name") if one.rule.category == "relation"]
    meant = [one for one in relations if one.rule.value == person]
    listed = [one for one in relations if start <= one.start < term.start]  # "my father and my uncle had HCC"
    for one, following in zip(reversed(listed[:-1]), reversed(listed), strict=False):
        if not gap_is(notes, one.end, following.start, ("range_and", "own_relation", "link"), _LIST):
            break
        meant += [one, following]  # "aunt and mother": one of them is near enough
    return any(one.rule.kind in near and not _of_a_relative(notes, one) for one in meant)


def _possessor(notes: Notes, person: str, term: Term) -> str:
    """Whose relative that is: the writer's, or of the one whom "her mother" speaks of."""
    near = [one for one in notes.terms("name") if one.rule.value == person and one.start <= term.start]
    place = near[-1].start - 1 if near else -1
    pronoun = notes.term("she_pronoun", place) or notes.term("he_pronoun", place)
    return notes.persons[place] if pronoun is not None else SELF


def _of_a_relative(notes: Notes, relation: Term) -> bool:
    """``my mother's sister``: neither of the two is the near relative who has the disease."""
    before_it, behind = notes.ending("possessive", relation.start), notes.term("possessive", relation.end)
    names = (
        notes.ending("name", before_it.start) if before_it else None,
        notes.term("name", behind.end) if behind else None,
    )
    return any(name is not None and name.rule.category == "relation" for name in names)


def _chronic(notes: Notes) -> Iterator[Finding]:
    for term in notes.terms("name"):
        if term.rule.name == "chronic_hepatitis_b" and _plain(notes, term) is True:
            yield _finding(notes, "infection_over_6_months", value=True, start=term.start, end=term.end)


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
