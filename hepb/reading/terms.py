"""Pipeline component: finds every word and phrase of the lexicon with spaCy's PhraseMatcher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from hepb.reading.lexicon import NAMES, Rule, load_lexicon
from hepb.reading.notes import Notes, Term
from hepb.reading.tokens import Spelling

NAME = "name"  # the layer of everything a sentence speaks of; every other category is a layer of its own


def layer_of(category: str) -> str:
    """The layer in which terms of a category compete: the longest wins, then the first."""
    return NAME if category in NAMES else category


class Terms:
    """Fills ``Notes.layers``: for each layer the terms by their first token, without overlap."""

    def __init__(self, nlp: Language, language: str) -> None:
        self.rules: dict[int, tuple[int, Rule]] = {}
        self.beside: dict[tuple[int, str], tuple[tuple[str, ...], ...]] = {}
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        spelling = Spelling(language)
        for index, rule in enumerate(load_lexicon(language).rules):
            key = f"{index}:{rule.literal}"
            self.rules[nlp.vocab.strings.add(key)] = (index, rule)
            self.matcher.add(key, [spelling(doc) for doc in map(nlp.make_doc, rule.pattern)])
            for side, texts in (("after", rule.after), ("before", rule.before)):
                if texts:
                    self.beside[index, side] = _phrases(spelling(doc) for doc in map(nlp.make_doc, texts))

    def __call__(self, doc: Doc) -> Doc:
        """Find the terms of one document."""
        notes: Notes = doc._.notes
        found: dict[str, list[Term]] = defaultdict(list)
        for key, start, end in self.matcher(doc):
            index, rule = self.rules[key]
            broken = _torn(notes, start, end) or (rule.category == "shorthand" and _goes_on(notes, end))
            if broken or (rule.upper and not notes.raw(start, end).isupper()):
                continue
            first, last = self._with_beside(notes, index, start, end)
            if first is not None and last is not None:
                found[layer_of(rule.category)].append(Term(rule, first, last))
        for layer, terms in found.items():
            notes.layers[layer], notes.inside[layer] = _without_overlap(terms)
        return doc

    def _with_beside(self, notes: Notes, index: int, start: int, end: int) -> tuple[int | None, int | None]:
        """The first token and the one after the last with what a rule wants before and behind; None where it lacks."""
        ahead, behind = self.beside.get((index, "after")), self.beside.get((index, "before"))
        first, last = start, end
        if ahead is not None:
            sizes = (
                len(phrase) for phrase in ahead if tuple(notes.words[max(0, start - len(phrase)) : start]) == phrase
            )
            first = next((start - size for size in sizes), None)
        if behind is not None:
            sizes = (len(phrase) for phrase in behind if tuple(notes.words[end : end + len(phrase)]) == phrase)
            last = next((end + size for size in sizes), None)
        return first, last


def _phrases(docs: Iterable[Doc]) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase, the longest first."""
    return tuple(sorted((tuple(token.norm_ for token in doc) for doc in docs), key=len, reverse=True))


def _torn(notes: Notes, start: int, end: int) -> bool:
    """True when signs that make one sign together stand apart: "= <" is no "=<"."""
    return end - start > 1 and any(
        not (notes.glued(index) or notes.words[index].isalnum() or notes.words[index - 1].isalnum())
        for index in range(start + 1, end)
    )


def _goes_on(notes: Notes, end: int) -> bool:
    """True where a word goes on behind a sign: the "e-" of "e-mail"."""
    return not notes.words[end - 1][-1].isalnum() and notes.glued(end) and notes.words[end][0].isalnum()


def _without_overlap(terms: list[Term]) -> tuple[dict[int, Term], dict[int, Term]]:
    starts: dict[int, Term] = {}
    inside: dict[int, Term] = {}
    for term in sorted(terms, key=lambda term: (term.start - term.end, term.start)):
        places = range(term.start, term.end)
        if not any(place in inside for place in places):
            starts[term.start] = term
            inside.update(dict.fromkeys(places, term))
    return starts, inside
