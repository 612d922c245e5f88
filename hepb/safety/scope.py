"""Which sentence and clause a token belongs to, and whether a cue reaches a sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hepb.safety.lexicon import Context


@dataclass(frozen=True)
class Span:
    """Tokens ``start`` to ``end`` (exclusive).

    ``anchors`` are the ones that matter, the rest fills gaps; ``core`` are the anchors the pattern cannot do without.
    """

    rule: str
    start: int
    end: int
    anchors: frozenset[int]
    core: frozenset[int]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` is a shorter match of the same rule within this one."""
        within = self.start <= other.start and other.end <= self.end
        return self.rule == other.rule and within and other.end - other.start < self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether every word that makes ``other`` is a word of this span's own, not one in its gaps."""
        return other.core <= self.anchors

    def touches(self, other: Span) -> bool:
        """Whether the words that matter in both spans share a token."""
        return not self.anchors.isdisjoint(other.anchors)


@dataclass(frozen=True)
class Layout:
    """Sentence number and clause number of every token."""

    sentences: Sequence[int]
    clauses: Sequence[int]

    def same_sentence(self, first: Span, second: Span) -> bool:
        """Whether ``first`` begins in a sentence that ``second`` reaches into."""
        return self.sentences[second.start] <= self.sentences[first.start] <= self.sentences[second.end - 1]

    def same_clause(self, first: Span, second: Span) -> bool:
        """Whether ``first`` begins in a clause that ``second`` reaches into."""
        return self.clauses[second.start] <= self.clauses[first.start] <= self.clauses[second.end - 1]

    def separated(self, first: int, second: int, barrier: str) -> bool:
        """Whether a clause or sentence ends between two tokens."""
        if barrier == "none":
            return False
        numbers = self.clauses if barrier == "clause" else self.sentences
        return numbers[first] != numbers[second]


def lay_out(words: Sequence[str], sentence_ends: frozenset[str], breaks: Iterable[Span]) -> Layout:
    """Number sentences and clauses; a clause break opens a new clause at its first token."""
    starts = {b.start for b in breaks}
    sentences, clauses, sentence, clause = [], [], 0, 0
    for position, word in enumerate(words):
        clause += position in starts
        sentences.append(sentence)
        clauses.append(clause)
        if word in sentence_ends:
            sentence += 1
            clause += 1
    return Layout(sentences, clauses)


def takes_back(context: Context, sign: Span, layout: Layout, spans: dict[str, list[Span]]) -> bool:
    """Whether ``context`` makes ``sign`` no present sign; ``spans`` holds ``cues``, ``pseudo`` and ``unless``."""
    cues = [c for c in spans["cues"] if not any(c.touches(p) for p in spans["pseudo"])]
    reaching = [c for c in cues if _reaches(context, c, sign, layout)]
    if not reaching:
        return False
    kept = (u for u in spans["unless"] if layout.same_sentence(u, sign) and not any(u.touches(c) for c in reaching))
    return not any(kept)


def _reaches(context: Context, cue: Span, sign: Span, layout: Layout) -> bool:
    if context.place == "sentence":
        return layout.same_clause(cue, sign) if context.barrier == "clause" else layout.same_sentence(cue, sign)
    if cue.touches(sign):
        return False
    if context.place == "inside":
        return sign.start <= cue.start and cue.end <= sign.end
    before = context.place == "before"
    distance = sign.start - cue.end if before else cue.start - sign.end
    near, far = (cue.start, sign.start) if before else (sign.end - 1, cue.start)
    return 0 <= distance <= context.within and not layout.separated(near, far, context.barrier)
