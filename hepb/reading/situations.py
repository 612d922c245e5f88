"""Pipeline component: the week of a pregnancy, a birth, a contact with the virus, treatment that ended or should end.

What plain word lists can say of these (the vaccine, missed doses) is read with the other conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from hepb.reading.contacts import contacts, of_the_other
from hepb.reading.durations import first_day
from hepb.reading.findings import SELF, Finding
from hepb.reading.notes import Notes, Term
from hepb.reading.pregnancies import births, births_near, weeks
from hepb.reading.stops import drugs, names_drug, stop_before, stop_behind, takes_its_place
from hepb.reading.telling import UNREAL, UNSURE, condition, is_real, same_sentence, token_at

_NEAR = 3  # tokens between "stopped" and "my tablets"
_REACH = 5  # tokens between "stopped" and the medicine


class Situations:
    """Adds findings of the kind ``condition``, and takes back what they explain."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find the situations of one document."""
        notes: Notes = doc._.notes
        contact = tuple(contacts(notes))
        notes.findings = [finding for finding in notes.findings if not of_the_other(notes, finding)]
        wishes = tuple(_wishes(notes))
        notes.findings = [finding for finding in notes.findings if not _still_to_end(notes, finding, wishes)]
        missed = tuple(_missed(notes))
        notes.findings = [finding for finding in notes.findings if not _taken_without_fail(notes, finding, missed)]
        found = [*weeks(notes), *births_near(notes), *births(notes), *contact, *wishes, *missed, *_ended(notes, wishes)]
        seen = {(finding.name, finding.person) for finding in notes.findings}
        for finding in found:
            if (finding.name, finding.person) not in seen:
                seen.add((finding.name, finding.person))
                notes.findings.append(finding)
        notes.findings.sort(key=lambda finding: (finding.start, finding.end))
        return doc


# --- treatment


def _ended(notes: Notes, wishes: Iterable[Finding]) -> Iterator[Finding]:
    """A medicine that was taken and is no longer: the finding that it is not taken says that it ended."""
    limit = first_day("stopped_treatment", notes.as_of)
    wished = {notes.sentence_of[token_at(notes, wish.start)] for wish in wishes}
    for place, end in (*_ended_treatment(notes), *_ended_drugs(notes)):
        if notes.persons[place] != SELF or notes.sentence_of[place] in wished or not _has_ended(notes, place):
            continue
        if any(place < other.start and takes_its_place(notes, other) for other in drugs(notes)):
            continue  # "stopped lamivudine and changed to tenofovir"
        yield condition(notes, "on_treatment", place, end, value=False)
        days = [
            day
            for when in notes.whens.values()
            if notes.sentence_of[when.start] == notes.sentence_of[place] and (day := when.day or when.about) is not None
        ]
        if not days or max(days) >= limit:
            yield condition(notes, "stopped_treatment", place, end, value=True)


def _has_ended(notes: Notes, place: int) -> bool:
    """Told as a fact; the only denial before it is a word of ending itself ("I no longer take", "I quit")."""
    if "negation" not in notes.cues[place]:
        return is_real(notes, place)
    start = notes.sentences[notes.sentence_of[place]][0]
    denials = (at for at in range(start, place + 1) if notes.term("negation", at))
    only = all(notes.covering("ended", at) or notes.covering("stopped", at) for at in denials)
    return only and not notes.cues[place] & (UNREAL | UNSURE | {"planned"})


def _ended_treatment(notes: Notes) -> Iterator[tuple[int, int]]:
    """``stopped my tablets``, ``off treatment``."""
    for term in notes.terms("ended"):
        word = next(
            (
                found
                for place in range(term.end, term.end + _NEAR + _virus_between(notes, term.end))
                if (found := notes.term("treatment_word", place)) and same_sentence(notes, term.start, place)
            ),
            None,
        )
        if word is not None and (notes.word(word.start) not in {"it", "them"} or names_drug(notes, word.start)):
            yield term.start, word.end
    for word in notes.terms("treatment_word"):  # "my hep b tablets finished"
        if notes.ending("hepatitis_b", word.start) and stop_behind(notes, word.end):
            yield word.start, word.end


def _virus_between(notes: Notes, place: int) -> int:
    """How many more tokens a name of the virus takes: "stopped my hep b pills"."""
    names = (notes.term("hepatitis_b", at) for at in range(place, place + _NEAR))
    return sum(name.end - name.start for name in names if name is not None)


