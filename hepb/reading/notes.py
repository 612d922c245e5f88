"""The working sheet of one text: what the pipeline's components have found so far, by token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from hepb.reading.findings import Finding
from hepb.reading.lexicon import Rule


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the text that a rule names; ``end`` is the token after the last."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number (or range, ``high`` then given) with its comparator and unit.

    ``first`` and ``last`` bound the number itself, ``start`` and ``end`` comparator and unit too.
    ``glued_minus``: a minus sign stands right before the first digit. ``in_brackets``: it stands alone in brackets.
    ``paired``: one of two numbers with a slash between them, as blood pressure is written.
    ``thousands``: ``low`` and ``high`` where the point in them parts thousands ("25.000"), else None.
    """

    start: int
    end: int
    first: int
    last: int
    low: float
    high: float | None = None
    comparator: str | None = None
    unit: str | None = None
    unit_kind: str | None = None
    doubt: str | None = None
    glued_minus: bool = False
    in_brackets: bool = False
    paired: bool = False
    thousands: tuple[float, float | None] | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A point in time named in the text (``day``, None when it names none), or a span that lasts (``since``).

    ``about``: a day near it where the words leave the day open. ``either``: its meanings as day and month, and as month
    and day, where it has two. ``day_first``: which of them a day that has one was written in, where that shows.
    """

    start: int
    end: int
    day: date | None = None
    about: date | None = None
    either: tuple[date, date] | None = None
    day_first: bool | None = None
    since: date | None = None
    lasting: bool = False
    from_birth: bool = False


@dataclass
class Notes:
    """Filled by the components in their order; lives for one text only.

    ``told``: by the first token of a date, the part of its sentence that it stands in, and whether that tells an event.
    ``columns``: the date at the head of a value's column, by the value's first token;
    ``column_tests``: the test at its head.
    ``abouts``, ``undecided``, ``restated`` and ``never_current`` know a result by the place in the text where it ends.
    """

    text: str
    as_of: date
    words: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    layers: dict[str, dict[int, Term]] = field(default_factory=dict)
    inside: dict[str, dict[int, Term]] = field(default_factory=dict)
    whens: dict[int, When] = field(default_factory=dict)
    columns: dict[int, When] = field(default_factory=dict)
    column_tests: dict[int, Term] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    told: dict[int, tuple[int, int, bool]] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    cues: list[frozenset[str]] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    sexes: dict[str, str] = field(default_factory=dict)
    abouts: dict[int, tuple[date, date]] = field(default_factory=dict)
    undecided: set[int] = field(default_factory=set)
    restated: set[int] = field(default_factory=set)
    never_current: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def word(self, index: int) -> str:
        """The normal form of a token, empty outside of the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def raw(self, start: int, end: int) -> str:
        """The text of the tokens ``start`` to ``end`` as the patient wrote it."""
        return self.text[self.begins[start] : self.ends[end - 1]] if start < end else ""

    def glued(self, index: int) -> bool:
        """True when no space stands between a token and the one before it."""
        return 0 < index < len(self.words) and self.begins[index] == self.ends[index - 1]

    def term(self, layer: str, index: int) -> Term | None:
        """The term of a layer that starts at a token."""
        return self.layers.get(layer, {}).get(index)

    def covering(self, layer: str, index: int) -> Term | None:
        """The term of a layer that a token belongs to."""
        return self.inside.get(layer, {}).get(index)

    def ending(self, layer: str, index: int) -> Term | None:
        """The term of a layer whose last token is the one before ``index``."""
        term = self.inside.get(layer, {}).get(index - 1)
        return term if term is not None and term.end == index else None

    def terms(self, layer: str) -> Iterator[Term]:
        """The terms of a layer in text order."""
        found = self.layers.get(layer, {})
        for start in sorted(found):
            yield found[start]

    def free(self, start: int, end: int) -> bool:
        """True when no date, age or other reading has taken one of the tokens."""
        return not any(index in self.taken for index in range(start, end))

    def take(self, start: int, end: int) -> None:
        """Keep tokens from being read as something else."""
        self.taken.update(range(start, end))
