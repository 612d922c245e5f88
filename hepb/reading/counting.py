"""To which tests a number belongs, and what is a limit, a restatement or a value of another time."""

from __future__ import annotations

from dataclasses import replace

from hepb.reading.drafting import LIST_LIMIT, REACH, SIGN_REACH, Drafting
from hepb.reading.drafts import SEROLOGY, Draft, contradicts, fits
from hepb.reading.layout import gap_is, is_reference, limit_of, restates, tells_time
from hepb.reading.notes import Notes, Number, Term

_MEASURED = frozenset({"HBsAg", "anti_HBs"})  # the serology that laboratories also measure in IU/mL
_OLDEST = 120  # years
_ENDS_LIST = frozenset({"", ",", ".", ";", "\n"})
_PAIR = 2
_LIST_GAP = 2  # tokens between the numbers of a list
_TEN = 10
_ONLY_VIRUS = 1_000_000  # no serology test counts so far
_OPENINGS = frozenset({"", ",", ".", ";", "\n"})
_BETWEEN_VALUES = ("series", "link", "before_treatment", "change_to", "name", "comparator", "flag", "correction",
                   "for_span", "now")  # fmt: skip


def _behind_blank(notes: Notes, place: int) -> int:
    while notes.word(place) and not notes.word(place).strip(" "):
        place += 1
    return place


