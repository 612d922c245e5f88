"""Find signs that need help now in a patient's message: rules of spaCy's Matcher out of a word list.

Every sign found is looked at in its context: negated, past, a question of knowledge or a turn of phrase is not urgent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from hepb.safety.lexicon import Kind, UrgentLexicon, load_lexicon
from hepb.safety.phrases import OTHER_LANGUAGES, PhraseList, load_phrases
from hepb.safety.rules import Rules
from hepb.safety.scope import Span, lay_out, takes_back
from hepb.safety.sign import UrgentSign
from hepb.safety.spelling import Spelling
from hepb.yaml_files import knowledge_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

IDIOM = "idiom"
NEGATED = "negated"
SELF_HARM: Kind = "self_harm"
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "-": " ", "_": " ", "*": " "})


def find_urgent(text: str) -> tuple[UrgentSign, ...]:
    """The urgent signs of ``text`` that count, thoughts of self-harm first, then in text order."""
    return tuple(sign for sign in find_signs(text) if sign.context is None)


def find_signs(text: str) -> tuple[UrgentSign, ...]:
    """All signs of ``text`` with their contexts, also the ones that do not count."""
    signs = (sign for detector in _detectors() for sign in detector.find(text))
    return tuple(sorted(signs, key=lambda s: (s.kind != SELF_HARM, s.start, s.end)))


@cache
def _detectors() -> tuple[UrgentDetector | PhraseList, ...]:
    files = sorted(p.name for p in (knowledge_folder() / "lexicon").glob("urgent.*.yaml"))
    rules = (UrgentDetector(load_lexicon(f"lexicon/{f}"), f.split(".")[1]) for f in files if f != OTHER_LANGUAGES)
    return (*rules, load_phrases(f"lexicon/{OTHER_LANGUAGES}"))


class UrgentDetector:
    """The rules of one language, compiled once; it keeps nothing of the messages it reads."""

    def __init__(self, lexicon: UrgentLexicon, language: str) -> None:
        import spacy  # noqa: PLC0415 - with the first text, as in hepb.reading

        self._lexicon = lexicon
        self._nlp = spacy.blank(language)
        self._spelling = Spelling.of(lexicon.fuzzy, lexicon.vocabulary)
        self._signs = Rules(self._nlp.vocab, {sign.id: sign.patterns for sign in lexicon.signs})
        self._kinds: Mapping[str, Kind] = {sign.id: sign.kind for sign in lexicon.signs}

    @cached_property
    def _surroundings(self) -> Rules:
        """Idioms, clause breaks and context cues: looked for only when a sign is there."""
        rules = {IDIOM: self._lexicon.idioms, "clause": self._lexicon.clause_breaks}
        for number, context in enumerate(self._lexicon.contexts):
            for part in ("cues", "pseudo", "unless"):
                rules[f"{number}.{part}"] = getattr(context, part)
        return Rules(self._nlp.vocab, rules)

    def find(self, text: str) -> tuple[UrgentSign, ...]:
        """The signs of ``text`` in this language, each with its context."""
        doc = self._read(text)
        spans = self._alone(self._signs.find(doc))
        if not spans:
            return ()
        around: dict[str, list[Span]] = {}
        for span in self._surroundings.find(doc):
            around.setdefault(span.rule, []).append(span)
        layout = lay_out([t.norm_ for t in doc], self._lexicon.sentence_ends, around.get("clause", ()))

        def context_of(span: Span) -> str | None:
            if any(self._means_otherwise(span, idiom, around) for idiom in around.get(IDIOM, ())):
                return IDIOM
            for number, context in enumerate(self._lexicon.contexts):
                if context.kind not in {None, self._kinds[span.rule]}:
                    continue
                parts = {part: around.get(f"{number}.{part}", []) for part in ("cues", "pseudo", "unless")}
                own_negation = context.id == NEGATED and any(c.anchors <= span.anchors for c in parts["cues"])
                if not own_negation and takes_back(context, span, layout, parts):
                    return context.id
            return None

        looked_at = [(span, context_of(span)) for span in spans]
        counting = _smallest(span for span, context in looked_at if context is None)
        return tuple(
            UrgentSign(self._kinds[s.rule], s.rule, doc[s.start].idx, doc[s.end - 1].idx + len(doc[s.end - 1]), context)
            for s, context in looked_at
            if context is not None or s in counting
        )

    def _alone(self, spans: list[Span]) -> list[Span]:
        """Leave out a symptom's span that holds a smaller one of the same rule.

        Thoughts of self-harm are all looked at: an idiom may cover "cut myself", but not the "want to" before it.
        """
        thoughts = [span for span in spans if self._kinds[span.rule] == SELF_HARM]
        symptoms = _smallest(span for span in spans if self._kinds[span.rule] != SELF_HARM)
        return [*dict.fromkeys(thoughts), *symptoms]

    def _means_otherwise(self, sign: Span, idiom: Span, around: Mapping[str, list[Span]]) -> bool:
        """Whether an idiom takes a sign back.

        A thought of self-harm only when the sign's words are all the idiom's own and no clause ends between them.
        """
        if self._kinds[sign.rule] != SELF_HARM:
            return sign.touches(idiom)
        inside = (clause for clause in around.get("clause", ()) if idiom.start < clause.start < idiom.end - 1)
        return idiom.covers(sign) and not any(inside)

    def _read(self, text: str) -> Doc:
        doc = self._nlp.make_doc(text.translate(_SAME_LENGTH).lower())
        ends = self._lexicon.sentence_ends
        for token in doc:
            token.is_sent_start = token.i == 0 or doc[token.i - 1].norm_ in ends
            token.norm_ = "\n" if "\n" in token.text else self._spelling.word_meant(token.text)
        return doc


def _smallest(spans: Iterable[Span]) -> list[Span]:
    """Leave out every span that holds a smaller one of the same rule."""
    spans = list(dict.fromkeys(spans))
    return [span for span in spans if not any(span.holds(other) for other in spans)]
