"""Pipeline component: puts names, numbers and signs together to results.

One walk over the text. A name, or several joined by "and", commas or slashes, waits for its value; a number or a
sign goes to the names that wait, or to the name that follows it at once ("positive for HBsAg", "50 ALT").
"""

from __future__ import annotations

from spacy.tokens import Doc

from hepb.reading.drafts import SEROLOGY, Draft, doubt_of, fits, is_denied, meaning, opposite, unit_of
from hepb.reading.layout import (
    closes_sentence,
    gap_is,
    is_minus_sign,
    is_reference,
    joins_names,
    limit_of,
    opens_label,
    restates,
)
from hepb.reading.lexicon import MarkerKind, load_lexicon
from hepb.reading.notes import Notes, Number, Term
from hepb.reading.outcome import finish

_REACH = 14  # tokens between a name and its value
_STRANGERS = 3  # of them unknown words
_SIGN_REACH = 6
_BESIDE = 3  # tokens between a number and the sign that belongs to it
_LIST_LIMIT = 8  # names that wait together


class Results:
    """Adds findings of the kind ``marker`` (and co-infections, as conditions)."""

    def __init__(self, language: str) -> None:
        self.kinds = load_lexicon(language).markers

    def __call__(self, doc: Doc) -> Doc:
        """Find the results of one document."""
        notes: Notes = doc._.notes
        notes.findings += finish(notes, _Walk(notes, self.kinds).drafts(), self.kinds)
        notes.findings.sort(key=lambda finding: (finding.start, finding.end))
        return doc


