"""To which tests a sign belongs: those that wait, the one that follows, or the one of the sentence before."""

from __future__ import annotations

from hepb.reading.drafting import REACH, Drafting
from hepb.reading.drafts import Draft, contradicts, is_denied, meaning, opposite
from hepb.reading.findings import COINFECTIONS
from hepb.reading.layout import gap_is, tells_time
from hepb.reading.notes import Number, Term

_BOTH = frozenset({"and", "&", "+", "/", "plus"})
_BRACKETS = frozenset({"[", "("})
_NORM_REACH = 5
_BESIDE = 3  # tokens between a number and the sign or flag that belongs to it


_ALTERNATIVE = frozenset({"or", "/"})
_UNSURE_REACH = 4  # tokens behind a question mark in which "I don't know" begins
_CLAUSE_BEGINS = frozenset({"", ",", ".", ";", ":", "\n"})
_AFFIRMING = frozenset({"positive", "detected", "elevated"})


class Signing(Drafting):
    """Signs and flags."""

    def _is_open(self, term: Term) -> bool:
        """Which sign it is, is not known: "positive or negative", "positive? I don't know"."""
        notes = self.notes
        for other in (notes.term("name", term.end + 1), notes.ending("name", term.start - 1)):
            if other is None or other.rule.category != "sign":
                continue
            between = notes.word(term.end if other.start > term.start else term.start - 1)
            opposed = (other.rule.value in _AFFIRMING) != (term.rule.value in _AFFIRMING)
            if between in _ALTERNATIVE and opposed:
                return True
        if notes.word(term.end) != "?":
            return False
        behind = range(term.end + 1, term.end + 1 + _UNSURE_REACH)
        return any(notes.covering("ignorance", place) for place in behind)

    def _sign(self, term: Term) -> None:
        notes, value = self.notes, term.rule.value
        if term.start in notes.column_tests:
            self._new(notes.column_tests[term.start], term.start, term.end, sign=value)
            self.given[-1:] = []
            return
        if self.in_reference or self._introduces_limit(term):
            self._begin_reference(term)
            return
        if self._is_reference_sign(term) or self._is_out_of_place(term) or self._is_of_hepatitis_b(term):
            return
        if term.rule.kind == "unquantified":
            self._unquantified(term)
            return
        if is_denied(notes, term.start) or self._name_is_denied(term):
            value = opposite(value)
        in_column = term.start in notes.columns and bool(self.given)
        if in_column or self._belongs_ahead(term):
            if in_column or self._changes(term):
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

    def _corrects(self, term: Term) -> bool:
        """``positive, no wait, negative``: behind words that take back the sign of the names before."""
        notes, place = self.notes, term.start
        while (
            notes.covering("correction", place - 1) is None
            and place > term.start - _BESIDE
            and (notes.word(place - 1) == "," or notes.covering("filler", place - 1))
        ):
            place -= 1
        told = bool(self.given) and len(self.given) == len(self.waiting)
        return told and notes.ending("correction", place) is not None and not self._marker_at(term.end)

    def _put_right(self, term: Term) -> None:
        sign = opposite(term.rule.value) if is_denied(self.notes, term.start) else term.rule.value
        for draft in self.given:
            if draft.number is None and (said := meaning(self.kinds[draft.marker], sign)):
                draft.interpretation = said
                draft.widen(term.start, term.end)
        self.seen, self.strangers = term.end, 0

    def _is_out_of_place(self, term: Term) -> bool:
        """``I say no to the test``: "no to" is a result only at the start of a clause and right before the test."""
        begins = self.notes.word(term.start - 1)[:1] in _CLAUSE_BEGINS
        return term.rule.kind == "opening" and not (begins and self._marker_at(term.end))

    def _is_of_hepatitis_b(self, term: Term) -> bool:
        """``HIV negative, hep b positive``: no sign of the virus before it; "HIV and HBV positive": of both."""
        named = self.notes.ending("hepatitis_b", term.start)
        if named is None or not self.waiting or self.waiting[-1].rule.value not in COINFECTIONS:
            return False
        joined = self.waiting[-1].end == named.start - 1 and self.notes.word(named.start - 1) in _BOTH
        return not joined

    def _is_reference_sign(self, term: Term) -> bool:
        """What a laboratory expects, alone in brackets behind the result: "HBsAg Positive [Negative]"."""
        notes = self.notes
        bracketed = notes.word(term.start - 1) in _BRACKETS and notes.word(term.end) in {"]", ")"}
        settled = bool(self.waiting) and bool(self.given) and self._is_settled(self.given[-1])
        said = meaning(self.kinds[self.given[-1].marker], term.rule.value) if settled else None
        return bracketed and said is not None and said != self.given[-1].interpretation

    def _name_is_denied(self, term: Term) -> bool:
        """``not HBeAg positive``, ``no HBsAg or HBeAg found``: what stands before the names denies the sign behind."""
        if not self.waiting or self.waiting[-1].end != term.start:
            return False
        return self._denial_before(self.waiting[0]) is not None

    def _denial_before(self, name: Term) -> Term | None:
        """The denial right before a name, which is no answer to the test before it ("HBeAg: no HBsAg: yes")."""
        notes, place = self.notes, name.start
        if notes.covering("negation_after", place - 1):
            return None
        while notes.covering("article", place - 1) or notes.covering("own_relation", place - 1):
            place -= 1
        return notes.ending("negation", place)

    def _is_denied_alone(self, term: Term) -> bool:
        """``no HBeAg, HBsAg positive``: the denial is of the waiting names only, and the sign of the one behind them.

        Not so in a list that an "or" closes, nor with "and" before a verb: "no HBsAg, HBeAg or DNA", "no HBsAg and DNA
        found".
        """
        sign = self.notes.term("name", term.end)
        found = sign is not None and sign.rule.value == "detected" and self.notes.covering("and", term.start - 1)
        if self._denial_before(self.waiting[0]) is None or found:
            return False
        alternative = any(self._joins_alternative(place) for place in range(self.waiting[-1].end, term.start))
        return not alternative and not self._or_follows(term)

    def _joins_alternative(self, place: int) -> bool:
        return self.notes.words[place] == "/" or self.notes.covering("or", place) is not None

    def _or_follows(self, term: Term) -> bool:
        """Whether the list of names goes on to an "or" with one more."""
        place = term.end
        while self.notes.word(place) == "," or self._marker_at(place):
            place += 1
        return self.notes.covering("or", place) is not None and self._marker_at(place + 1)

    def _unquantified(self, term: Term) -> None:
        """Too little to be counted: it says neither that virus was found nor that none was."""
        if self.waiting and self._within_reach(term.start):
            if not any(draft.interpretation or draft.number for draft in self.given[-1:]):
                self._give_sign(term.rule.value, term.start, term.end)
            self.seen, self.strangers = term.end, 0

    def _is_settled(self, draft: Draft) -> bool:
        """Whether a further sign would be one of another time or test."""
        is_open = draft.interpretation == "indeterminate" and self.kinds[draft.marker].kind == "viral"
        return draft.interpretation is not None and not is_open

    def _changes(self, term: Term) -> bool:
        """The same name with another sign: "HBeAg was positive in 2019 and is negative now"."""
        notes = self.notes
        bridge = notes.term("sign_for", term.end)
        if not self.given or self._marker_at(term.end) or (bridge and self._name_follows(bridge.end)):
            return False
        if self._led_by_now(term.start):
            return True
        return gap_is(
            notes, self.given[-1].end, term.start, ("series", "link", "filler", "change_to", "for_span"), REACH
        ) and (term.start - self.given[-1].end > 1)

    def _stands_for_last(self, term: Term) -> bool:
        """A sentence without a name goes on with the last one ("Now it is undetectable.")."""
        follows = self.notes.word(term.end)[:1]
        today = "now" in self.notes.cues[term.start]  # "now on tenofovir it is undetectable"
        near = not self.strangers or (self.strangers == 1 and today)
        return not self.waiting and bool(self.last) and near and follows in {"", ".", ",", "!", "\n", ";"}

    def _sign_for_last(self, sign: str, term: Term) -> None:
        marker = self.last[-1].rule.value
        said = meaning(self.kinds[marker], sign)
        if said is not None:
            draft = Draft(marker, term.start, term.end, term.start, named=False, interpretation=said)
            self.found.append(draft)

    def _belongs_ahead(self, term: Term) -> bool:
        """A name follows ("positive for HBsAg"), or every waiting name already has its sign."""
        notes = self.notes
        bridge = notes.term("sign_for", term.end)
        if bridge is not None and self._name_follows(bridge.end):
            return True
        signed = bool(self.given) and all(map(self._is_settled, self.given[-len(self.waiting) :]))
        if not signed:
            return False
        directly = gap_is(notes, self.waiting[-1].end, term.start, ("link",), 1) and notes.word(term.start - 1) != ","
        return not (directly and self.sign is not None)

    def _introduces_limit(self, term: Term) -> bool:
        """The sign belongs to a limit: "ALT 62 (normal < 40)", "ALT (normal 0-40) 62"."""
        measured = any(draft.number for draft in self.given)
        number = self.starts.get(term.end) or self.starts.get(term.end + 1)
        if measured and self._tells_a_norm(term, number):
            return True
        if number is None:
            return False
        if term.rule.value != "normal":  # 0.09 (Neg < 1.0)
            return measured and number.comparator is not None and self.notes.word(term.start - 1) == "("
        return measured or number.comparator is not None

    def _tells_a_norm(self, term: Term, number: Number | None) -> bool:
        """``nonreactive if < 1.0``, ``normal for men is 35``: what the sign stands for, behind a result."""
        notes = self.notes
        if term.rule.value == "normal" and notes.term("sign_for", term.end):
            return any(place in self.starts for place in range(term.end, term.end + _NORM_REACH))
        condition = notes.term("hypothetical", term.end)
        return condition is not None and number is not None and number.comparator is not None

    def _give_sign(self, sign: str, start: int, end: int) -> None:
        for place, term in enumerate(self.waiting):
            if term.rule.category != "marker":
                continue
            draft = self.given[place] if len(self.given) == len(self.waiting) else None
            if draft is not None and self.notes.persons[draft.value_at] != self.notes.persons[start]:
                continue  # "my DNA is 5000, my husband is negative"
            said = meaning(self.kinds[term.rule.value], sign)
            if said is None:
                continue
            if draft is not None and draft.number is not None and self._is_another(draft, said, start):
                self._new(term, start, end, sign=sign)
                self.given[-1].named = False
            elif draft is not None and draft.interpretation is None and contradicts(said, draft.number):
                draft.doubt = draft.doubt or "unclear_number"  # "32000 IU/mL Not detected"
                draft.widen(start, end)
            elif draft is not None and (not self._is_settled(draft) or self.sign is not None):
                draft.interpretation = said
                draft.widen(start, end)
            elif draft is None:
                self._new(term, start, end, sign=sign)
        self.seen, self.strangers = end, 0
        self.sign = None

    def _is_another(self, draft: Draft, sign: str, start: int) -> bool:
        """Whether a sign behind a number is another result: "40000 IU/mL, before that not detected"."""
        told_apart = contradicts(sign, draft.number) and tells_time(self.notes, draft.end, start)
        behind_limit = max(draft.end, min(self.seen, start))  # "92 U/L [7-40] HIGH"
        return start - behind_limit > _BESIDE or told_apart

    def _flag(self, term: Term) -> None:
        if (
            self.given
            and term.start - self.seen <= _BESIDE
            and self.given[-1].number is not None
            and not self.in_reference
        ):
            self.given[-1].flag = self.notes.raw(term.start, term.end)
            self.given[-1].widen(term.start, term.end)
