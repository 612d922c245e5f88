"""How far a denial reaches: it ends at a comma, unless what stands behind it plainly goes on with the list."""

from __future__ import annotations

from hepb.reading.findings import COINFECTIONS
from hepb.reading.notes import Notes, Term

DISEASES = frozenset({"cirrhosis", "fibrosis_stage", "inflammation_grade", "steatosis", "diabetes", "extrahepatic",
                      "kidney_disease", "bone_disease", "family_history_hcc", "family_history_cirrhosis",
                      *COINFECTIONS})  # fmt: skip
_STATES = frozenset({"pregnant", "on_treatment", "immunosuppression"})
_ITEM = 4  # words of one thing in a list
_NAMED = frozenset({"condition", "marker", "other_test", "not_a_name", "relation", "shorthand"})
_VERBS = ("filler", "started", "in_use", "took", "taking_it", "stopped", "ended", "self_pronoun", "he_pronoun",
          "she_pronoun", "now", "past", "period", "negation", "assertion", "question_start",
          "hypothetical")  # fmt: skip
_SMALL = ("article", "own_relation", "family_words")


def at_comma(notes: Notes, index: int, told: int) -> str:
    """``goes_on``, ``ends``, or ``open`` where it cannot be told: a denial that ended at ``told``, at a comma.

    ("no cirrhosis, HIV or HCV", "no fever, pregnant", "no diabetes, fatty liver".)
    """
    if _is_aside(notes, told, index):
        return "goes_on"
    if _closes_with_or(notes, index + 1):
        return "goes_on"
    if not _is_bare(notes, index + 1):
        return "ends"
    if _governs_a_list(notes, told) or (_virus(notes, index - 1) and _virus(notes, index + 1)):
        return "goes_on"
    before = (term for term in notes.terms("negation") if term.end < told and _same(notes, term.start, told - 1))
    each_denied = not all(notes.covering("ignorance", term.start) for term in before)  # the "not" of "not sure"
    alike = _disease(notes, index - 1) and _disease(notes, index + 1)
    return "open" if not each_denied and (alike or _same_kind(notes, index - 1, index + 1)) else "ends"


def at_and(notes: Notes, index: int, told: int) -> str:
    """The same at an "and", behind which a state of its own may begin: "no symptoms and on chemo"."""
    if notes.covering("state_begins", index + 1):
        return "ends"
    name = notes.term("name", index + 1)
    if name is None or name.rule.category != "condition" or name.rule.name not in _STATES:
        return "goes_on"
    denied = [one for at in range(told, index) if (one := notes.covering("name", at)) is not None]
    if any(one.rule.name == name.rule.name for one in denied):  # "no steroids and chemo"
        return "goes_on"
    adjectives = any(one.rule.category == "condition" for one in denied) and not notes.covering("answer", told - 1)
    return "open" if adjectives else "ends"  # "not diabetic and pregnant", "no HIV and pregnant"


def at_name(notes: Notes, index: int, told: int) -> str:
    """The same at the name of a state or an illness that begins without a comma: "no insurance pregnant 30 weeks"."""
    name = notes.term("name", index)
    if name is None or name.rule.category != "condition":
        return "goes_on"
    place = index
    while place > told and (notes.words[place - 1].isdecimal() or notes.covering("own_relation", place - 1)):
        place -= 1  # "no doctor 7 months pregnant"
    state = name.rule.name in _STATES
    if state and place - 1 > told and notes.covering("state_since", place - 1):
        return "ends"  # "not feeling well since chemo"
    shared = notes.covering("state_with", place - 1) is not None
    led = shared or (state and notes.covering("state_begins", place - 1) is not None)  # "no pain on chemo"
    denied = range(told, place - led)
    denier = notes.ending("negation", told)
    plain = denier is not None and (denier.rule.kind == "list" or notes.covering("answer", told - 1) is not None)
    things = plain and bool(denied) and all(_is_plain_thing(notes, at) for at in denied)
    if not things:
        unvaccinated = {one.rule.name for at in denied if (one := notes.covering("name", at)) is not None}
        return "ends" if unvaccinated == {"vaccinated"} and state else "goes_on"
    if shared or (notes.covering("symptom", index - 1) and not state):
        return "goes_on" if notes.covering("symptom", index) else "open"
    return "ends"


def _is_plain_thing(notes: Notes, place: int) -> bool:
    """A thing or a complaint, and no illness that the reading knows: what a "no" before it denies by itself."""
    name = notes.covering("name", place)
    if name is not None and name.rule.category == "condition":
        return False
    return any(notes.covering(layer, place) for layer in ("thing", "symptom", "negation"))


