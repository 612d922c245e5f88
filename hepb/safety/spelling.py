"""One typing error in a long word is forgiven: "yelow" is read as "yellow"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_MINIMUM_LETTERS = 5


def typing_error_index(words: Iterable[str], known: Iterable[str]) -> Mapping[str, str]:
    """Map each word, and each word with one letter left out, to the word meant; ``known`` words stand for themselves."""
    words = sorted(words)
    index = {shorter: word for word in words for shorter in _shorter(word)}
    return {**index, **{word: word for word in (*words, *known)}}


def word_meant(token: str, index: Mapping[str, str]) -> str:
    """The word that ``token`` (lower case) stands for: one letter missing, doubled, changed or swapped; else itself.

    The first letter must agree: "painted" is not "fainted".
    """
    if len(token) < _MINIMUM_LETTERS or not token.isalpha():
        return token
    for candidate in (token, *_shorter(token)):
        word = index.get(candidate)
        if word and word[0] == token[0]:
            return word
    return token


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]
