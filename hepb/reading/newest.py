"""Which of several values counts: corrected ones go, then the newest of the person the results belong to stays."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta

from hepb.reading.findings import SELF, Finding
from hepb.reading.losses import with_loss
from hepb.reading.notes import Notes
from hepb.reading.open_dates import dated
from hepb.reading.ordering import is_told_as_older, said_of_before, tense, with_order
from hepb.reading.owners import is_claimed, owner_of

_WEEKS = timedelta(weeks=5)
_YEAR = timedelta(days=365)


def choose_current(notes: Notes) -> tuple[Finding, ...]:
    """All findings in text order, each marked current or not, several of one test with their order where it is told."""
    findings = [_over(notes, finding) for finding in dated(notes, _corrected(notes, notes.findings))]
    findings = _with_order_left_open(notes, findings)
    person = owner_of(notes, findings)
    findings = _with_sex(notes, findings, person)
    newest = _newest(notes, findings, person)
    placed = with_order(notes, findings, frozenset(newest))
    ordered = sorted(findings, key=lambda f: (f.start, f.end))
    marked = (
        replace(placed.get(id(f), f), current=id(f) in newest, own=f.person == SELF and is_claimed(notes, f))
        for f in ordered
    )
    return with_loss(notes, tuple(marked))


def _corrected(notes: Notes, findings: list[Finding]) -> list[Finding]:
    """Drop what the words after "sorry" or "I meant" replace."""
    for term in notes.terms("correction"):
        place = notes.begins[term.start]
        end = notes.ends[notes.sentences[notes.sentence_of[term.start]][1] - 1]
        behind = [f for f in findings if f.end > place and f.start < end and f.kind != "condition"]
        for fixed in behind[:1]:
            findings = [
                f for f in findings if not (f.name == fixed.name and f.person == fixed.person and f.end <= place)
            ]
    return findings


def _with_sex(notes: Notes, findings: list[Finding], person: str) -> list[Finding]:
    """The relation or the pronoun says the sex of another person."""
    sex = notes.sexes.get(person)
    if person == SELF or sex is None or any(f.kind == "sex" and f.person == person for f in findings):
        return findings
    for index, who in enumerate(notes.persons):
        relation = notes.term("name", index)
        if who == person and (
            (relation and relation.rule.sex == sex)
            or notes.term("he_pronoun", index)
            or notes.term("she_pronoun", index)
        ):
            end = relation.end if relation and relation.rule.sex else index + 1
            start, stop = notes.begins[index], notes.ends[end - 1]
            return [*findings, Finding("sex", "sex", start, stop, notes.text[start:stop], sex, person=person)]
    return findings


def _newest(notes: Notes, findings: list[Finding], person: str) -> set[int]:
    best: dict[tuple[str, str], Finding] = {}
    findings = [finding for finding in findings if finding.person == person and finding.current]
    outdated = _outdated(notes, [finding for finding in findings if finding.implied])
    for finding in findings:
        if id(finding) in outdated:
            continue
        key = (finding.kind, finding.name)
        if key not in best or (finding.kind not in {"age", "sex"} and _rank(notes, finding) >= _rank(notes, best[key])):
            best[key] = finding
    return {id(finding) for finding in best.values()}


def _outdated(notes: Notes, implied: list[Finding]) -> set[int]:
    """All that a shorthand says goes when a newer one speaks of the same test ("was big three, now small three")."""
    newest: dict[str, Finding] = {}
    for finding in implied:
        if finding.name not in newest or _rank(notes, finding) >= _rank(notes, newest[finding.name]):
            newest[finding.name] = finding
    replaced = {finding.start for finding in implied if newest[finding.name].start != finding.start}
    return {id(finding) for finding in implied if finding.start in replaced}


def _before_a_dated_one(notes: Notes, finding: Finding) -> date | None:
    """The day of the next value of the test where that is of the last weeks ("then 95, yesterday 50")."""
    later = [f for f in notes.findings if f.end > finding.end and f.name == finding.name and f.person == finding.person]
    day = next((date.fromisoformat(f.date) for f in later if f.date), None)
    return day if day is not None and notes.as_of - day <= _WEEKS else None


def _over(notes: Notes, finding: Finding) -> Finding:
    """What held for a time that is told as past, beside a result of another day, is known of its first day.

    ("HBsAg negative in 2025, was positive for 20 years".)
    """
    others = [f for f in notes.findings if f.name == finding.name and f.person == finding.person]
    alone = all(f.date in {None, notes.as_of.isoformat()} for f in others)  # those have their order
    if finding.since is None or finding.date or (alone and not _is_another_now(finding, others)):
        return finding
    if tense(notes, finding) >= 0:
        return finding
    return replace(finding, date=finding.since, since=None)


def _is_another_now(finding: Finding, others: list[Finding]) -> bool:
    """Whether one of today says another sign: "HBsAg negative now, was positive for 20 years"."""
    signs = {"positive", "negative"}
    return any(other.date and {other.interpretation, finding.interpretation} == signs for other in others)


def _with_order_left_open(notes: Notes, findings: list[Finding]) -> list[Finding]:
    """A value without a day before one of the last year ("ALT 20. June: ALT 65"): nobody knows which is the newer."""
    left = {id(f) for one in findings if _says_no_time(notes, one) for f in _soon_after(notes, findings, one)}
    return [replace(finding, date=None) if id(finding) in left else finding for finding in findings]


def _says_no_time(notes: Notes, finding: Finding) -> bool:
    if finding.kind != "marker" or finding.date or finding.since or finding.implied or finding.end in notes.abouts:
        return False
    place = bisect_left(notes.begins, finding.end) - 1
    return not notes.cues[place] & {"past", "now", "before_treatment"} and tense(notes, finding) == 0


def _soon_after(notes: Notes, findings: list[Finding], first: Finding) -> list[Finding]:
    """The values of the same test behind ``first`` whose day lies in the last year, but not in the last weeks."""
    alike = [
        f for f in findings if (f.name, f.person) == (first.name, first.person) and f.date and f.start >= first.end
    ]
    days = (notes.as_of - _YEAR, notes.as_of - _WEEKS)
    found = [f for f in alike if days[0] < date.fromisoformat(f.date) < days[1] and tense(notes, f) == 0]
    if len(found) != 1 or len(alike) > 1 or first.end in notes.restated or found[0].end in notes.restated:
        return []
    notes.undecided |= {first.end, found[0].end}
    return found


def _rank(notes: Notes, finding: Finding) -> tuple[bool, date, bool, int]:
    """Said outright before implied; newer before older; a number before a word; later in the text before earlier."""
    cues = (
        notes.cues[min(bisect_left(notes.begins, finding.end) - 1, len(notes) - 1)]
        if finding.kind == "marker"
        else frozenset()
    )
    if finding.date:
        day = date.fromisoformat(finding.date)
    elif finding.end in notes.abouts:
        day = min(notes.abouts[finding.end])
    elif (
        ("past" in cues and "now" not in cues)
        or (finding.kind == "marker" and said_of_before(notes, finding))
        or is_told_as_older(notes, notes.findings, finding)
    ):
        day = date.min
    elif (then := _before_a_dated_one(notes, finding)) is not None:
        day = then
    else:
        day = notes.as_of
    return (
        not finding.implied,
        day,
        finding.value is not None or finding.interpretation not in {"normal", "elevated"},
        finding.start,
    )
