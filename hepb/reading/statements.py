"""What is told of a condition so that it says nothing of the person: over, asked, of somebody else, or half a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hepb.reading.ages import of_a_thing
from hepb.reading.denials import is_asked
from hepb.reading.durations import first_day
from hepb.reading.findings import COINFECTIONS
from hepb.reading.notes import Notes, Term
from hepb.reading.owners import of_another_person
from hepb.reading.sexes import beside_age_or_sex
from hepb.reading.stops import names_drug, stop_before
from hepb.reading.treatments import dated_before

_STAGES = frozenset({"fibrosis_stage", "inflammation_grade"})
_SELDOM_REACH = 4
_PASSES = frozenset({"steatosis", "diabetes", "pregnant", "kidney_disease", "extrahepatic", "alcohol",
                     "hepatotoxic_drugs", *COINFECTIONS})  # fmt: skip
_REACH = 8  # tokens between an illness and the words that say that it is gone
_IN_FAMILY = frozenset({"cirrhosis", "diabetes", "steatosis", *COINFECTIONS})
_BEFORE = 3  # tokens between "used to have" and the illness


def is_no_statement(notes: Notes, term: Term) -> bool:
    """Whether the words state nothing: asked, over, another's, or without what they only count beside."""
    of_nobody = is_asked(notes, term) or is_over(notes, term) or family_denied(notes, term)
    if of_nobody or _is_of_all(notes, term):
        return True
    if term.rule.name in _STAGES and of_a_thing(notes, term.start):  # "flat F3"
        return True
    only = _ONLY.get(term.rule.kind or "")
    if only is not None:
        return not only(notes, term)
    return term.rule.name == "chronic_hepatitis_b" and of_another_person(notes, term)


def is_over(notes: Notes, term: Term) -> bool:
    """``I used to have a fatty liver``, ``the diabetes went away``."""
    if term.rule.name not in _PASSES or term.rule.value is False:
        return False
    start, end = notes.sentences[notes.sentence_of[term.start]]
    before = range(max(start, term.start - _BEFORE), term.start)
    if any((gone := notes.covering("gone", at)) and gone.rule.kind == "once" for at in (*before, term.start)):
        return True
    for place in range(term.end, min(end, term.end + _REACH)):
        gone = notes.term("gone", place)
        if gone is not None:
            return gone.rule.kind != "once" and not notes.ending("negation", place)
        name = notes.term("name", place)
        if name is not None and name.rule.category in {"condition", "marker"}:
            return False
    return False


def _is_of_all(notes: Notes, term: Term) -> bool:
    """``cirrhosis at 40 is rare``: told of an illness in general, with no word of the writer in the sentence."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    stop = next((place for place in range(term.end, end) if notes.words[place] == ","), end)
    general = any(notes.term("general_behind", place) for place in range(term.end, min(stop, term.end + _REACH)))
    return general and not any(notes.covering("self_pronoun", place) for place in range(start, end))


def is_of_old(notes: Notes, term: Term) -> bool:
    """Something taken that was stopped, or that was told with a day too long ago."""
    return stop_before(notes, term.start, "stopped") is not None or dated_before(
        notes, term, first_day("old_medicine", notes.as_of)
    )


def family_denied(notes: Notes, term: Term) -> bool:
    """``nobody in my family has cirrhosis``: says nothing of the writer."""
    if term.rule.name not in _IN_FAMILY and term.rule.category != "family_condition":
        return False
    start, _ = notes.sentences[notes.sentence_of[term.start]]
    return any(notes.covering("family_denied", place) for place in range(start, term.start))


def goes_on(notes: Notes, place: int) -> bool:
    """Whether a statement goes on there: "expecting results", and not "expecting, 30 years"."""
    if not notes.word(place).isalnum():
        return False
    return not any(notes.covering(layer, place) for layer in ("terminator", "new_item", "range_and"))


# --- words of each kind, and where alone they count


def _is_habit(notes: Notes, term: Term) -> bool:
    """Neither of old, nor now and then: too little to count and too much to deny."""
    start, end = notes.sentences[notes.sentence_of[term.start]]
    near = range(max(start, term.start - _SELDOM_REACH), min(end, term.end + _SELDOM_REACH))
    seldom = any(notes.term("seldom", place) for place in near)
    return not (seldom or "past" in notes.cues[term.start] or is_of_old(notes, term))


def _is_of_cirrhosis(notes: Notes, term: Term) -> bool:
    named = (other for other in notes.terms("name") if other.rule.name == "cirrhosis" and other.rule != term.rule)
    return any(notes.persons[other.start] == notes.persons[term.start] for other in named)


_ONLY: Mapping[str, Callable[[Notes, Term], bool]] = {
    "habit": _is_habit,
    "done": lambda notes, term: "planned" not in notes.cues[term.start],
    "ends": lambda notes, term: not goes_on(notes, term.end),
    "not_begun": lambda notes, term: not goes_on(notes, term.end) and names_drug(notes, term.start),
    "told": lambda notes, term: "assertion" in notes.cues[term.start],
    "with_cirrhosis": _is_of_cirrhosis,
    "beside": lambda notes, term: beside_age_or_sex(notes, term) or notes.ending("origin", term.start) is not None,
}
"""By the ``kind`` of a rule, where alone its words count."""
