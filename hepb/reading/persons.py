"""Pipeline component: of whom each part of the text speaks.

A relation ("my mother", "my son") or a pronoun makes the sentence speak of that person, "I" and "my" of the writer
again. A sentence without either goes on with the person before it, unless that person was only named in passing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Doc

from hepb.reading.calendar import before
from hepb.reading.findings import OTHER, SELF, Finding
from hepb.reading.notes import Notes
from hepb.reading.spans import ADULT
from hepb.reading.telling import days_of

PARTNER = "partner"
CHILD = "child"
_PARENTS = frozenset({"mother", "father"})
_IN_PASSING = frozenset({"parents", "siblings", "children", "friend", "in-law"})
_RESULTS = frozenset({"marker", "shorthand"})
_FACTS = frozenset({"marker", "condition", "shorthand"})


class Persons:
    """Fills ``Notes.persons`` (by token) and ``Notes.sexes`` (by person, where the words say it)."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Say of whom each token of one document speaks."""
        notes: Notes = doc._.notes
        person, third, writer_known = SELF, None, False
        for start, end in notes.sentences:
            begin = person
            for index in range(start, end):
                relation = _relation(notes, index) or _possessed_relation(notes, index)
                if relation and not _aside(notes, index, relation, person):
                    person = third = relation
                elif _inside_relation(notes, index) or (third is None and _means_professional(notes, index)):
                    pass
                elif notes.term("self_pronoun", index):
                    person = SELF
                    writer_known = writer_known or _speaks_of_self(notes, index)
                else:
                    person, third = _pronoun(notes, index, person, third)
                if notes.words[index] == "," and _history(notes, start, index, known=writer_known):
                    person = SELF
                notes.persons.append(person)
            if _only_family(notes, start, end):
                person = SELF
            named_anew = person not in {SELF, begin}
            if named_anew and (writer_known or _in_passing(notes, start, end)):
                person = SELF
        _behind(notes)
        _tell_asides(notes)
        notes.findings = [
            replace(finding, person=_owner(notes, finding))
            for finding in notes.findings
            if not _names_child(notes, finding)
        ]
        return doc


def _aside(notes: Notes, index: int, relation: str, person: str) -> bool:
    """A parent of the child who is spoken of, told in passing: no test is named up to the next comma."""
    if person != CHILD or relation not in _PARENTS or notes.term("self_pronoun", index):
        return False
    names = [name for place in range(index, _stop(notes, index)) if (name := notes.term("name", place)) is not None]
    return not any(name.rule.category in {"marker", "shorthand"} for name in names)


def _tell_asides(notes: Notes) -> None:
    """What is told of a parent in passing is the parent's."""
    for index, person in enumerate(notes.persons):
        relation = _relation(notes, index)
        if relation and _aside(notes, index, relation, person):
            stop = _stop(notes, index)
            notes.persons[index:stop] = [relation] * (stop - index)


def _stop(notes: Notes, index: int) -> int:
    """The next comma behind a token, or the end of its sentence."""
    end = notes.sentences[notes.sentence_of[index]][1]
    return next((place for place in range(index, end) if notes.words[place] == ","), end)


def _owner(notes: Notes, finding: Finding) -> str:
    """Whose age or sex it is: of the relation right behind it ("a 5 year old son"), else of the text around it."""
    end = bisect_left(notes.begins, finding.end)
    for place in range(end, min(end + 3, len(notes))):
        relation = _relation(notes, place)
        if relation:
            return relation
        if notes.words[place] in {",", ".", ";"}:
            break
    return notes.persons[bisect_left(notes.begins, finding.start)]


def _names_child(notes: Notes, finding: Finding) -> bool:
    """A child named by its age in passing ("pregnant with my now 6 year old"), of whom nothing is told."""
    place = bisect_left(notes.begins, finding.start)
    if (
        finding.kind != "age"
        or finding.value >= ADULT
        or notes.persons[place] != SELF
        or _relation_behind(notes, finding)
    ):
        return False
    if notes.word(place - 1) == "a" and notes.word(place - 2) == "of":  # "mother of a 6 year old"
        return True
    return notes.word(place - 1 - (notes.covering("now", place - 1) is not None)) in {"my", "our"}


def _relation_behind(notes: Notes, finding: Finding) -> bool:
    end = bisect_left(notes.begins, finding.end)
    return any(_relation(notes, place) for place in range(end, min(end + 3, len(notes))))


def _relation(notes: Notes, index: int) -> str | None:
    """A relation that the writer, or the person before, is in: not "a mother" in general."""
    term = notes.term("name", index)
    if term is None or term.rule.category != "relation":
        return None
    counted = notes.covering("number_word", index - 1) is not None  # "two brothers with HCC"
    if not (counted or notes.ending("own_relation", index) or _starts(notes, index)):
        return None
    anybody = notes.covering("article", index - 1) and term.rule.kind != "of_writer"  # "a mother" is anybody's
    unowned = term.rule.kind == "owned" and notes.ending("own_relation", index) is None  # "dog bite"
    if anybody or unowned or _just_born(notes, index):
        return None
    if term.rule.sex:
        notes.sexes.setdefault(term.rule.value, term.rule.sex)
    return term.rule.value


def _inside_relation(notes: Notes, index: int) -> bool:
    """The "my" of "the mother of my child"."""
    term = notes.covering("name", index)
    return term is not None and term.start < index and term.rule.category == "relation"


def _just_born(notes: Notes, index: int) -> bool:
    """The child of a birth of the last days: results told beside it are the mother's."""
    birth = notes.covering("birth_event", index)
    days = days_of(notes, birth) if birth is not None else ()
    return any(day > before(notes.as_of, 1, "week") for day in days)


