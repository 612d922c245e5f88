"""The commonest emergency phrases of languages that have no rules: matched as they stand, accents and case aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hepb.errors import LexiconError
from hepb.safety.lexicon import KINDS, Kind
from hepb.safety.sign import UrgentSign
from hepb.yaml_files import read_knowledge

OTHER_LANGUAGES = "urgent.other.yaml"

_NEGATED = "negated"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts that put no blank between words
_BLANKS = re.compile(r"\s+")
_LETTERS = str.maketrans({"đ": "d", "ı": "i", "’": "'", "ʼ": "'"})


def load_phrases(file: str) -> PhraseList:
    """Read ``hepb/knowledge/<file>``. Raises LexiconError (L001) or KnowledgeError naming file and key."""
    return parse_phrases(read_knowledge(file), file)


def parse_phrases(data: Mapping[str, Mapping[str, Any]], file: str) -> PhraseList:
    """Build the list from parsed YAML (language, then kind, then sign); ``file`` is the name for errors."""
    signs: dict[str, tuple[Kind, str]] = {}
    negations: list[str] = []
    for language, kinds in data.items():
        for kind, body in kinds.items():
            if kind == "negations":
                negations += body
            elif kind in KINDS:
                signs.update((fold(phrase)[0], (kind, sign)) for sign, phrases in body.items() for phrase in phrases)
            else:
                raise LexiconError(
                    "L001", file=file, key=f"{language}.{kind}", allowed=", ".join((*KINDS, "negations"))
                )
    return PhraseList(signs, [fold(word)[0] for word in negations])


class PhraseList:
    """One expression for all phrases; it keeps nothing of the messages it reads."""

    def __init__(self, signs: Mapping[str, tuple[Kind, str]], negations: Iterable[str]) -> None:
        self._signs = signs
        self._phrase = _any_of(signs)
        self._negation = re.compile(f"(?:{_any_of(negations).pattern})\\s*$")

    def find(self, text: str) -> tuple[UrgentSign, ...]:
        """The phrases in ``text``; one right after a word of negation does not count."""
        return tuple(self._found(text))

    def _found(self, text: str) -> Iterator[UrgentSign]:
        folded, places = fold(text)
        for match in self._phrase.finditer(folded):
            kind, sign = self._signs[_BLANKS.sub(" ", match[0])]
            negated = self._negation.search(folded, 0, match.start())
            yield UrgentSign(
                kind, sign, places[match.start()], places[match.end() - 1] + 1, _NEGATED if negated else None
            )


def fold(text: str) -> tuple[str, list[int]]:
    """``text`` in lower case without accents, and for each of its letters the place it comes from."""
    letters = [
        (letter, place)
        for place, character in enumerate(text)
        for letter in unicodedata.normalize("NFKD", character.casefold()).translate(_LETTERS)
        if not unicodedata.combining(letter)
    ]
    return "".join(letter for letter, _ in letters), [place for _, place in letters]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_expression(phrase) for phrase in longest_first))


def _expression(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return words if _UNSPACED.search(phrase) else rf"(?<!\w){words}(?!\w)"
