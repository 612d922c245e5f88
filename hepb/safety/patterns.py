"""The small pattern language of the urgent lexicon, turned into spaCy Matcher patterns.

A pattern is a row of tokens: ``word``, ``a|b``, ``begin*``, ``word?`` (may be missing), ``@group``, ``^word`` (first in
its sentence), ``#8`` (a number in digits, 8 to 999), ``..3`` (up to three other words of the sentence) and ``~3`` (the
same, across sentence ends).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TokenPattern = list[dict[str, Any]]

_GAP = re.compile(r"(\.\.|~)(\d+)")
_NUMBER = re.compile(r"#\d+")
_NUMBERS_END = 1000


def compile_pattern(text: str, groups: Mapping[str, Sequence[str]], sentence_ends: Sequence[str]) -> list[TokenPattern]:
    """Turn one pattern into Matcher patterns: several when a group holds entries of more than one word.

    Raises KeyError with the group's name when a group does not exist.
    """
    parts = re.sub(r"\s*\|\s*", "|", text).split()
    choices = (_part(part, groups, sentence_ends) for part in parts)
    return [list(itertools.chain(*choice)) for choice in itertools.product(*choices)]


def _part(part: str, groups: Mapping[str, Sequence[str]], sentence_ends: Sequence[str]) -> list[TokenPattern]:
    gap = _GAP.fullmatch(part)
    if gap:
        open_token: dict[str, Any] = {} if gap[1] == "~" else {"NORM": {"NOT_IN": list(sentence_ends)}}
        return [[{**open_token, "OP": "?"}] * int(gap[2])]
    if part.startswith("^"):
        return [[{**row[0], "IS_SENT_START": True}, *row[1:]] for row in _part(part[1:], groups, sentence_ends)]
    optional = part.endswith("?") and len(part) > 1
    words = list(_words(part.removesuffix("?") if optional else part, groups))
    single = [w for w in words if " " not in w]
    rows = [[{"NORM": w} for w in words_.split()] for words_ in words if " " in words_]
    if single:
        rows.insert(0, [_one_of(single)])
    return [[{**token, "OP": "?"} for token in row] for row in rows] if optional else rows


def _words(part: str, groups: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for word in part.split("|"):
        if word.startswith("@"):
            yield from groups[word[1:]]
        elif _NUMBER.fullmatch(word):
            yield from map(str, range(int(word[1:]), _NUMBERS_END))
        else:
            yield word


def _one_of(words: Sequence[str]) -> dict[str, Any]:
    if any(len(w) > 1 and w.endswith("*") for w in words):
        alternatives = (re.escape(w.removesuffix("*")) + (".*" if w.endswith("*") else "") for w in words)
        return {"NORM": {"REGEX": f"^(?:{'|'.join(alternatives)})$"}}
    return {"NORM": words[0]} if len(words) == 1 else {"NORM": {"IN": sorted(set(words))}}


def is_needed(token: Mapping[str, Any]) -> bool:
    """Whether a pattern cannot match without this token."""
    return "OP" not in token


def is_gap(token: Mapping[str, Any]) -> bool:
    """Whether a Matcher token stands for a word between the words that matter."""
    return token.get("OP") == "?" and (set(token) == {"OP"} or "NOT_IN" in token.get("NORM", {}))