class Counting(Drafting):
    """Numbers."""

    def _number(self, number: Number) -> None:
        if number.first in self.notes.column_tests:
            self._new(self.notes.column_tests[number.first], number.start, number.end, number=number)
            self.given[-1:] = []
        elif self.in_reference:
            self._reference(number)
        elif self.notes.covering("corrected_away", number.start - 1) or (number.paired and len(self.waiting) < _PAIR):
            return
        elif self._before_its_name(number):
            self.ahead = number
        elif self.waiting and (self._within_reach(number.start) or self._resumes(number)):
            self._number_for_waiting(number)
        else:
            self._orphan(number)

    def _before_its_name(self, number: Number) -> bool:
        """``30 is my ALT``, unless a test still waits for the number ("AST 30 is the ALT normal?")."""
        bridge = self.notes.term("value_first", number.end)
        if bridge is None or (self.waiting and not self.given):
            return False
        if bridge.rule.kind == "opening" and self.notes.word(number.start - 1)[:1] not in _OPENINGS:
            return False
        return self._name_follows(bridge.end)

    def _number_for_waiting(self, number: Number) -> None:
        name = self._marker_at(number.end)
        previous = self.given[-1] if self.given else None
        if previous is None and number.high is not None and (number.in_brackets or self._too_low(number)):
            self.limit = number
        elif previous is None:
            self._first_numbers(number)
        elif previous.number is None:
            self._complete(number)
        elif number.first in self.notes.columns:
            self._further(previous, number)
        elif is_reference(self.notes, previous.number, number):
            self._reference(number)
        elif name and not gap_is(self.notes, previous.number.end, number.start, ("same_value",), _LIST_GAP):
            self.ahead = number
        else:
            self._further(previous, number)

    def _too_low(self, number: Number) -> bool:
        """A range from 0 is a reference range, whatever stands beside it."""
        kind = self.kinds.get(self.waiting[-1].rule.value) if self.waiting[-1].rule.category == "marker" else None
        return kind is not None and kind.plausible is not None and number.low < kind.plausible[0]

    def _first_numbers(self, number: Number) -> None:
        """One number for the name, one for each of several names, or one for all joined by "and"."""
        names = self.row if len(self.waiting) == 1 else self.waiting
        if len(names) > 1 and (cells := self._cells_from(number)):
            self._row_of_numbers(names, cells)
            return
        listed = self._list_from(number)
        if len(self.waiting) > 1 and len(listed) == len(self.waiting):
            for term, item in zip(list(self.waiting), listed, strict=True):
                self._new(term, item.start, item.end, number=item)
            for item in listed[1:]:
                self.starts.pop(item.start)
            return
        between = range(self.waiting[0].end, self.waiting[-1].start)
        together = any(self.notes.covering("range_and", place) for place in between)
        names = list(self.waiting if together else self.waiting[-1:])
        for term in names:
            self._new(term, number.start, number.end, number=number)
        self.waiting = names if len(names) == len(self.given) else names[-1:]

    def _cells_from(self, number: Number) -> list[Number]:
        """The numbers side by side that stand below a row of names; none where one number stands alone."""
        cells = [number]
        while (place := _behind_blank(self.notes, cells[-1].end)) in self.starts:
            cells.append(self.starts[place])
        in_groups = any(self.notes.words[at].isspace() or at > cell.first for cell in cells
                        for at in range(cell.first, cell.last) if self.notes.words[at].isdecimal())  # fmt: skip
        logs = any(cell.unit_kind == "log" for cell in cells)  # one value told twice
        return cells if (len(cells) > 1 or in_groups) and not logs else []

    def _row_of_numbers(self, names: list[Term], cells: list[Number]) -> None:
        """One number for each name in their order; where that cannot be, none for anybody."""
        kinds = [self.kinds.get(term.rule.value) if term.rule.category == "marker" else None for term in names]
        pairs = zip(kinds, cells, strict=False)
        if len(names) == len(cells) and all(kind is None or fits(kind, cell, None) for kind, cell in pairs):
            for term, cell in zip(names, cells, strict=True):
                self._new(term, cell.start, cell.end, number=cell)
        for cell in cells[1:]:
            self.starts.pop(cell.start)
        self._close(keep_names=False)
        self.last = []

    def _list_from(self, number: Number) -> list[Number]:
        listed = [number]
        while len(listed) < LIST_LIMIT:
            following = next(
                (
                    self.starts[place]
                    for place in range(listed[-1].end, listed[-1].end + _LIST_GAP + 1)
                    if place in self.starts
                ),
                None,
            )
            if following is None or not gap_is(
                self.notes, listed[-1].end, following.start, ("range_and", "link"), _LIST_GAP
            ):
                break
            listed.append(following)
        return listed

    def _complete(self, number: Number) -> None:
        """The number beside a sign: ``NEG S/CO 0.317``, ``REACTIVE (5823.0)``."""
        if self._of_another_time(number):
            for term in list(self.waiting):  # "it was raised but is now 30": not one result but two
                self._new(term, number.start, number.end, number=number)
                self.given[-1].named = False
            return
        if self._is_viral_load(number):
            self.found.append(Draft("HBV_DNA", number.start, number.end, number.start, named=False, number=number))
            return
        if self.strangers and "," in self.notes.words[self.seen : number.start]:
            return  # "HBsAg positive, vral lod 7000": of a test whose name we cannot read
        if self._is_amount_of_virus(number) or self._may_be_age(number):
            return
        changed, unit, limit = False, self.unit, self.limit
        for draft in self.given[-len(self.waiting) :]:
            kind = self.kinds[draft.marker]
            if draft.number is None and fits(kind, number, unit) and number.start - self.seen <= SIGN_REACH:
                self.unit, self.limit = unit, limit
                self._fill(draft, number)
                if kind.kind == "viral" and draft.interpretation == "indeterminate":  # "<LLOQ of 20 IU/mL"
                    draft.number = replace(number, comparator=number.comparator or "<")
                    draft.interpretation = None
                draft.widen(number.start, number.end)
                changed = True
        if changed:
            self.seen, self.strangers, self.unit = number.end, 0, None

    def _is_viral_load(self, number: Number) -> bool:
        """``e antigen positive 200 million``: so many are there only of the virus itself."""
        serology = all(self.kinds[draft.marker].kind in SEROLOGY for draft in self.given)
        return serology and number.unit is None and number.high is None and number.low >= _ONLY_VIRUS

    def _is_amount_of_virus(self, number: Number) -> bool:
        """``HBeAg neg, 1800 IU/mL``: behind a comma such a number is of the viral load, which nobody named."""
        kinds = {self.kinds[draft.marker].kind for draft in self.given[-len(self.waiting) :]}
        names = {draft.marker for draft in self.given[-len(self.waiting) :]}
        apart = "," in self.notes.words[self.seen : number.start]
        return apart and number.unit_kind == "iu" and kinds <= SEROLOGY and not names & _MEASURED

    def _may_be_age(self, number: Number) -> bool:
        """``HBsAg positive, 29``: a bare number that closes a list behind a sign may be an age, and no index."""
        kinds = {self.kinds[draft.marker].kind for draft in self.given[-len(self.waiting) :]}
        bare = number.unit is None and number.comparator is None and number.low == int(number.low) <= _OLDEST
        alone = self.notes.word(number.start - 1) == "," and self.notes.word(number.end)[:1] in _ENDS_LIST
        titre = self.given[-1].marker == "anti_HBs"  # "anti-HBs positive, 85"
        return bare and alone and kinds <= SEROLOGY and not titre

    def _of_another_time(self, number: Number) -> bool:
        """Whether the number is a newer result than the sign before it: "undetectable since 2022, now 3000"."""
        notes, between = self.notes, range(self.seen, number.start)
        if any(notes.covering("terminator", place) for place in between):
            return True
        if self.kinds[self.given[-1].marker].kind in SEROLOGY:
            return False
        said = self.given[-1].interpretation
        other = contradicts(said, number) or said == "indeterminate"
        verb = any(notes.covering("tense_past", place) for place in between)
        then = other and (verb or tells_time(notes, between.start, between.stop))
        return then or any(notes.covering("now", place) for place in between)

    def _further(self, previous: Draft, number: Number) -> None:
        """A second number for the same name: another spelling of it, or a value at another time."""
        start, end = previous.number.end, number.start
        term = self.waiting[-1]
        if term.rule.category != "marker" or not fits(self.kinds[term.rule.value], number, self.unit):
            return
        same = restates(self.notes, previous, number)
        close = start != end and gap_is(self.notes, start, end, _BETWEEN_VALUES, REACH)
        if not (same or close or number.first in self.notes.columns or self._resumes(number)):
            return
        self._new(term, number.start, number.end, number=number)
        self.given[-1].same_as_before = same
        self.given[-1].named = False

    def _resumes(self, number: Number) -> bool:
        """Whether "now it's" leads from other words back to the last test ("ALT 150 in 2019, now 28")."""
        return bool(self.given) and self._led_by_now(number.start)

    def _orphan(self, number: Number) -> None:
        """A number without a waiting name: "50 ALT", "3 million copies", "it is 98 now"."""
        name = self.notes.term("name", number.end) if self._marker_at(number.end) else None
        if name is not None:
            self.ahead = None if self._counts_tests(number, name) or self._of_unknown_test(number, name) else number
            return
        if number.unit_kind == "copies" or (
            number.unit_kind == "volume" and self.unit and self.unit.rule.kind == "copies"
        ):
            self._for_last(number, [term for term in self.last if term.rule.value == "HBV_DNA"], "HBV_DNA")
        elif self.last and not self.waiting:
            self._for_last(number, self.last[-1:], None)

    def _of_unknown_test(self, number: Number, name: Term) -> bool:
        """``XYZ 13 PLT 210``: the number of a test that we do not know; the one behind has its own."""
        notes, place = self.notes, number.start - 1
        known = any(notes.covering(layer, place) for layer in ("filler", "series", "link", "comparator", "ownership"))
        return notes.word(place).isalpha() and not known and place not in notes.taken and name.end in self.starts

    def _counts_tests(self, number: Number, name: Term) -> bool:
        """``two ALT results``, ``the last two ALT``: how often the test was done."""
        in_words = self.notes.words[number.first].isalpha() and number.low < _TEN
        return in_words or self.notes.term("several", name.end) is not None

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
        if self.given:
            for draft in self.given[-len(self.waiting) :]:
                limit = limit_of(number, self.kinds[draft.marker].kind)
                draft.reference_high = limit if draft.reference_high is None else draft.reference_high
        else:
            self.limit = number
        self.in_reference = self.reference_in_brackets
        self.seen = max(self.seen, number.end)
