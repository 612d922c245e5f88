"""Cut a message into sentences, and tell which of them ask something."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from hepb.yaml_files import parse_yaml

_BORDER = re.compile(r"(?:(?<=[.!?;。！？；])|(?<=[.!?][\"”’»]))\s+|(?<=[。！？；])|\n+")
_QUESTION_MARKS = ("?", "？")
_QUOTES = " \"'“”’»)"
_QUOTED = re.compile(r"[?？][\"”»]")
_LETTERS_OF_UNITS = 12


def split_sentences(text: str, limit: int) -> tuple[str, ...]:
    """The sentences of ``text`` in order; of more than ``limit`` the questions are kept first.

    A question that follows a comma ("ALT 60, is that high?") is a sentence of its own.
    """
    parts = (part.strip() for sentence in _BORDER.split(text) for part in _clause_border().split(sentence))
    sentences = [part for part in parts if any(c.isalnum() for c in part)]
    if len(sentences) > limit:
        kept = sorted(range(len(sentences)), key=lambda i: (not is_question(sentences[i]), i))[:limit]
        sentences = [sentences[i] for i in sorted(kept)]
    return tuple(sentences)


def is_question(sentence: str) -> bool:
    """Whether a sentence asks: a question mark, a first word that asks ("what", "explain"), or words that ask to know.

    A question that is quoted counts as asked.
    """
    words = _words(sentence)
    if sentence.rstrip(_QUOTES).endswith(_QUESTION_MARKS) or _QUOTED.search(sentence):
        return True
    said = f" {' '.join(words)} "
    return words[:1] != [] and (
        words[0] in _cues()["question_starts"] or any(f" {phrase} " in said for phrase in _cues()["asking_phrases"])
    )


def speaks_of_someone(sentence: str) -> bool:
    """Whether a sentence speaks of a person's own state ("my ALT", "I have") rather than of things in general."""
    return not _cues()["owners"].isdisjoint(_words(sentence))


def asks_back(words_behind: str) -> bool:
    """Whether what stands behind a value asks about it as about one that was told ("... is that bad?")."""
    said = " ".join(_words(words_behind))
    return any(f"{said} ".startswith(f"{phrase} ") for phrase in _cues()["back_references"])


def is_bare_value(text: str) -> bool:
    """Whether a text is a number with hardly a word ("45", "about 2.3e4 IU/ml"): it answers a question for a value."""
    letters = sum(c.isalpha() for c in text)
    return any(c.isdigit() for c in text) and letters <= _LETTERS_OF_UNITS and not is_question(text)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", sentence.lower().replace("’", "'"))


@cache
def _clause_border() -> re.Pattern[str]:
    starts = "|".join(map(re.escape, sorted(_cues()["clause_starts"])))
    return re.compile(rf"[,:–-]\s+(?=(?:{starts})\b)", re.IGNORECASE)


@cache
def _cues() -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {
        key: set() for key in ("question_starts", "clause_starts", "owners", "asking_phrases", "back_references")
    }
    for path in sorted(Path(__file__).parent.glob("sentences.*.yaml")):
        data: dict[str, Any] = parse_yaml(path.read_text("utf8"), path.name)
        for key, words in data.items():
            cues[key].update(words)
    return {key: frozenset(words) for key, words in cues.items()}
