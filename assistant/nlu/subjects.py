"""Which subjects a sentence names, by word lists: hepatitis B itself, another illness, another medicine ..."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.nlu.spellings import written_out
from hepb.yaml_files import parse_yaml

FILES = tuple(sorted(Path(__file__).parent.glob("subjects.*.yaml")))
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 3
"""Of a row in the lists."""
_LEAST_LETTERS = 7
"""Of a word that is known by its ending: "oma" alone says nothing."""


@dataclass(frozen=True)
class Subject:
    """``words``: rows of words, single-spaced; ``endings`` of words that are not ``besides``."""

    words: frozenset[str]
    endings: tuple[str, ...]
    besides: frozenset[str]

    def is_named(self, words: Sequence[str], rows: frozenset[str]) -> bool:
        """Whether one of its words stands in a sentence of ``words``, whose ``rows`` of up to three words are given."""
        return not self.words.isdisjoint(rows) or any(map(self._ends_so, words))

    def _ends_so(self, word: str) -> bool:
        return len(word) >= _LEAST_LETTERS and word not in self.besides and word.endswith(self.endings)


def subjects_of(text: str) -> Mapping[str, bool]:
    """Whether each subject is named in ``text``, as it stands or written out (:mod:`assistant.nlu.spellings`)."""
    words = _LETTERS.findall(f"{text} {written_out(text)}".lower())
    rows = frozenset(
        row
        for start in range(len(words))
        for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1)
        for row in _singular(" ".join(words[start:end]))
    )
    return {name: subject.is_named(words, rows) for name, subject in _subjects().items()}


def _singular(row: str) -> tuple[str, ...]:
    return (row, row.removesuffix("s"))


@cache
def _subjects() -> Mapping[str, Subject]:
    found: dict[str, Subject] = {}
    for path in FILES:
        for name, lists in parse_yaml(path.read_text("utf8"), path.name).items():
            found[name] = Subject(
                frozenset(lists["words"]), tuple(lists.get("endings", ())), frozenset(lists.get("except", ()))
            )
    return found
