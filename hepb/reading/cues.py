"""Pipeline component: sentences, and the words that turn a statement into something else.

``Notes.cues`` gives for every token the categories in force there: a negation, a hypothesis, a plan, talk about
people in general, a question, an earlier time. A cue holds from its word to the end of its clause.
"""

from __future__ import annotations

from spacy.tokens import Doc

from hepb.reading.answers import is_answer
from hepb.reading.denials import at_and, at_comma, at_name, opens_list
from hepb.reading.notes import Notes, Term

# How far a cue reaches: to the next word that ends a statement, to the end of the sentence, or over all of it.
_CLAUSE = ("negation", "planned", "uncertain", "past", "assertion", "becoming", "now", "before_treatment", "stopped",
           "is_planned", "open_denial")  # fmt: skip
_SENTENCE = ("hypothetical", "question", "general", "correction")
_SHORT = 3  # letters of an abbreviation that is hardly ever the last word of a sentence
_ALSO = {"is_planned": ("planned",)}
_REPLACES = {"past": "now", "now": "past"}
_ASKED = frozenset({"question", "general_question"})
_STOPS = frozenset({".", "!", "?", "\n"})
_DASHES = frozenset({"-", "–", "—", "/"})
_BREAKS = frozenset({";", "|"})
# A statement about me in the same sentence ends what was asked or feared before it.
_ENDED_BY_ASSERTION = frozenset({"negation", "open_denial", "planned", "uncertain", "question", "becoming", "general"})


class Cues:
    """Fills ``Notes.sentences``, ``Notes.sentence_of`` and ``Notes.cues``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Find the sentences and cues of one document."""
        notes: Notes = doc._.notes
        notes.sentences = _sentences(notes)
        notes.sentence_of = [0] * len(notes)
        for number, (start, end) in enumerate(notes.sentences):
            notes.sentence_of[start:end] = [number] * (end - start)
            notes.cues += _cues(notes, start, end)
        return doc


def _sentences(notes: Notes) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for index in range(len(notes)):
        if notes.words[index][0] in _STOPS and not _inside_abbreviation(notes, index):
            bounds.append((start, index + 1))
            start = index + 1
    if start < len(notes):
        bounds.append((start, len(notes)))
    return bounds


def _inside_abbreviation(notes: Notes, index: int) -> bool:
    if notes.words[index] != ".":
        return False
    follows = notes.raw(index + 1, index + 2) if index + 1 < len(notes) else ""
    if notes.covering("name", index):  # "neg. Is it ..." ends a sentence, "neg. HBeAg ..." does not
        return not follows[:1].isupper() or notes.term("name", index + 1) is not None
    if notes.covering("unit", index) or index in notes.taken:
        return True
    if notes.ending("abbreviation", index):
        return not follows[:1].isupper() or len(notes.words[index - 1]) <= _SHORT
    return notes.glued(index) and notes.glued(index + 1) and len(notes.words[index - 1]) == 1 and follows.isalpha()


def _cues(notes: Notes, start: int, end: int) -> list[frozenset[str]]:
    active: dict[str, int] = {}
    rows: list[frozenset[str]] = []
    kept: frozenset[str] = frozenset()
    for index in range(start, end):
        changed = _end_cues(notes, index, active) + _begin_cues(notes, index, active)
        if changed:
            kept = frozenset(active)
        rows.append(kept)
    return rows


def _begin_cues(notes: Notes, index: int, active: dict[str, int]) -> int:
    begun = 0
    if notes.term("question_start", index) and _opens_clause(notes, index) and notes.word(index + 1) != "'":  # can't
        active["question"] = index
        begun = 1
    if _asks_in_general(notes, index):
        active["general_question"] = index
        begun += 1
    for category in (*_CLAUSE, *_SENTENCE):
        term = notes.term(category, index)
        if term is None or _says_another_thing(notes, term, category):
            continue
        if category == "assertion" and (notes.covering("question", index) or notes.covering("hypothetical", index - 1)):
            continue
        if category == "assertion" and "question" in active and _only_owns(notes, index, term):
            active["possession"] = term.end
            begun += 1
            continue
        if category == "assertion":
            for ended in _ENDED_BY_ASSERTION & set(active):
                if active[ended] <= index - 1:
                    del active[ended]
        active.pop(_REPLACES.get(category, ""), None)
        active[category] = term.end
        active |= dict.fromkeys(_ALSO.get(category, ()), term.end)
        begun += 1
    return begun


def _asks_in_general(notes: Notes, index: int) -> bool:
    """A question whose subject is a test or its number, in a sentence that claims neither ("is ALT 60 bad?")."""
    term = notes.term("general_question", index)
    if term is None or not (term.rule.kind == "anywhere" or _opens_clause(notes, index)):
        return False
    start, end = notes.sentences[notes.sentence_of[index]]
    name = notes.covering("name", term.end)
    subject = term.end in notes.numbers or (name is not None and name.rule.category == "marker")
    return subject and not any(notes.covering("ownership", place) for place in range(start, end))


def _only_owns(notes: Notes, index: int, term: Term) -> bool:
    """The "my" of a question tells whose result it is, but not that the thing asked is so."""
    return term.end == index + 1 and notes.term("own_relation", index) is not None


def _opens_clause(notes: Notes, index: int) -> bool:
    start = notes.sentences[notes.sentence_of[index]][0]
    if _ends_aside(notes, start, index):
        return False
    return (
        index == start
        or notes.words[index - 1] in {",", ":", '"'}
        or notes.covering("terminator", index - 1) is not None
    )


