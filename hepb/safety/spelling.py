"""One typing error in a long word is forgiven: "yelow" is read as "yellow"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_MINIMUM_LETTERS = 5


@dataclass(frozen=True)
class Spelling:
    """``known`` words stand for themselves; ``nearly`` maps a word with one letter left out to the word meant."""

    known: frozenset[str]
    nearly: Mapping[str, str]

    @classmethod
    def of(cls, words: Iterable[str], known: Iterable[str]) -> Spelling:
        """Forgive one error in each of ``words``; leave ``known`` words alone."""
        words = sorted(words)
        nearly = {shorter: word for word in words for shorter in _shorter(word)}
        return cls(frozenset(known).union(words), {**nearly, **{word: word for word in words}})

    def word_meant(self, token: str) -> str:
        """The word that ``token`` (lower case) stands for: a letter missing, doubled, changed or swapped; else itself.

        The first letter must agree: "painted" is not "fainted".
        """
        if token in self.known or len(token) < _MINIMUM_LETTERS or not token.isalpha():
            return token
        meant = (self.nearly.get(candidate, "") for candidate in (token, *_shorter(token)))
        return next((word for word in meant if word[:1] == token[0]), token)


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]
