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
_FEWEST_WORDS = 2


def is_unread(text: str) -> bool:
    """Whether most letters of ``text`` belong to a script that is not read, or its small words to another language."""
    letters = [sign for sign in text if sign.isalpha()]
    unread = [sign for sign in letters if not name(sign, "").startswith(_READ)]
    return len(unread) * 2 > len(letters) or _is_another_language(text)


def _is_another_language(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower().replace("’", "'"))
    english, others = _small_words()
    said = max(sum(word in language for word in words) for language in others)
    return said >= _FEWEST_WORDS and said > sum(word in english for word in words)


@cache
def _small_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    table = parse_yaml(_WORDS_FILE.read_text("utf8"), _WORDS_FILE.name)
    return frozenset(table["english"]), tuple(frozenset(words) for words in table["others"].values())
