"""Values that a question only imagines: "what if my ALT goes to 100?". They are never part of what was told.

The imagined part is told as a fact ("my ALT is 100") and then read like any other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hepb.reading import read_text
from hepb.reading.findings import Finding
from hepb.yaml_files import read_knowledge

_LONGEST = 200
"""Characters of an imagined part: what stands behind is a story."""
_END = re.compile(r"[?!;\n]|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Imagined:
    """``findings``: what would be known of whomever. ``of_it``: a value of what was spoken of last ("it goes to 100").

    ``plain``: the question opens with "what if", or is nothing but an "if"; else it only holds one.
    """

    findings: tuple[Finding, ...] = ()
    of_it: str = ""
    plain: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"findings": [item.to_dict() for item in self.findings], "of_it": self.of_it, "plain": self.plain}


def imagined(text: str, language: str = "en") -> Imagined | None:
    """What a question imagines of results or an age; None where it imagines nothing that can be read."""
    words = _words(language)
    said = " ".join(text.lower().replace("\u2019", "'").split())
    if found := words.opens.search(said):
        return _read(words.fact(said[found.end() :]), words, plain=True)
    if found := words.begins.search(said):
        fact = words.fact(said[found.end() :])
        return _read(fact, words, plain=words.is_all(said, found))
    return None


def _read(fact: str, words: _Words, *, plain: bool) -> Imagined | None:
    if bare := words.it.match(fact):
        of_it = fact[bare.end() :].strip(" ,")
        return Imagined((), of_it, plain) if of_it else None
    findings = tuple(item for item in read_text(fact).findings if _counts(item))
    return Imagined(findings, "", plain) if findings else None


def _counts(finding: Finding) -> bool:
    return finding.kind in {"marker", "age"} and finding.current and not finding.doubt


@dataclass(frozen=True, slots=True)
class _Words:
    """The word list of a language as patterns; what each is for stands in the file."""

    opens: re.Pattern[str]
    begins: re.Pattern[str]
    moves: re.Pattern[str]
    ends: re.Pattern[str]
    aged: re.Pattern[str]
    it: re.Pattern[str]
    lead: tuple[str, ...]
    age: str
    equals: str

    def is_all(self, said: str, found: re.Match[str]) -> bool:
        """Whether the text holds nothing but the imagined part."""
        before, behind = said[: found.start()].strip(" ,"), said[found.end() :].strip(" ?!.")
        asks = before in self.lead or (not before and said.endswith("?"))  # "when I was 40, ALT was 100" asks nothing
        return asks and len(self.ends.split(behind)) == 1 and not _END.search(behind)

    def fact(self, rest: str) -> str:
        """The imagined part, told as a fact."""
        part = self.ends.split(_END.split(rest[:_LONGEST])[0])[0]
        plain = self.moves.sub(f" {self.equals} ", part).strip(" ,")
        aged = self.aged.fullmatch(" ".join(plain.split()))
        return self.age.format(aged["years"]) if aged else plain


@cache
def _words(language: str) -> _Words:
    lists = read_knowledge(f"lexicon/what_if.{language}.yaml")
    names = {name: _either(words) for name, words in lists.items() if isinstance(words, list)}
    return _Words(
        opens=re.compile(rf"\b(?:{names['opens']})\s+"),
        begins=re.compile(rf"(?:^|[\s,.;:])(?:{names['begins']})\s+"),
        moves=re.compile(rf"\s+(?:{names['moves']})\b(?:\s+(?:{names['by']})\b)*\s*"),
        ends=re.compile(rf"(?:,\s*|\s+)(?:{names['ends']})\b"),
        aged=re.compile(
            rf"(?:{names['self']})\s+(?:{lists['equals']}\s+)?(?P<years>\d{{1,3}})(?:\s+(?:{names['years']}))?"
        ),
        it=re.compile(rf"(?:{names['it']})\s+{lists['equals']}\s+"),
        lead=tuple(lists["lead"]),
        age=lists["age"],
        equals=lists["equals"],
    )


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