def _ended_drugs(notes: Notes) -> Iterator[tuple[int, int]]:
    """``stopped entecavir``, ``tenofovir was stopped``."""
    for term in drugs(notes):
        if stop_before(notes, term.start, "ended") or stop_behind(notes, term.end):
            yield term.start, term.end


def _wishes(notes: Notes) -> Iterator[Finding]:
    """``I want to stop entecavir``; a question whether one can, from somebody who says to take a medicine."""
    taking = _is_taken(notes) or any(
        finding.name == "on_treatment" and finding.value is True and finding.person == SELF
        for finding in notes.findings
    )
    for term in (*notes.terms("stop_wish"), *notes.terms("stop_question")):
        cues = notes.cues[term.start]
        if notes.persons[term.start] != SELF or cues & UNREAL or ("negation" in cues and _before(notes, term)):
            continue
        places = range(term.end, term.end + _REACH)
        medicine = any(_is_medicine(notes, place) for place in places if same_sentence(notes, term.start, place))
        if term.rule.category == "stop_question":
            wished = taking or (medicine and _is_own(notes, term.end))
        else:
            wished = medicine or (taking and _ends(notes, term.end))
        if wished:
            yield condition(notes, "wishes_to_stop", term.start, term.end, value=True)


def _is_own(notes: Notes, place: int) -> bool:
    """Whether it is a medicine of the writer that could be stopped: "may I stop my tablets?"."""
    return notes.covering("own_relation", place) is not None and notes.covering("self_pronoun", place) is not None


def _ends(notes: Notes, place: int) -> bool:
    """Whether a part of a sentence ends there: "I want to stop.", "I want to stop because ..."."""
    return not notes.word(place).isalnum() or any(notes.term(layer, place) for layer in ("terminator", "new_item"))


def _missed(notes: Notes) -> Iterator[Finding]:
    """``I forgot my tablet``; and ``I never miss a dose``, which says that none is missed."""
    for term in notes.terms("missed"):
        cues = notes.cues[term.start]
        unsure = cues & UNSURE and "assertion" not in cues
        if notes.persons[term.start] != SELF or cues & (UNREAL | {"planned"}) or unsure:
            continue
        start = term.start - _REACH if term.rule.kind == "behind" else term.end  # "I take it irregularly"
        places = [place for place in range(max(0, start), term.end + _REACH) if same_sentence(notes, term.start, place)]
        if any(notes.term("dose", place) or _is_medicine(notes, place) for place in places):
            denied = "negation" in cues and _before(notes, term)
            yield condition(notes, "missed_doses", term.start, term.end, value=not denied)
            named = [other for other in drugs(notes) if other.start in places]
            if denied and named:  # who never misses a dose takes the medicine
                yield condition(notes, "on_treatment", named[0].start, named[0].end, value=True)


def _taken_without_fail(notes: Notes, finding: Finding, missed: Iterable[Finding]) -> bool:
    """The denial in "I never miss a dose of tenofovir" is not one of the medicine."""
    if finding.name != "on_treatment" or finding.value is not False:
        return False
    here = notes.sentence_of[token_at(notes, finding.start)]
    return any(item.value is False and notes.sentence_of[token_at(notes, item.start)] == here for item in missed)


def _still_to_end(notes: Notes, finding: Finding, wishes: Iterable[Finding]) -> bool:
    """What ends only in the wish is still taken: "I will stop tenofovir next month"."""
    if finding.name != "on_treatment" or finding.value is not False:
        return False
    here = notes.sentence_of[token_at(notes, finding.start)]
    return any(notes.sentence_of[token_at(notes, wish.start)] == here for wish in wishes)


def _is_taken(notes: Notes) -> bool:
    """``Can I stop tenofovir? I have been on it for years``: the medicine named is taken."""
    return any(names_drug(notes, term.start) for term in notes.terms("taking_it")) and not notes.layers.get("ended")


def _before(notes: Notes, term: Term) -> bool:
    """Whether a denial stands before the words: "I don't want to stop"."""
    start = notes.sentences[notes.sentence_of[term.start]][0]
    return any(notes.term("negation", place) for place in range(start, term.start))


def _is_medicine(notes: Notes, place: int) -> bool:
    word = notes.term("treatment_word", place)
    if word is not None and (notes.word(place) not in {"it", "them"} or names_drug(notes, place)):
        return True
    name = notes.term("name", place)
    return name is not None and name.rule.name == "on_treatment"
