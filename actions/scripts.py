"""Whether a message is written in a language that the assistant does not read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from unicodedata import name

from hepb.yaml_files import parse_yaml

_READ = "LATIN"
"""Letters of the languages under ``hepb/knowledge/lexicon``, as Unicode names them."""
_WORDS_FILE = Path(__file__).with_name("other_languages.yaml")
_OF_UNITS = "GREEK"
"""Letters of units and names: "µmol", "α-fetoprotein"."""
_FEWEST_WORDS = 2


def is_unread(text: str) -> bool:
    """Whether most letters of ``text`` belong to a script that is not read, or its small words to another language."""
    letters = [sign for sign in text if sign.isalpha()]
    unread = [sign for sign in letters if not name(sign, "").startswith(_READ)]
    return len(unread) * 2 > len(letters) or _is_another_language(text)


def is_partly_unread(text: str) -> bool:
    """Whether some of ``text`` belongs to a script or to a language that is not read, beside what was read."""
    unread = [sign for sign in text if sign.isalpha() and not name(sign, "").startswith((_READ, _OF_UNITS))]
    english, other = _small_words_in(text)
    return len(unread) >= _FEWEST_WORDS or _is_another_language(text) or (other > 0 and not english)


def _is_another_language(text: str) -> bool:
    english, other = _small_words_in(text)
    return other >= _FEWEST_WORDS and other > english


def _small_words_in(text: str) -> tuple[int, int]:
    """How many small English words a text has, and how many of that other language of which it has most.

    A single letter ("34 y") tells no language by itself.
    """
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower().replace("’", "'"))
    english, others = _small_words()
    found = max(([word for word in words if word in language] for language in others), key=len)
    return sum(word in english for word in words), len(found) if any(len(word) > 1 for word in found) else 0


@cache
def _small_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    table = parse_yaml(_WORDS_FILE.read_text("utf8"), _WORDS_FILE.name)
    return frozenset(table["english"]), tuple(frozenset(words) for words in table["others"].values())