def _ends_aside(notes: Notes, start: int, index: int) -> bool:
    """True behind an age between commas: the verb of "my wife, 31, is pregnant" asks nothing."""
    before = index - 2
    while before > start and before in notes.taken and not notes.covering("period", before):
        before -= 1
    return index - 2 > before > start and notes.words[index - 1] == notes.words[before] == ","


def _lists(notes: Notes, index: int) -> bool:
    """True at a comma between results ("is ALT 60, AST 70 bad?"): the question has not been put yet."""
    ends = {number.end for number in notes.numbers.values()}
    return index in ends or notes.covering("name", index - 1) is not None


def _says_another_thing(notes: Notes, term: Term, category: str) -> bool:
    """A part of a name or of another cue, or the "until" of "until 2022"."""
    if category == "hypothetical":  # nor the "if" of "I can't tell if it is copies"
        unsure = notes.covering("ignorance", term.start) is not None
        return unsure or term.start in notes.taken or term.end in notes.whens
    if category == "negation" and any(notes.covering(layer, term.start) for layer in ("uncertain", "ignorance")):
        return True  # "I don't know if", "I don't want to get"
    was = category == "becoming" and notes.covering("past", term.start) is not None  # the "to be" of "used to be"
    return was or _belongs_to_a_name(notes, term.start, category)


def _belongs_to_a_name(notes: Notes, index: int, category: str) -> bool:
    """No negation: the "not" of "not detected", the "no" of "cirrhosis: no, diabetes: yes".

    No plan: the "want to" of "I want to stop entecavir". No test is planned, so the results behind it are results.
    """
    if category == "planned" and notes.covering("stop_wish", index):
        return True
    behind = notes.covering("negation_after", index)
    name = notes.covering("name", index)
    if category == "negation" and (notes.covering("correction", index) or is_answer(notes, index)):
        return True
    if category == "negation" and name is not None and opens_list(notes, name):
        return False
    if category == "negation" and behind is not None and notes.word(behind.end) in {"", ",", ".", ";", ")", "\n", "|"}:
        return True
    return (
        name is not None
        and category in {"negation", "past", "now"}
        and name.rule.category in {"sign", "reference", "not_a_name", "condition"}
    )


def _has_value(notes: Notes, told: int, index: int) -> bool:
    """True when the value that was "before treatment" stands behind those words or right before them."""
    cue = notes.ending("before_treatment", told)
    behind = cue is not None and any(number.end == cue.start for number in notes.numbers.values())
    return behind or any(place in notes.numbers for place in range(told, index))


def _leads_to_result(notes: Notes, index: int) -> bool:
    """True at what joins a test to a plan that was told before it: "chemotherapy planned, HBsAg positive"."""
    if notes.words[index] != "," and notes.covering("new_item", index) is None:
        return False
    place = index + 1 + (notes.covering("ownership", index + 1) is not None)
    name = notes.term("name", place)
    return name is not None and name.rule.category == "marker"


def _end_cues(notes: Notes, index: int, active: dict[str, int]) -> int:
    if not active:
        return 0
    not_yet = notes.covering("planned", index) and notes.covering("negation", index - 1)
    if (notes.term("terminator", index) and not not_yet) or notes.words[
        index
    ] in _BREAKS:  # but not the "then" of "back then"
        ended = [name for name, said in active.items() if (name in _CLAUSE or name in _ASKED) and said <= index]
    elif (notes.words[index] in {",", ")"} or _parts(notes, index)) and index + 1 < len(notes):
        ended = [category for category in ("past", "now", "becoming", "assertion", "possession") if category in active]
        ended += [*_denial_ends(notes, index, active), *_not_knowing_ends(notes, index, active)]
        if "general_question" in active and not _lists(notes, index):
            ended.append("general_question")
        if "before_treatment" in active and _has_value(notes, active["before_treatment"], index):
            ended.append("before_treatment")
    elif notes.covering("and", index) or notes.term("name", index):
        ended = _denial_ends(notes, index, active)
    else:
        ended = []
    if "planned" in active and "planned" not in ended and _leads_to_result(notes, index):
        ended += [category for category in ("planned", "is_planned") if category in active]
    for category in ended:
        del active[category]
    return len(ended)


def _parts(notes: Notes, index: int) -> bool:
    """A dash or a slash between spaces: "no fever - pregnant"."""
    return notes.words[index] in _DASHES and not (notes.glued(index) or notes.glued(index + 1))


def _denial_ends(notes: Notes, index: int, active: dict[str, int]) -> list[str]:
    """The denial that ends at a comma or an "and"; one whose end is open gives way to ``open_denial``."""
    denial = next((name for name in ("negation", "open_denial") if name in active), None)
    if denial is None:
        return []
    bound = at_name if notes.term("name", index) else at_and if notes.covering("and", index) else at_comma
    reach = bound(notes, index, active[denial])
    if reach == "open" and denial == "negation":
        active["open_denial"] = active[denial]
    return [] if reach == "goes_on" or (reach == "open" and denial == "open_denial") else [denial]


def _not_knowing_ends(notes: Notes, index: int, active: dict[str, int]) -> list[str]:
    """What one does not know ends at a comma as a denial does: "don't know what to do, pregnant"."""
    told = active.get("uncertain")
    unknown = told is not None and notes.covering("ignorance", told - 1) is not None
    return ["uncertain"] if unknown and at_comma(notes, index, told) == "ends" else []
