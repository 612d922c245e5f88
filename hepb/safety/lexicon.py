"""The urgent lexicon: a YAML file of signs, idioms and contexts, read strictly into frozen dataclasses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hepb.errors import LexiconError
from hepb.safety.patterns import TokenPattern, compile_pattern
from hepb.yaml_files import read_knowledge

Kind = Literal["urgent_symptom", "self_harm"]
Patterns = tuple[TokenPattern, ...]

KINDS: tuple[Kind, ...] = ("urgent_symptom", "self_harm")
_PLACES = ("before", "inside", "after", "sentence")
_BARRIERS = ("clause", "sentence", "none")
_MINIMUM_FUZZY_LETTERS = 6


@dataclass(frozen=True)
class Sign:
    """One urgent sign and the wordings that show it."""

    id: str
    kind: Kind
    patterns: Patterns


@dataclass(frozen=True)
class Context:
    """A cue that takes a sign back ("no", "two years ago", "can hepatitis cause").

    ``place`` says where the cue stands as seen from the sign, ``within`` how many tokens may lie between,
    ``barrier`` what must not lie between. A cue that overlaps a ``pseudo`` wording is none; an ``unless`` wording
    in the same sentence keeps the sign. ``kind`` limits the context to signs of one kind.
    """

    id: str
    place: Literal["before", "inside", "after", "sentence"]
    within: int
    barrier: Literal["clause", "sentence", "none"]
    kind: Kind | None
    cues: Patterns
    pseudo: Patterns
    unless: Patterns


@dataclass(frozen=True)
class UrgentLexicon:
    """All rules of one language. ``fuzzy`` are the words that may have one typing error, ``vocabulary`` all words."""

    signs: tuple[Sign, ...]
    idioms: Patterns
    contexts: tuple[Context, ...]
    sentence_ends: frozenset[str]
    clause_breaks: Patterns
    fuzzy: frozenset[str]
    vocabulary: frozenset[str]


def load_lexicon(file: str) -> UrgentLexicon:
    """Read ``hepb/knowledge/<file>``. Raises LexiconError (L001, L003) or KnowledgeError naming file and key."""
    return parse_lexicon(read_knowledge(file), file)


def parse_lexicon(data: Mapping[str, Any], file: str) -> UrgentLexicon:
    """Build the lexicon from parsed YAML; ``file`` is the name for errors."""
    reader = _Reader(data, file)
    reader.check_keys(
        data, {"language", "words", "signs", "idioms", "contexts", "sentence_ends", "clause_breaks"}, "the file"
    )
    return UrgentLexicon(
        signs=tuple(reader.sign(name, body) for name, body in data["signs"].items()),
        idioms=reader.patterns(data["idioms"], "idioms"),
        contexts=tuple(reader.context(body) for body in data["contexts"]),
        sentence_ends=frozenset(reader.ends),
        clause_breaks=reader.patterns(data["clause_breaks"], "clause_breaks"),
        fuzzy=reader.fuzzy(),
        vocabulary=frozenset(reader.vocabulary),
    )


class _Reader:
    def __init__(self, data: Mapping[str, Any], file: str) -> None:
        self.file = file
        self.words: Mapping[str, Any] = data["words"]
        for name, body in self.words.items():
            self.check_keys(body, {"any", "fuzzy"}, f"words.{name}")
            for word in body["any"]:
                if not isinstance(word, str):  # YAML reads an unquoted no, on or off as a truth value
                    raise LexiconError("L003", file=file, key=f"words.{name}.any", value=word, allowed="a quoted word")
        self.groups = {name: body["any"] for name, body in self.words.items()}
        self.ends = [*data["sentence_ends"], "\n"]
        self.vocabulary = {word for words in self.groups.values() for entry in words for word in entry.split()}

    def check_keys(self, body: Mapping[str, Any], allowed: set[str], place: str) -> None:
        for key in body:
            if key not in allowed:
                raise LexiconError("L001", file=self.file, key=f"{place}.{key}", allowed=", ".join(sorted(allowed)))

    def check_value(self, value: object, allowed: Iterable[object], place: str) -> None:
        if value not in allowed:
            raise LexiconError("L003", file=self.file, key=place, value=value, allowed=", ".join(map(str, allowed)))

    def patterns(self, texts: Iterable[str], place: str) -> Patterns:
        rows: list[TokenPattern] = []
        for text in texts:
            self.vocabulary.update(re.findall(r"[^\W\d_']+(?!\*)\b", str(text)))
            try:
                rows.extend(compile_pattern(str(text), self.groups, self.ends))
            except KeyError as error:
                raise LexiconError(
                    "L003", file=self.file, key=place, value=f"@{error.args[0]}", allowed=", ".join(self.groups)
                ) from None
        return tuple(rows)

    def sign(self, name: str, body: Mapping[str, Any]) -> Sign:
        self.check_keys(body, {"kind", "patterns"}, f"signs.{name}")
        self.check_value(body["kind"], KINDS, f"signs.{name}.kind")
        return Sign(name, body["kind"], self.patterns(body["patterns"], f"signs.{name}"))

    def context(self, body: Mapping[str, Any]) -> Context:
        name = f"contexts.{body['id']}"
        self.check_keys(body, {"id", "kind", "place", "within", "barrier", "cues", "pseudo", "unless"}, name)
        self.check_value(body["place"], _PLACES, f"{name}.place")
        self.check_value(body["barrier"], _BARRIERS, f"{name}.barrier")
        self.check_value(body.get("kind"), (*KINDS, None), f"{name}.kind")
        cues, pseudo, unless = (self.patterns(body.get(key, ()), name) for key in ("cues", "pseudo", "unless"))
        return Context(
            body["id"], body["place"], body["within"], body["barrier"], body.get("kind"), cues, pseudo, unless
        )

    def fuzzy(self) -> frozenset[str]:
        words = (w for body in self.words.values() if body.get("fuzzy") for w in body["any"])
        return frozenset(w for w in words if w.isalpha() and len(w) >= _MINIMUM_FUZZY_LETTERS)
