"""Which medicine words of stopping belong to: "stopped entecavir", not "stopped drinking, on entecavir"."""

from __future__ import annotations

from collections.abc import Iterator

from hepb.reading.notes import Notes, Term

_REACH = 5  # tokens between "stopped" and the medicine
_OTHERS = ("self_pronoun", "own_relation", "terminator")


def drugs(notes: Notes) -> Iterator[Term]:
    """The names of antivirals."""
    return (term for term in notes.terms("name") if term.rule.name == "on_treatment" and term.rule.kind == "drug")


def names_drug(notes: Notes, place: int) -> bool:
    """Whether a medicine is named before ``place``: what "it" stands for."""
    return any(term.start < place for term in drugs(notes))


def stop_before(notes: Notes, place: int, layer: str) -> Term | None:
    """The words of stopping before a medicine; none across a comma, or where it came in place of another."""
    start, _ = notes.sentences[notes.sentence_of[place]]
    for at in range(place - 1, max(start, place - _REACH) - 1, -1):
        stop = notes.covering(layer, at)
        if stop is not None:
            return stop
        if notes.covering("switched", at) or notes.covering("terminator", at):
            return None
        if notes.words[at] in {",", ";"} and not _is_medicine(notes, at - 1):
            return None
    return None


def stop_behind(notes: Notes, place: int) -> Term | None:
    """The words of stopping behind a medicine: "tenofovir was stopped"; not "on tenofovir, my period stopped"."""
    end = notes.sentences[notes.sentence_of[place - 1]][1]
    for at in range(place, min(end, place + _REACH)):
        stop = notes.term("stopped_after", at)
        if stop is not None:
            return stop
        if at > place and any(notes.covering(layer, at) for layer in _OTHERS):
            return None
    return None


def takes_its_place(notes: Notes, term: Term) -> bool:
    """Whether a medicine is told to have come in place of another, or to be taken again."""
    start, _ = notes.sentences[notes.sentence_of[term.start]]
    near = (notes.covering("switched", at) for at in range(max(start, term.start - _REACH), term.start))
    return any(one is not None and one.rule.kind != "anew" for one in near)


def _is_medicine(notes: Notes, place: int) -> bool:
    name = notes.covering("name", place)
    return name is not None and name.rule.name == "on_treatment"
