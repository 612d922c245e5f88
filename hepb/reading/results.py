"""Pipeline component: puts names, numbers and signs together to results.

One walk over the text. A name, or several joined by "and", commas or slashes, waits for its value; a number or a
sign goes to the names that wait, or to the name that follows it at once ("positive for HBsAg", "50 ALT").
"""

from __future__ import annotations

from spacy.tokens import Doc

from hepb.reading.answers import answer_behind, is_answer
from hepb.reading.counting import Counting
from hepb.reading.drafting import LIST_LIMIT, SIGN_REACH, STRANGERS
from hepb.reading.drafts import SEROLOGY, Draft, is_denied
from hepb.reading.layout import blank, closes_sentence, gap_is, is_minus_sign, joins_names, opens_label, tells_time
from hepb.reading.lexicon import load_lexicon
from hepb.reading.notes import Notes, Term
from hepb.reading.outcome import finish
from hepb.reading.signing import Signing

_KNOWN_WORDS = ("correction", "filler", "link", "series", "comparator", "range_between")
_NEAR = 2


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


class _Walk(Signing, Counting):
    """One walk over one text."""

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
        if index in notes.unreadable and self.waiting and not self.given and not self.in_reference:
            self._close(keep_names=False)
            self.last = []
        if closes_sentence(notes, index) and not self._is_answered(index):
            self._close(keep_names=word[0] == "\n" and not self.given)
            return index + 1
        if word in {")", "]"}:
            self.in_reference = False
        if answer := self._answer(index):
            self._give_sign(answer.rule.value, index, answer.end)
            return answer.end
        if self._is_unit_before_number(index):
            self.unit = notes.layers["unit"][index]
            return self.unit.end
        if word == "-" and self.waiting and not self.given and is_minus_sign(notes, index, self.waiting[-1]):
            self._give_sign("negative", index, index + 1)
        elif opens_label(notes, index) and notes.covering("comparator", index) is None:
            self.strangers += STRANGERS + 1
        elif not any(notes.covering(layer, index) for layer in _KNOWN_WORDS):
            self.strangers += 1
        return index + 1

    def _is_answered(self, index: int) -> bool:
        """At the question mark of "HBsAg? No."."""
        waits = bool(self.waiting) and self.waiting[-1].end == index
        return waits and answer_behind(self.notes, index) is not None

    def _answer(self, index: int) -> Term | None:
        """``HBsAg: yes``. Of the virus itself "no" may say that it was not looked for."""
        if not self.waiting or self.given or not is_answer(self.notes, index):
            return None
        asked = [self.kinds[term.rule.value].kind for term in self.waiting if term.rule.category == "marker"]
        return self.notes.term("answer", index) if asked and set(asked) <= SEROLOGY else None

    def _is_unit_before_number(self, index: int) -> bool:
        unit = self.notes.term("unit", index)
        if unit is None or unit.rule.kind == "foreign" or not (self.waiting or self.last):
            return False
        return unit.end > index + 1 or self.notes.term("filler", index) is None

    # --- names

    def _name(self, term: Term) -> None:
        category = term.rule.category
        if category in {"marker", "other_test"}:
            self._test(term)
        elif category == "sign":
            if self._corrects(term):
                self._put_right(term)
            elif not self._is_open(term):
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
        if joined and not self.given and self._is_denied_alone(term):
            joined = False
        if joined and not self.given and len(self.waiting) < LIST_LIMIT:
            if not (term.rule.category == "marker" and term.rule.value == self.waiting[-1].rule.value):
                self.waiting = [*self.waiting, term]
            else:
                self.waiting[-1] = Term(term.rule, self.waiting[-1].start, term.end)
        elif joined and self.given and self.given[-1].marker == term.rule.value and self._same_name(term):
            self.waiting[-1] = Term(term.rule, self.waiting[-1].start, term.end)
        else:
            self.waiting, self.given = [term], []
            self.limit = None
        self._into_row(term, joined=joined)
        self._before_name(term)
        self.unit = None
        gap = ("filler", "sign_for", "of_person", "ownership", "test_word")
        near = term.start - self.reference_end <= _NEAR or gap_is(
            self.notes, self.reference_end, term.start, gap, SIGN_REACH
        )
        near = near and "|" not in self.notes.words[self.reference_end : term.start]
        self.in_reference = self.in_reference and near  # "range of ALT 0-40"
        self.seen, self.strangers = term.end, 0

    def _into_row(self, term: Term, *, joined: bool) -> None:
        """Names side by side without a word between them: the head of a table in one line."""
        follows = bool(self.row) and blank(self.notes, self.row[-1].end, term.start)
        self.row = [*self.row, term] if follows and not joined and not self.given else [term]

    def _same_name(self, term: Term) -> bool:
        """The name once more, in brackets: "positive HBsAg (hepatitis B surface antigen)"."""
        return self.sign is not None and self.notes.words[term.start - 1] == "("

    def _before_name(self, term: Term) -> None:
        """Give a name the sign or the number that stood right before it."""
        if self.sign is not None:
            if self._leads_to(self.sign, term):
                self._new(term, self.sign.start, self.sign.end, sign=self.sign.rule.value)
            else:
                self.sign = None
        if self.ahead is not None:
            bridge = self.notes.term("value_first", self.ahead.end)
            place = bridge.end if bridge else self.ahead.end
            if term.start == place or (bridge and gap_is(self.notes, place, term.start, ("filler",), SIGN_REACH)):
                self._new(term, self.ahead.start, self.ahead.end, number=self.ahead)
            self.ahead = None

    def _leads_to(self, sign: Term, term: Term) -> bool:
        """Whether a sign belongs to the name behind it; not where a comma leads to another time ("..., now ALT 40")."""
        notes, between = self.notes, range(sign.end, term.start)
        apart = tells_time(notes, sign.end, term.start) and any(notes.words[place] == "," for place in between)
        near = gap_is(notes, sign.end, term.start, ("sign_for", "filler", "link", "name"), SIGN_REACH)
        return near and not apart

    def _shorthand(self, term: Term) -> None:
        """All its results; denied, it says of no single one what it is ("no longer big three positive")."""
        if not is_denied(self.notes, term.start):
            self._leave_behind(term)
            self.found += [
                Draft(
                    marker, term.start, term.end, term.start, interpretation=sign, implied=term.rule.kind != "outright"
                )
                for marker, sign in term.rule.value.items()
            ]
        self.waiting, self.given, self.sign = [], [], None

    def _leave_behind(self, term: Term) -> None:
        """What a shorthand said is over where an arrow or "to" leads on to the next ("big three -> small three")."""
        before = self.found[-1] if self.found else None
        if before and before.implied and gap_is(self.notes, before.end, term.start, ("change_to", "range_to"), _NEAR):
            for draft in self.found:
                draft.same_as_before |= draft.implied and draft.start == before.start