def _starts(notes: Notes, index: int) -> bool:
    return notes.sentences[notes.sentence_of[index]][0] == index or notes.words[index - 1] in {",", "(", ":"}


def _possessed_relation(notes: Notes, index: int) -> str | None:
    """The "my" of "my mother" speaks of the mother; so does the "my" of "my 60 year old mother"."""
    if not notes.term("own_relation", index):
        return None
    if not notes.term("self_pronoun", index):  # "mother of a 6 year old" tells of the mother
        return None if notes.word(index - 1) == "of" else _child_by_age(notes, index)
    for place in range(index + 1, min(index + 8, len(notes))):
        relation = _relation(notes, place)
        if relation:
            return relation
        if _child_by_age(notes, place - 1):
            return CHILD
        if not (notes.covering("own_relation", place) or place in notes.taken or notes.covering("range_and", place)):
            return None
    return None


def _child_by_age(notes: Notes, index: int) -> str | None:
    """The age of a child in the place of its name, behind a token: "my 3 month old tested positive"."""
    age = next(
        (f for f in notes.findings if f.kind == "age" and f.start == notes.begins[min(index + 1, len(notes) - 1)]), None
    )
    if age is None or age.value >= ADULT:
        return None
    end = bisect_left(notes.begins, age.end)
    named = notes.ending("years_old", end) or notes.ending("months_old", end)
    behind = notes.covering("of_child", end) is not None or not notes.word(end)[:1].isalnum()
    return CHILD if named and behind else None


def _speaks_of_self(notes: Notes, index: int) -> bool:
    """True where the writer gives facts about themselves ("I am", "my ALT")."""
    facts = {finding.start for finding in notes.findings}
    for place in range(index + 1, min(index + 7, len(notes))):
        name = notes.term("name", place)
        if notes.term("self_pronoun", place) or (name is not None and name.rule.category == "relation"):
            return False
        if notes.begins[place] in facts or (name is not None and name.rule.category in _FACTS):
            return True
    return False


def _means_professional(notes: Notes, index: int) -> bool:
    """The "he" of "my doctor says he will wait", while nobody else was named."""
    pronoun = notes.term("he_pronoun", index) or notes.term("she_pronoun", index)
    return pronoun is not None and any(term.start < index for term in notes.terms("professional"))


def _pronoun(notes: Notes, index: int, person: str, third: str | None) -> tuple[str, str | None]:
    for layer, sex in (("he_pronoun", "male"), ("she_pronoun", "female")):
        if not notes.term(layer, index):
            continue
        if third is None or notes.sexes.get(third, sex) != sex:
            third = next((who for who, its in notes.sexes.items() if its == sex), third or OTHER)
        notes.sexes.setdefault(third, sex)
        return third, third
    return person, third


def _history(notes: Notes, start: int, end: int, *, known: bool) -> bool:
    """True where what is said of a relative is what they died of or had, or have when the writer tells of self.

    ``known``: the writer does. The results behind it are no dead person's.
    """
    if any(notes.term("died", index) for index in range(start, end)):
        return True
    places = [index for index in range(start, end) if notes.term("family_condition", index)]
    if any(
        _disease(notes, index) and notes.term("of_person", notes.inside["family_condition"][index].end)
        for index in places
    ):
        return True  # "liver cancer in my dad"
    return any(known or (_disease(notes, index) and notes.covering("tense_past", index - 1)) for index in places)


def _only_family(notes: Notes, start: int, end: int) -> bool:
    """Several relatives in a sentence without a test: what follows is no more the last one's than the first one's."""
    names = [name for index in range(start, end) if (name := notes.term("name", index)) is not None]
    relations = [name for name in names if name.rule.category == "relation"]
    meant = [one for one in relations if not _aside(notes, one.start, one.rule.value, notes.persons[one.start])]
    relatives = {one.rule.value for one in meant}
    return len(relatives) > 1 and not any(name.rule.category == "marker" for name in names)


def _in_passing(notes: Notes, start: int, end: int) -> bool:
    """A sentence about a dead relative, or about a disease told for the writer's own sake."""
    if any(notes.term("died", index) or _disease(notes, index) for index in range(start, end)):
        return True
    names = [name for index in range(start, end) if (name := notes.term("name", index)) is not None]
    relations = [name.rule.value for name in names if name.rule.category == "relation"]
    passing = bool(relations) and all(value in _IN_PASSING for value in relations)
    results = any(name.rule.category in _RESULTS for name in names)
    return passing and not results  # "my kids are grown up. ALT 45"


def _disease(notes: Notes, index: int) -> bool:
    """A disease (or what a partner lacks) that is told of somebody else for the writer's own sake."""
    term = notes.term("family_condition", index) or notes.term("partner_condition", index)
    owned = notes.ending("possessive", index) is not None  # "my dad's cirrhosis"
    return term is not None and (owned or term.rule.kind == "passing")


def _behind(notes: Notes) -> None:
    """In "ALT 80 in my wife" the words before belong to her too, back to the last stop or comma."""
    for term in notes.terms("of_person"):
        whose = _relation(notes, term.end) or _possessed_relation(notes, term.end - 1)
        if whose is None:
            continue
        start = notes.sentences[notes.sentence_of[term.start]][0]
        for index in range(term.start - 1, start - 1, -1):
            if notes.words[index] in {",", ";"}:
                break
            notes.persons[index] = whose
    for term in notes.terms("self_behind"):  # "HBsAg positive (me)"
        place = term.start
        while place > 0 and notes.words[place - 1][0] not in {",", ";", ".", "\n"}:
            place -= 1
        notes.persons[place : term.end] = [SELF] * (term.end - place)
