"""Pipeline component: age and sex. Their numbers are taken, so that no age becomes a laboratory value."""

from __future__ import annotations

from spacy.tokens import Doc

from hepb.reading.findings import Finding
from hepb.reading.notes import Notes, Number, Term
from hepb.reading.sex_letters import letter_ends, letter_leads
from hepb.reading.sexes import Said, sexes
from hepb.reading.spans import ADULT, alone_as_age
from hepb.reading.terms import NAME

_OLDEST = 120
_LABEL = 3  # tokens between a test's name and its value
_LABEL_SIGNS = frozenset({":", "="})
_SEVERAL = frozenset({"parents", "siblings", "children"})
_NEAR_THING = 4  # tokens between a thing ("flat") and its number


class Ages:
    """Adds findings of the kinds ``age`` and ``sex``; whose they are is set later."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find ages and sexes of one document."""
        notes: Notes = doc._.notes
        for number in list(notes.numbers.values()):
            if _of_then(notes, number):
                notes.take(number.first, number.last)
                continue
            for kind, said in _read(notes, number):
                if kind == "age":
                    notes.take(said.start, said.end)
                    notes.numbers.pop(number.first, None)
                _add(notes, kind, said)
        for said in sexes(notes):
            _add(notes, "sex", said)
        notes.findings.sort(key=lambda finding: finding.start)
        return doc


def _add(notes: Notes, kind: str, said: Said) -> None:
    start, end = notes.begins[said.start], notes.ends[said.end - 1]
    if any(f.start < end and start < f.end and f.kind == kind for f in notes.findings):
        return
    notes.findings.append(
        Finding(
            kind, kind, start, end, notes.text[start:end], said.value, "years" if kind == "age" else None,
            current=kind == "sex" or said.value <= _OLDEST,
        )
    )  # fmt: skip