class _Walk:
    """The state of one walk over one text."""

    def __init__(self, notes: Notes, kinds: dict[str, MarkerKind]) -> None:
        self.notes, self.kinds = notes, kinds
        self.found: list[Draft] = []
        self.waiting: list[Term] = []
        self.given: list[Draft] = []  # drafts of the waiting names
        self.last: list[Term] = []  # names of the sentence before, for "it is 98"
        self.sign: Term | None = None  # a sign that stands before its names
        self.ahead: Number | None = None  # a number that stands before its name
        self.unit: Term | None = None  # a unit that stands before its number
        self.limit: float | None = None  # a reference limit that stands before the value
        self.in_reference = False
        self.reference_in_brackets = False
        self.reference_end = -_SIGN_REACH
        self.seen = 0  # end of the last name or value
        self.strangers = 0
        self.starts = {number.start: number for number in notes.numbers.values()}

    def drafts(self) -> list[Draft]:
        """Walk over the text once."""
        notes, index = self.notes, 0
        while index < len(notes):
            number, when, name = self.starts.get(index), notes.whens.get(index), notes.term("name", index)
            if when is not None:
                index = when.end
            elif number is not None and notes.free(number.first, number.last):
                self._number(number)
                index = number.end
            elif name is not None:
                self._name(name)
                index = name.end
            else:
                index = self._word(index)
        return self.found

    # --- words that are neither name nor value

    def _word(self, index: int) -> int:
        notes = self.notes
        word = notes.words[index]
        if closes_sentence(notes, index):
            self._close(keep_names=word[0] == "\n" and not self.given)
            return index + 1
        if word in {")", "]"}:
            self.in_reference = False
        unit = notes.term("unit", index)
        if (
            unit is not None
            and unit.rule.kind != "foreign"
            and (self.waiting or self.last)
            and not (unit.end == index + 1 and notes.term("filler", index))
        ):
            self.unit = unit
            return unit.end
        if word == "-" and self.waiting and not self.given and is_minus_sign(notes, index, self.waiting[-1]):
            self._give_sign("negative", index, index + 1)
        elif opens_label(notes, index) and notes.covering("comparator", index) is None:
            self.strangers += _STRANGERS + 1
        elif not any(
            notes.covering(layer, index) for layer in ("filler", "link", "series", "comparator", "range_between")
        ):
            self.strangers += 1
        return index + 1

    def _close(self, *, keep_names: bool) -> None:
        if keep_names and self.waiting:
            return
        self.last = [term for term in self.waiting if term.rule.category == "marker"] or self.last[-1:]
        self.waiting, self.given = [], []
        self.sign = self.ahead = self.unit = self.limit = None
        self.in_reference = False
        self.strangers = 0

    # --- names

    def _name(self, term: Term) -> None:
        category = term.rule.category
        if category in {"marker", "other_test"}:
            self._test(term)
        elif category == "sign":
            self._sign(term)
        elif category == "flag":
            self._flag(term)
        elif category == "reference":
            self._begin_reference(term)
        elif category == "shorthand":
            self._shorthand(term)
        elif category == "condition" and not self.notes.term("filler", term.start):
            self.strangers += 1

    def _test(self, term: Term) -> None:
        joined = bool(self.waiting) and joins_names(self.notes, self.waiting[-1].end, term.start)
        if joined and not self.given and len(self.waiting) < _LIST_LIMIT:
            if not (term.rule.category == "marker" and term.rule.value == self.waiting[-1].rule.value):
                self.waiting = [*self.waiting, term]
            else:
                self.waiting[-1] = Term(term.rule, self.waiting[-1].start, term.end)
        elif joined and self.given and self.given[-1].marker == term.rule.value and self._same_name(term):
            self.waiting[-1] = Term(term.rule, self.waiting[-1].start, term.end)
        else:
            self.waiting, self.given = [term], []
            self.limit = None
        self._before_name(term)
        self.unit = None
        self.in_reference = self.in_reference and term.start - self.reference_end <= 2  # "reference range ALT 0-40"
        self.seen, self.strangers = term.end, 0

    def _same_name(self, term: Term) -> bool:
        """ "positive HBsAg (hepatitis B surface antigen)": the name once more."""
        return self.sign is not None and self.notes.words[term.start - 1] == "("

    def _before_name(self, term: Term) -> None:
        """Give a name the sign or the number that stood right before it."""
        if self.sign is not None:
            if gap_is(self.notes, self.sign.end, term.start, ("sign_for", "filler", "link", "name"), _SIGN_REACH):
                self._new(term, self.sign.start, self.sign.end, sign=self.sign.rule.value)
            else:
                self.sign = None
        if self.ahead is not None:
            if self.ahead.end == term.start:
                self._new(term, self.ahead.start, self.ahead.end, number=self.ahead)
            self.ahead = None

    def _shorthand(self, term: Term) -> None:
        for marker, sign in term.rule.value.items():
            draft = Draft(marker, term.start, term.end, term.start, interpretation=sign, implied=True)
            self.found.append(draft)
        self.waiting, self.given, self.sign = [], [], None

    # --- signs and flags

    def _sign(self, term: Term) -> None:
        notes, value = self.notes, term.rule.value
        if self.in_reference or self._introduces_limit(term):
            self._begin_reference(term)
            return
        if is_denied(notes, term.start):
            value = opposite(value)
        if self._belongs_ahead(term):
            if self._changes(term):
                self._new(self.waiting[-1], term.start, term.end, sign=value)
                self.given[-1].named = False
            else:
                self.sign = term
        elif self.waiting and self._within_reach(term.start):
            self._give_sign(value, term.start, term.end)
        elif self._stands_for_last(term):
            self._sign_for_last(value, term)
        else:
            self.sign = term

    def _changes(self, term: Term) -> bool:
        """ "HBeAg was positive in 2019 and is negative now": the same name with another sign."""
        notes = self.notes
        if not self.given or self._marker_at(term.end) or notes.term("sign_for", term.end):
            return False
        return gap_is(notes, self.given[-1].end, term.start, ("series", "link", "filler", "change_to"), _REACH) and (
            term.start - self.given[-1].end > 1
        )

    def _stands_for_last(self, term: Term) -> bool:
        """ "Now it is undetectable.": a sentence without a name goes on with the last one."""
        follows = self.notes.word(term.end)[:1]
        return not self.waiting and bool(self.last) and not self.strangers and follows in {"", ".", ",", "!", "\n", ";"}

    def _sign_for_last(self, sign: str, term: Term) -> None:
        marker = self.last[-1].rule.value
        said = meaning(self.kinds[marker], sign)
        if said is not None:
            draft = Draft(marker, term.start, term.end, term.start, named=False, interpretation=said)
            self.found.append(draft)

    def _belongs_ahead(self, term: Term) -> bool:
        """ "positive for HBsAg": a name follows; or every waiting name already has its sign."""
        notes = self.notes
        bridge = notes.term("sign_for", term.end)
        if bridge is not None and self._name_follows(bridge.end):
            return True
        signed = bool(self.given) and all(draft.interpretation for draft in self.given[-len(self.waiting) :])
        if not signed:
            return False
        directly = gap_is(notes, self.waiting[-1].end, term.start, ("link",), 1) and notes.word(term.start - 1) != ","
        return not (directly and self.sign is not None)

    def _name_follows(self, start: int) -> bool:
        """True when a test's name comes next, but for small words."""
        for place in range(start, start + 4):
            if self._marker_at(place):
                return True
            if place in self.notes.taken or not self.notes.covering("filler", place):
                return False
        return False

    def _marker_at(self, index: int) -> bool:
        term = self.notes.covering("name", index)
        return term is not None and term.rule.category in {"marker", "other_test"}

    def _introduces_limit(self, term: Term) -> bool:
        """ "ALT 62 (normal < 40)", "ALT (normal 0-40) 62"."""
        number = self.starts.get(term.end) or self.starts.get(term.end + 1)
        if number is None:
            return False
        measured = any(draft.number for draft in self.given)
        if term.rule.value != "normal":  # 0.09 (Neg < 1.0)
            return measured and number.comparator is not None and self.notes.word(term.start - 1) == "("
        return measured or number.comparator is not None

    def _give_sign(self, sign: str, start: int, end: int) -> None:
        for place, term in enumerate(self.waiting):
            if term.rule.category != "marker":
                continue
            draft = self.given[place] if len(self.given) == len(self.waiting) else None
            said = meaning(self.kinds[term.rule.value], sign)
            if said is None:
                continue
            if draft is not None and draft.number is not None and start - draft.end > _BESIDE:
                self._new(term, start, end, sign=sign)
                self.given[-1].named = False
            elif draft is not None and (draft.interpretation is None or self.sign is not None):
                draft.interpretation = said
                draft.widen(start, end)
            elif draft is None:
                self._new(term, start, end, sign=sign)
        self.seen, self.strangers = end, 0
        self.sign = None

    def _begin_reference(self, term: Term) -> None:
        self.in_reference, self.reference_end = True, term.end
        self.reference_in_brackets = self.notes.word(term.start - 1) in {"(", "["}

    def _flag(self, term: Term) -> None:
        if self.given and term.start - self.seen <= 3 and self.given[-1].number is not None and not self.in_reference:
            self.given[-1].flag = self.notes.raw(term.start, term.end)
            self.given[-1].widen(term.start, term.end)

    # --- numbers

    def _number(self, number: Number) -> None:
        if self.in_reference:
            self._reference(number)
        elif self.notes.covering("corrected_away", number.start - 1) or (number.paired and len(self.waiting) < 2):
            return
        elif self.waiting and self._within_reach(number.start):
            self._number_for_waiting(number)
        else:
            self._orphan(number)

    def _number_for_waiting(self, number: Number) -> None:
        name = self._marker_at(number.end)
        previous = self.given[-1] if self.given else None
        if previous is None and number.high is not None and (number.in_brackets or self._too_low(number)):
            self.limit = limit_of(number)
        elif previous is None:
            self._first_numbers(number)
        elif previous.number is None:
            self._complete(number)
        elif is_reference(self.notes, previous.number, number):
            self._reference(number)
        elif name and not gap_is(self.notes, previous.number.end, number.start, ("same_value",), 2):
            self.ahead = number
        else:
            self._further(previous, number)

    def _too_low(self, number: Number) -> bool:
        """A range from 0 is a reference range, whatever stands beside it."""
        kind = self.kinds.get(self.waiting[-1].rule.value) if self.waiting[-1].rule.category == "marker" else None
        return kind is not None and kind.plausible is not None and number.low < kind.plausible[0]

    def _first_numbers(self, number: Number) -> None:
        """One number for the name, one for each of several names, or one for all joined by "and"."""
        listed = self._list_from(number)
        if len(self.waiting) > 1 and len(listed) == len(self.waiting):
            for term, item in zip(list(self.waiting), listed, strict=True):
                self._new(term, item.start, item.end, number=item)
                item_end = item.end
                self.starts.pop(item.start, None)
            self.starts[number.start] = number
            self.seen = item_end
            return
        joint = self.notes.words[self.waiting[-2].end : self.waiting[-1].start] if len(self.waiting) > 1 else []
        names = (
            self.waiting
            if any(
                self.notes.word(place) == "and" or self.notes.covering("range_and", place)
                for place in range(self.waiting[0].end, self.waiting[-1].start)
            )
            and joint
            else self.waiting[-1:]
        )
        for term in list(names):
            self._new(term, number.start, number.end, number=number)
        self.waiting = list(names) if len(names) == len(self.given) else self.waiting[-1:]

    def _list_from(self, number: Number) -> list[Number]:
        listed = [number]
        while len(listed) < _LIST_LIMIT:
            following = next(
                (self.starts[place] for place in range(listed[-1].end, listed[-1].end + 3) if place in self.starts),
                None,
            )
            if following is None or not gap_is(self.notes, listed[-1].end, following.start, ("range_and", "link"), 2):
                break
            listed.append(following)
        return listed

    def _complete(self, number: Number) -> None:
        """The number beside a sign: ``NEG S/CO 0.317``, ``REACTIVE (5823.0)``."""
        changed = False
        for draft in self.given[-len(self.waiting) :]:
            kind = self.kinds[draft.marker]
            if draft.number is None and fits(kind, number, self.unit) and number.start - self.seen <= _SIGN_REACH:
                draft.number, draft.unit = number, unit_of(number, self.unit)
                draft.doubt = doubt_of(kind, number)
                draft.reference_high = self.limit
                draft.widen(number.start, number.end)
                changed = True
        if changed:
            self.seen, self.strangers, self.unit = number.end, 0, None

    def _further(self, previous: Draft, number: Number) -> None:
        """A second number for the same name: another spelling of it, or a value at another time."""
        start, end = previous.number.end, number.start
        term = self.waiting[-1]
        if term.rule.category != "marker" or not fits(self.kinds[term.rule.value], number, self.unit):
            return
        same = restates(self.notes, previous, number)
        if not same and not gap_is(
            self.notes, start, end, ("series", "link", "change_to", "name", "comparator", "flag", "correction"), _REACH
        ):
            return
        if not same and start == end:
            return
        self._new(term, number.start, number.end, number=number)
        self.given[-1].same_as_before = same
        self.given[-1].named = False

    def _orphan(self, number: Number) -> None:
        """A number without a waiting name: "50 ALT", "3 million copies", "it is 98 now"."""
        if self._marker_at(number.end) and self.notes.term("name", number.end):
            self.ahead = number
            return
        if number.unit_kind == "copies" or (
            number.unit_kind == "volume" and self.unit and self.unit.rule.kind == "copies"
        ):
            self._for_last(number, [term for term in self.last if term.rule.value == "HBV_DNA"], "HBV_DNA")
        elif self.last and not self.waiting:
            self._for_last(number, self.last[-1:], None)

    def _for_last(self, number: Number, terms: list[Term], marker: str | None) -> None:
        marker = terms[-1].rule.value if terms else marker
        if marker is None or not fits(self.kinds[marker], number, self.unit):
            return
        if number.unit is None and (self.strangers or number.in_brackets or self.kinds[marker].kind in SEROLOGY):
            return
        draft = Draft(marker, number.start, number.end, number.start, named=False)
        before = next((one for one in reversed(self.found) if one.marker == marker and one.number), None)
        log = number.unit_kind == "log" or (
            number.unit is None and self.unit is not None and self.unit.rule.kind == "log"
        )
        draft.same_as_before = log and before is not None and before.number.unit_kind != "log"
        self._fill(draft, number)
        self.found.append(draft)

    def _reference(self, number: Number) -> None:
        limit = limit_of(number)
        if self.given:
            for draft in self.given[-len(self.waiting) :]:
                draft.reference_high = limit if draft.reference_high is None else draft.reference_high
        else:
            self.limit = limit
        self.in_reference = self.reference_in_brackets
        self.seen = max(self.seen, number.end)

    # --- drafts

    def _within_reach(self, index: int) -> bool:
        return index - self.seen <= _REACH and self.strangers <= _STRANGERS

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
        kind = self.kinds[draft.marker]
        draft.number, draft.unit = number, unit_of(number, self.unit)
        draft.doubt, draft.reference_high = doubt_of(kind, number), self.limit
        if number.glued_minus and self.notes.word(number.first - 2) == "(" and kind.kind in SEROLOGY:
            draft.interpretation = "negative"
        self.unit = self.limit = None
