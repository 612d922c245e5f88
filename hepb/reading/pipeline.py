"""The spaCy pipeline: a blank language, our tokenizer, and one component for each step of the reading.

Built once for a language and never changed by a text: every text runs in a memory zone of the vocabulary,
so no word that a patient wrote stays in memory. (No ``from __future__ import annotations`` here: spaCy reads the
types of its factories at run time.)
"""

from datetime import date
from functools import cache
from threading import Lock

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from hepb.reading.ages import Ages
from hepb.reading.characters import fold
from hepb.reading.conditions import Conditions
from hepb.reading.cues import Cues
from hepb.reading.dates import Dates
from hepb.reading.findings import Reading, WrittenDay
from hepb.reading.newest import choose_current
from hepb.reading.notes import Notes
from hepb.reading.numbers import Numbers
from hepb.reading.persons import Persons
from hepb.reading.results import Results
from hepb.reading.situations import Situations
from hepb.reading.terms import Terms
from hepb.reading.tokens import Spelling, make_tokenizer

LONGEST = 20_000  # characters that are read; channels refuse longer messages long before

_LOCK = Lock()  # a vocabulary has one memory zone at a time


@Language.component("hepb_words")
def _words(doc: Doc) -> Doc:
    notes: Notes = doc._.notes
    notes.words = [token.norm_ for token in doc]
    notes.begins = [token.idx for token in doc]
    notes.ends = [token.idx + len(token) for token in doc]
    return doc


@Language.factory("hepb_spelling", default_config={"language": "en"})
def _spelling(nlp: Language, name: str, language: str) -> Spelling:  # noqa: ARG001 - spaCy calls with these names
    return Spelling(language)


@Language.factory("hepb_terms", default_config={"language": "en"})
def _terms(nlp: Language, name: str, language: str) -> Terms:  # noqa: ARG001
    return Terms(nlp, language)


_STEPS = {"dates": Dates, "numbers": Numbers, "ages": Ages, "cues": Cues, "persons": Persons, "results": Results,
          "conditions": Conditions, "situations": Situations}  # fmt: skip


def _factory(step: type) -> object:
    def make(nlp: Language, name: str, language: str) -> object:  # noqa: ARG001
        return step(language)

    return make


for _name, _step in _STEPS.items():
    Language.factory(f"hepb_{_name}", default_config={"language": "en"}, func=_factory(_step))

if not Doc.has_extension("notes"):
    Doc.set_extension("notes", default=None)


@cache
def pipeline(language: str = "en") -> Language:
    """The pipeline of a language. Takes about a second the first time."""
    nlp = spacy.blank(language)
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.add_pipe("hepb_spelling", config={"language": language})
    nlp.add_pipe("hepb_words")
    nlp.add_pipe("hepb_terms", config={"language": language})
    for name in _STEPS:
        nlp.add_pipe(f"hepb_{name}", config={"language": language})
    return nlp


def read(text: str, as_of: date, language: str = "en") -> Reading:
    """Read one text; never raises, whatever the text holds."""
    return Reading(choose_current(_walk(text, as_of, language)))


def days(text: str, as_of: date, language: str = "en") -> tuple[WrittenDay, ...]:
    """The days that a text names, in its order."""
    notes = _walk(text, as_of, language)
    found = []
    for when in sorted(notes.whens.values(), key=lambda one: one.start):
        meant = when.either or ((when.day,) if when.day else ())
        if meant:
            found.append(WrittenDay(notes.begins[when.start], notes.ends[when.end - 1], meant))
    return tuple(found)


def _walk(text: str, as_of: date, language: str) -> Notes:
    """Everything that the components say of one text."""
    nlp = pipeline(language)
    try:
        with _LOCK, nlp.memory_zone():
            doc = nlp.make_doc(fold(text[:LONGEST]))
            doc._.notes = notes = Notes(text, as_of)
            nlp(doc)
    except BaseException:  # an interrupted memory zone is not closed: build anew for the next text
        pipeline.cache_clear()
        raise
    return notes