def _read(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    if _of_a_test(notes, number):
        return _sex_behind(notes, number)
    value = number.low
    if number.high is not None or not 0 <= value <= _OLDEST:
        return _impossible(notes, number)
    first, last = number.first, number.last
    joint = last + (notes.word(last) == "-")  # "20-week": a span shorter than a year is no age but a baby's
    if years := notes.term("years_old", joint):
        return [] if _of_a_report(notes, value, joint) else [("age", Said(first, years.end, _whole(value)))]
    if notes.term("months_old", joint):
        return _months(notes, number, notes.term("months_old", joint)) or _with_letter(notes, number)
    period = notes.term("period", joint)
    if period is not None and (period.rule.value != "year" or alone_as_age(notes, first)):
        is_year = period.rule.value == "year"
        return [("age", Said(first, period.end, _whole(value)))] if is_year else _months_of_child(notes, number, period)
    return _with_letter(notes, number) or _after_word(notes, number) or _after_subject(notes, number)


def _of_a_report(notes: Notes, years: float, place: int) -> bool:
    """``my 2 year old report``: the age of what was printed."""
    old = notes.term("years_old", place)
    told = old is not None and notes.term("test_word", old.end) and not notes.term("of_child", old.end)
    return bool(told) and years < ADULT


def _of_then(notes: Notes, number: Number) -> bool:
    """``since I was 12 years old``, ``when I was 30``: an age of long ago."""
    return notes.word(number.first - 1) == "was" and notes.word(number.first - 2) == "i"


def _months(notes: Notes, number: Number, months: Term) -> list[tuple[str, Said]]:
    """The age of a child: "my son is 8 months old"."""
    near = (*range(months.end, months.end + 2), *range(number.first - 4, number.first))
    in_its_place = notes.term("own_relation", number.first - 1) and notes.covering("of_child", months.end)
    if not in_its_place and not any(_relation_at(notes, place) for place in near):
        return []
    return [("age", Said(number.first, months.end, _whole(round(number.low / 12, 2))))]


def _months_of_child(notes: Notes, number: Number, period: Term) -> list[tuple[str, Said]]:
    """``child 6 months``, ``my 8 month baby``: the age of a child, right beside the word for it."""
    near = (notes.ending(NAME, number.first), notes.term(NAME, period.end))
    if (
        period.rule.value != "month"
        or notes.term("ago", period.end)
        or not any(one is not None and one.rule.value == "child" for one in near)
    ):
        return []
    return [("age", Said(number.first, period.end, _whole(round(number.low / 12, 2))))]


def _impossible(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    """An age that nobody reaches is no other number either: "age 250", "200 years old"."""
    if number.high is not None or number.low < 0:
        return []
    years = notes.term("years_old", number.last + (notes.word(number.last) == "-"))
    if years and years.end > number.last:
        return [("age", Said(number.first, years.end, _whole(number.low)))]
    return _after_word(notes, number)


def name_before(notes: Notes, number: Number) -> Term | None:
    """The name that a number stands right behind, a sign or verb between them left aside."""
    place = number.start
    while place > number.start - _LABEL and (notes.word(place - 1) in _LABEL_SIGNS or _is_verb(notes, place - 1)):
        place -= 1
    return notes.ending(NAME, place)


def _of_a_test(notes: Notes, number: Number) -> bool:
    """A number right behind a test's name is that test's value: "SGPT 28 female 45" speaks of 45 years."""
    name = name_before(notes, number)
    if name is None or name.rule.category not in {"marker", "other_test"}:
        return False
    if any(notes.term(layer, number.last) for layer in ("period", "years_old")):
        return False
    return number.unit is not None or not (notes.glued(number.last) and notes.word(number.last).isalpha())


def _is_verb(notes: Notes, index: int) -> bool:
    return notes.covering("age_link", index) is not None and notes.word(index).isalpha()


def _sex_behind(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    """The sex behind a test's value: "ALT 28 female", "ALT 60, M 33"."""
    place = number.end + (notes.word(number.end) == ",")
    letter, word = notes.term("sex_letter", place), notes.term("sex", place)
    name = notes.term(NAME, place)
    if letter and (not notes.raw(letter.start, letter.end).isupper() or (name and name.end > letter.end)):
        return []  # "8.2 kPa F2": the letter of a stage
    found = word or letter
    return [("sex", Said(found.start, found.end, found.rule.value))] if found else []


def of_a_thing(notes: Notes, first: int) -> bool:
    """A number that the words before it give to a thing and not to a person: "my flat is 9f", "seat 22F"."""
    start = max(0, first - _NEAR_THING)
    while any(notes.word(place)[:1] in {".", ",", ";", "\n"} for place in range(start, first)):
        start += 1
    return any(notes.covering("no_age_of", place) for place in range(start, first))


def _said(notes: Notes, letter: Term) -> bool:
    """True when the letter is already read as the sex, behind a test's value."""
    return any(f.kind == "sex" and f.start == notes.begins[letter.start] for f in notes.findings)


def _relation_at(notes: Notes, index: int) -> bool:
    term = notes.covering("name", index)
    return term is not None and term.rule.category == "relation"


def _with_letter(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    """``34M``, ``34/M``, ``34 y F``, ``M/34``, ``34, male``."""
    first, last = number.first, number.last
    if number.low < 1 or number.low != int(number.low) or number.comparator:
        return []
    place = last
    period = notes.term("period", place) or notes.term("years_old", place)
    place = period.end if period else place
    spaced = place + (notes.word(place) in {"/", ",", "-", "("})
    origin = notes.term(NAME, spaced)
    if origin is not None and origin.rule.kind == "beside" and notes.term("sex", origin.end):  # "45 Asian male"
        spaced = origin.end
    letter, word = notes.term("sex_letter", spaced), notes.term("sex", spaced)
    if of_a_thing(notes, first):
        return []
    if (
        letter
        and (notes.glued(last) or spaced > last or letter_ends(notes, number, letter))
        and not notes.term("unit", spaced + 1)
    ):
        return [("age", Said(first, last, int(number.low))), ("sex", Said(letter.start, letter.end, letter.rule.value))]
    if word:
        return [("age", Said(first, last, int(number.low))), ("sex", Said(word.start, word.end, word.rule.value))]
    before = first - 1 - (notes.word(first - 1) in {"/", ",", "-"})
    letter, word = notes.ending("sex_letter", before + 1), notes.ending("sex", before + 1)
    joined = notes.glued(first) or before < first - 1
    found = word or (
        letter if letter and (joined or _said(notes, letter) or letter_leads(notes, letter, number)) else None
    )
    if found and (not notes.term("unit", last) or notes.term("period", last)):
        end = notes.term("period", last).end if notes.term("period", last) else last
        return [("age", Said(first, end, int(number.low))), ("sex", Said(found.start, found.end, found.rule.value))]
    return []


def _after_word(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    """``age 44``, ``aged 44``, ``Age: 44``, ``age of 44``."""
    place = number.start
    while place > 0 and not notes.ending("age_word", place) and notes.covering("link", place - 1):
        place -= 1
    term = notes.ending("age_word", place)
    if term is None or number.unit:
        return []
    if notes.term("age_then", term.start - 1) or notes.term("age_then", term.start - 2):  # "diagnosed at age 19"
        notes.take(number.first, number.last)
        return []
    period = notes.term("period", number.last)
    return [("age", Said(number.first, period.end if period else number.last, _whole(number.low)))]


def _after_subject(notes: Notes, number: Number) -> list[tuple[str, Said]]:
    """``I am 47,``, ``a woman of 50``; not ``I am 5 feet``, ``we had a baby 3 weeks ago``."""
    subject = notes.ending("age_subject", number.first) or notes.ending("age_subject", number.start)
    of_age = notes.ending("of_age", number.first)
    if (
        (
            subject is None
            and not (of_age and (sex := notes.ending("sex", of_age.start)) and sex.rule.kind != "self")
            and not _after_relation(notes, number.start)
        )
        or number.unit
        or number.unit_kind  # "I am 45 kg": the unit of another thing
        or number.low < 1
        or number.low != int(number.low)
        or number.doubt
    ):
        return []
    after, period = notes.word(number.last), notes.term("period", number.last)
    if (
        notes.term("name", number.last)
        or (period is not None and period.rule.value != "year")
        or (after.isalpha() and notes.glued(number.last))
        or after in {"/", "%", "x", "-", "+"}
    ):
        return []
    return [("age", Said(number.first, number.last, int(number.low)))]


def _after_relation(notes: Notes, index: int) -> bool:
    """True behind a relation: "My husband is 45", "my wife 28 yrs"."""
    if _one_relation_at(notes, index - 1):
        return True
    link = notes.ending("age_link", index)
    return link is not None and _one_relation_at(notes, link.start - 1)


def _one_relation_at(notes: Notes, index: int) -> bool:
    """One person, whose age a number may be: not "2 kids (4 and 7)"."""
    return _relation_at(notes, index) and notes.covering("name", index).rule.value not in _SEVERAL


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value
