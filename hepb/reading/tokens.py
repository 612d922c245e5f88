"""The tokenizer: runs of letters, numbers, and every other sign alone, whatever stands glued together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language
from spacy.matcher.levenshtein import levenshtein
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from hepb.reading.lexicon import load_lexicon

# Cuts a chunk without gaps: a number with its grouping and exponent, superscripts, a run of letters or spaces, any
# other sign (each Chinese character too: Chinese puts no space between words).
_PIECE = re.compile(
    r"\.?[0-9]+(?:[.,'][0-9]+)*(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+"
    r"|[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹一-鿿]+| +|.",
    re.DOTALL,
)
_LONG = 7  # letters from which a word may be one letter off
_SWAP = 2  # two letters in the wrong order count as two slips
_MIN_SHARED = 2  # letters at the start that a typing error must leave


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A spaCy tokenizer without exceptions or affixes of any language: pieces as described above."""
    return Tokenizer(nlp.vocab, infix_finditer=_every_second_piece)


def _every_second_piece(chunk: str) -> Iterator[re.Match[str]]:
    """spaCy makes tokens of infixes and of what lies between them, but drops an infix right behind another."""
    return islice(_PIECE.finditer(chunk), 1, None, 2)


def number_text(norm: str) -> bool:
    """True for a token that begins a number."""
    return norm[0].isdecimal() or (norm[0] == "." and len(norm) > 1)


class Spelling:
    """Pipeline component: sets the norm of a misspelt long word to the word of the lexicon that is meant."""

    def __init__(self, language: str) -> None:
        words = {
            word
            for rule in load_lexicon(language).rules
            for spelling in rule.pattern
            for word in re.findall(r"[^\W\d_]+", spelling)
        }
        self.known = frozenset(words)
        by_start: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= _LONG:
                by_start.setdefault(word[:_MIN_SHARED], []).append(word)
        self.by_start = {start: tuple(sorted(found)) for start, found in by_start.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Correct the norms of one document."""
        for token in doc:
            lower = token.lower_
            if len(lower) >= _LONG and lower.isalpha() and lower not in self.known:
                token.norm_ = self.meant(lower)
            else:
                token.norm_ = lower
        return doc

    def meant(self, word: str) -> str:
        """The known word that is one letter (or one swap) away, else the word itself."""
        if len(word) > _LONG * 4:
            return word
        for known in self.by_start.get(word[:_MIN_SHARED], ()):
            if abs(len(known) - len(word)) <= 1 and _one_slip(word, known):
                return known
        return word


def _one_slip(word: str, known: str) -> bool:
    distance = levenshtein(word, known)
    return distance <= 1 or (distance == _SWAP and len(word) == len(known) and sorted(word) == sorted(known))