def _is_aside(notes: Notes, told: int, index: int) -> bool:
    """Whether a comma bounds what is put in behind the denial: "I have not, as far as I know, been pregnant"."""
    start = notes.sentences[notes.sentence_of[index]][0]
    return (
        start < told - 1
        and not notes.covering("answer", told - 1)  # "treatment no, cirrhosis yes"
        and notes.word(told) == ","
        and not any(notes.covering("name", place) for place in range(told, index))
    )


def opens_list(notes: Notes, name: Term) -> bool:
    """Whether a name that holds its own denial begins a denied list: "no alcohol, drugs or herbs"."""
    behind = notes.word(name.end) == "," and _closes_with_or(notes, name.end + 1)
    return name.rule.category == "condition" and name.rule.asks and (behind or bool(notes.covering("or", name.end)))


def is_asked(notes: Notes, term: Term) -> bool:
    """Whether what is denied is asked about: "not pregnant? I don't know"."""
    question = notes.word(term.end) == "?" and not notes.term("negation_after", term.end)
    return question and "negation" in notes.cues[term.start]


def _same(notes: Notes, one: int, other: int) -> bool:
    return notes.sentence_of[one] == notes.sentence_of[other]


def _stop(notes: Notes, place: int) -> int:
    """The end of the thing that begins at a token."""
    end = notes.sentences[notes.sentence_of[place]][1] if place < len(notes) else place
    while place < end and notes.words[place] not in {",", ".", ";", "!", "?", ")"} and notes.word(place)[:1] != "\n":
        place += 1
    return place


def _governs_a_list(notes: Notes, told: int) -> bool:
    """Words of denial behind which a whole list is denied: "no history of", "negative for", "I don't have"."""
    term = notes.ending("negation", told)
    if term is None:
        return False
    having = notes.term("having_virus", told) or notes.ending("having_virus", term.start)
    return term.rule.kind == "list" or having is not None


def _closes_with_or(notes: Notes, place: int) -> bool:
    """Whether the things behind a comma, and nothing else, lead to an "or" with one more of them."""
    end = notes.sentences[notes.sentence_of[place]][1] if place < len(notes) else place
    words = 0
    while place < end:
        if notes.covering("or", place):
            return place + 1 < end
        if notes.words[place] == ",":
            words = 0
        elif _is_thing(notes, place) and words < _ITEM:
            words += 1
        else:
            return False
        place += 1
    return False


def _is_thing(notes: Notes, place: int) -> bool:
    """Whether a token may belong to a thing in a list: the name of something, no number, verb or sign."""
    name = notes.covering("name", place)
    if name is not None:
        return name.rule.category in _NAMED and not name.rule.asks
    if notes.covering("symptom", place) or any(notes.covering(layer, place) for layer in _SMALL):
        return True
    return (
        notes.words[place].isalpha()
        and place not in notes.taken
        and place not in notes.numbers
        and not any(notes.covering(layer, place) for layer in _VERBS)
    )


def _is_bare(notes: Notes, place: int) -> bool:
    """Whether nothing but the name of an illness, or of several, stands there: "cirrhosis" and not "on chemo"."""
    stop = _stop(notes, place)
    inside = range(place, stop)
    named = any(notes.covering("name", at) or notes.covering("symptom", at) for at in inside)
    return named and all(
        _disease(notes, at)
        or _medicine(notes, at)
        or notes.covering("range_and", at)
        or any(notes.covering(layer, at) for layer in _SMALL)
        for at in inside
    )


def _disease(notes: Notes, place: int) -> bool:
    """Whether a token belongs to the name of an illness or of a complaint."""
    name = notes.covering("name", place)
    if name is not None and (name.rule.name in DISEASES or name.rule.value in COINFECTIONS):
        return True
    return notes.covering("symptom", place) is not None or notes.covering("family_condition", place) is not None


def _medicine(notes: Notes, place: int) -> bool:
    name = notes.covering("name", place)
    return name is not None and name.rule.kind in {"drug", "immunosuppressant", "transplant"}


def _same_kind(notes: Notes, one: int, other: int) -> bool:
    """Whether two medicines are of one kind: "no steroids, chemo"."""
    names = (notes.covering("name", one), notes.covering("name", other))
    return _medicine(notes, one) and _medicine(notes, other) and names[0].rule.name == names[1].rule.name


def _virus(notes: Notes, place: int) -> bool:
    name = notes.covering("name", place)
    return name is not None and (name.rule.value in COINFECTIONS or name.rule.name in COINFECTIONS)
