"""The tokenizer: runs of letters, numbers, and every other sign alone, whatever stands glued together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language
from spacy.matcher.levenshtein import levenshtein
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from hepb.reading.lexicon import NAMES, load_lexicon

# Cuts a chunk without gaps: a number with its grouping and exponent, superscripts, a run of letters or spaces, any
# other sign (each Chinese character too: Chinese puts no space between words). The unit of "5IU/mlALT 88" ends before
# the name, and the comma of "232,10^9/L" before the unit.
_PIECE = re.compile(
    r"\.?[0-9]+(?:[.,'](?!10\^[0-9]/)[0-9]+)*(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+"
    r"|m[lL](?=[A-Z]{2})|[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹一-鿿]+| +|.",
    re.DOTALL,
)
_LONG = 7  # letters from which a word may be one letter off
_SHORT = 5  # letters from which a word may have two neighbours in the wrong order
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
        self.swapped = _swapped(language)
        by_start: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= _LONG:
                by_start.setdefault(word[:_MIN_SHARED], []).append(word)
        self.by_start = {start: tuple(sorted(found)) for start, found in by_start.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Correct the norms of one document."""
        for token in doc:
            lower = token.lower_
            if len(lower) >= _SHORT and lower.isalpha() and lower not in self.known:
                token.norm_ = self.meant(lower)
            else:
                token.norm_ = lower
        return doc

    def meant(self, word: str) -> str:
        """The known word that is one letter (or one swap) away, else the word itself."""
        if len(word) > _LONG * 4:
            return word
        if len(word) < _LONG:
            return self.swapped.get(word, word)
        for known in self.by_start.get(word[:_MIN_SHARED], ()):
            if abs(len(known) - len(word)) <= 1 and _one_slip(word, known):
                return known
        return word


def _swapped(language: str) -> dict[str, str]:
    """Slips of short words that no rule means otherwise: two neighbours swapped, or a letter left out of the inside."""
    names = {
        word
        for rule in load_lexicon(language).rules
        if rule.category in NAMES and rule.category != "not_a_name"
        for spelling in rule.pattern
        for word in re.findall(r"[a-z]+", spelling)
    }
    slips = {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
        for word in sorted(names)
        if _SHORT <= len(word) < _LONG
        for at in range(1, len(word) - 1)
    }
    return slips | {
        word[:at] + word[at + 1 :]: word
        for word in sorted(names)
        if len(word) == _LONG
        for at in range(_MIN_SHARED, len(word) - word.endswith("s"))
    }


def _one_slip(word: str, known: str) -> bool:
    distance = levenshtein(word, known)
    return distance <= 1 or (distance == _SWAP and len(word) == len(known) and sorted(word) == sorted(known))
