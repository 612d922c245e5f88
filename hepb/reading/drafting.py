"""The state of one walk over a text, and how a draft is begun and filled."""

from __future__ import annotations

from hepb.reading.drafts import SEROLOGY, Draft, doubt_of, fits, meaning, unit_of, with_point_read
from hepb.reading.layout import limit_of
from hepb.reading.lexicon import MarkerKind
from hepb.reading.notes import Notes, Number, Term

REACH = 14  # tokens between a name and its value
STRANGERS = 3  # of them unknown words
SIGN_REACH = 6
_LEAD = 3  # tokens of "now it is"
_BEFORE_NOW = frozenset({",", ".", ";", "\n", "-"})
LIST_LIMIT = 8  # names that wait together


class Drafting:
    """What waits for what, at one place of the text."""

    def __init__(self, notes: Notes, kinds: dict[str, MarkerKind]) -> None:
        self.notes, self.kinds = notes, kinds
        self.found: list[Draft] = []
        self.waiting: list[Term] = []
        self.row: list[Term] = []  # names side by side, the head of a table in one line
        self.given: list[Draft] = []  # drafts of the waiting names
        self.last: list[Term] = []  # names of the sentence before, for "it is 98"
        self.sign: Term | None = None  # a sign that stands before its names
        self.ahead: Number | None = None  # a number that stands before its name
        self.unit: Term | None = None  # a unit that stands before its number
        self.limit: Number | None = None  # a reference that stands before the value
        self.in_reference = False
        self.reference_in_brackets = False
        self.reference_end = -SIGN_REACH
        self.seen = 0  # end of the last name or value
        self.strangers = 0
        self.starts = {number.start: number for number in notes.numbers.values()}

    def _marker_at(self, index: int) -> bool:
        term = self.notes.covering("name", index)
        return term is not None and term.rule.category in {"marker", "other_test"}

    def _name_follows(self, start: int) -> bool:
        """True when a test's name comes next, but for small words."""
        for place in range(start, start + 4):
            if self._marker_at(place):
                return True
            if place in self.notes.taken or not self.notes.covering("filler", place):
                return False
        return False

    def _begin_reference(self, term: Term) -> None:
        goes_on = self.in_reference and self.reference_in_brackets
        self.in_reference, self.reference_end = True, term.end
        self.reference_in_brackets = goes_on or self.notes.word(term.start - 1) in {"(", "["}

    def _within_reach(self, index: int) -> bool:
        return index - self.seen <= REACH and self.strangers <= STRANGERS

    def _led_by_now(self, place: int) -> bool:
        """Whether "now", after a comma or the like, leads up to a token."""
        notes, first = self.notes, place - _LEAD
        now = notes.ending("now", place)
        while (
            now is None and place > first and (notes.covering("filler", place - 1) or notes.covering("link", place - 1))
        ):
            place -= 1
            now = notes.ending("now", place)
        before = now.start - 1 if now is not None else -1
        told = now is not None and any(draft.end == now.start for draft in self.given)  # "was positive now negative"
        return told or notes.word(before) in _BEFORE_NOW or notes.covering("new_item", before) is not None

    def _close(self, *, keep_names: bool) -> None:
        if keep_names and self.waiting:
            return
        self.last = [term for term in self.waiting if term.rule.category == "marker"] or self.last[-1:]
        self.waiting, self.given = [], []
        self.sign = self.ahead = self.unit = self.limit = None
        self.in_reference = False
        self.strangers = 0

    def _new(self, term: Term, start: int, end: int, *, sign: str | None = None, number: Number | None = None) -> None:
        if term.rule.category != "marker":
            if len(self.waiting) == 1:
                self.given = []
            return
        kind = self.kinds[term.rule.value]
        said = meaning(kind, sign) if sign else None
        if (sign and said is None) or (number and not fits(kind, number, self.unit)):
            return
        draft = Draft(term.rule.value, min(start, term.start), max(end, term.end), start, interpretation=said)
        if number is not None:
            self._fill(draft, number)
        self.given.append(draft)
        self.found.append(draft)
        self.seen, self.strangers = max(end, self.seen), 0

    def _fill(self, draft: Draft, number: Number) -> None:
        """The number with its unit; the limit and the unit that stood before it are used up."""
        kind = self.kinds[draft.marker]
        draft.unit = unit_of(kind, number, self.unit)
        draft.number = number = with_point_read(draft.marker, number, draft.unit)
        draft.doubt, draft.reference_high = doubt_of(kind, number), self.limit and limit_of(self.limit, kind.kind)
        if number.glued_minus and self.notes.word(number.first - 2) == "(" and kind.kind in SEROLOGY:
            draft.interpretation = draft.interpretation or "negative"
        elif kind.kind not in SEROLOGY and self._looks_negative(number):
            draft.doubt = draft.doubt or "unclear_number"
        self.unit = self.limit = None

    def _looks_negative(self, number: Number) -> bool:
        """``ALT -5``: no such number can be, unless the dash only parts names and values ("ALT -45, AST -38")."""
        return [one.first for one in self.notes.numbers.values() if self._has_minus(one)] == [number.first]

    def _has_minus(self, number: Number) -> bool:
        return number.glued_minus and not self.notes.glued(number.first - 1)
