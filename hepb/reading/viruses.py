"""Other viruses that are told without the result of a test: "hepatitis B and hepatitis C", "no HIV"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from hepb.reading.findings import COINFECTIONS, Finding
from hepb.reading.notes import Notes, Term
from hepb.reading.telling import token_at
from hepb.reading.treatments import BARRED

_CURABLE = "HCV"
_LONGEST = 12  # tokens of a list of viruses
_ENDS = frozenset({".", ";", "!", "(", "\n"})


def viruses(notes: Notes) -> Iterator[tuple[Term, bool]]:
    """The names of viruses that have no result, and whether the person has that virus."""
    told = {finding.name for finding in notes.findings}
    for term in notes.terms("name"):
        if term.rule.category != "marker" or term.rule.value not in COINFECTIONS or term.rule.value in told:
            continue
        cues = notes.cues[term.start]
        if "negation" in cues:
            if not cues & (BARRED | {"planned"}):
                yield term, False
        elif _is_fact(notes, term) and not _of_another(notes, term) and _is_told(notes, term):
            yield term, True


def without_cured(notes: Notes, findings: list[Finding]) -> list[Finding]:
    """A virus that is not there now: hepatitis C that is cured, and one whose RNA is not found, whatever its antibody.

    ("I had hep C, cured in 2019", "anti-HDV positive, HDV RNA not detected")
    """
    gone = {notes.sentence_of[term.start] for term in notes.terms("virus_gone") if _is_gone(notes, term)}
    without = {one.name for one in findings if one.name in COINFECTIONS and one.value is False and _of_rna(notes, one)}
    return [
        replace(one, value=False)
        if one.name in without or (one.name == _CURABLE and notes.sentence_of[token_at(notes, one.start)] in gone)
        else one
        for one in findings
    ]


def _of_rna(notes: Notes, finding: Finding) -> bool:
    places = range(bisect_left(notes.begins, finding.start), bisect_left(notes.begins, finding.end))
    names = (notes.term("name", place) for place in places)
    return any(name is not None and name.rule.kind == "rna" and name.rule.value == finding.name for name in names)


def _is_gone(notes: Notes, term: Term) -> bool:
    cues = notes.cues[term.start]
    return not cues & (BARRED | {"planned"}) and notes.ending("negation", term.start) is None


def _is_fact(notes: Notes, term: Term) -> bool:
    cues = notes.cues[term.start]
    if cues & {"hypothetical", "planned", "becoming", "uncertain"}:
        return False
    return not cues & BARRED or "assertion" in cues


def _is_told(notes: Notes, term: Term) -> bool:
    return _is_had(notes, term) or _is_item(notes, term) or _is_beside_hepatitis_b(notes, term)


def _is_beside_hepatitis_b(notes: Notes, term: Term) -> bool:
    """A list of viruses that stands by itself: "HIV and hep b, 35 male", "hep b and hep c together"."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    if any(notes.covering("test_word", place) for place in range(start, end)):
        return False
    first, last = term.start, term.end
    while first > start and _is_listed(notes, first - 1):
        first -= 1
    while last < end and _is_listed(notes, last):
        last += 1
    told = any(notes.covering("hepatitis_b", place) for place in range(first, last))
    sign = notes.term("name", last)
    together = any(notes.covering("range_and", place) for place in range(first, last))
    if told and together and sign is not None and sign.rule.value == "positive":  # "HIV and hepatitis B positive"
        return True
    opens = first == start or notes.covering("pregnancy_subject", first - 1) is not None
    closes = last == end or notes.word(last)[:1] in _ENDS or notes.word(last - 1) == "," or _goes_on(notes, last)
    return told and opens and closes


def _is_listed(notes: Notes, place: int) -> bool:
    name = notes.covering("name", place)
    virus = name is not None and name.rule.category == "marker" and name.rule.value in COINFECTIONS
    return virus or (name is None and notes.covering("virus_list", place) is not None)


def _is_had(notes: Notes, term: Term) -> bool:
    """Whether the name stands in a list of viruses behind "have" or "with", and the list ends there or goes on."""
    behind = notes.word(term.end)
    if behind.isalpha() and not _goes_on(notes, term.end):
        return False
    if behind == "?":
        return False
    start = notes.sentences[notes.sentence_of[term.start]][0]
    for place in range(term.start - 1, max(start, term.start - _LONGEST) - 1, -1):
        if notes.covering("having_virus", place):
            return True
        name = notes.covering("name", place)
        if name is not None and name.rule.category == "condition" and name.rule.name in COINFECTIONS:
            return True
        if not notes.covering("virus_list", place) and (name is None or name.rule.value not in COINFECTIONS):
            return False
    return False


def _is_item(notes: Notes, term: Term) -> bool:
    """An item by itself behind a positive HBsAg: "HBsAg positive, HIV, male 30"; not in a list of tests."""
    here, alone = notes.sentence_of[term.start], frozenset({"", ",", ".", "\n"})
    if notes.word(term.start - 1) != "," or notes.word(term.end)[:1] not in alone:
        return False
    start, end = notes.sentences[here]
    if any(notes.covering("test_word", place) for place in range(start, end)):
        return False
    if any(f.name in COINFECTIONS and f.value is False for f in notes.findings):  # "HIV negative, HCV"
        return False
    positive = [f.end for f in notes.findings if f.name == "HBsAg" and f.interpretation == "positive"]
    return any(notes.begins[start] < place <= notes.begins[term.start] for place in positive)


def _goes_on(notes: Notes, place: int) -> bool:
    layers = ("virus_list", "virus_behind", "new_item", "terminator")
    return place in notes.taken or any(notes.covering(layer, place) for layer in layers)


def _of_another(notes: Notes, term: Term) -> bool:
    """The virus of the person whose blood it was: "a needle stick from a patient with hepatitis C"."""
    here = notes.sentence_of[term.start]
    return any(notes.sentence_of[one.start] == here and one.start < term.start for one in notes.terms("exposure"))
