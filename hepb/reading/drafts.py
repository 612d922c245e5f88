"""Results in the making: what stands around a test's name is collected in a draft before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hepb.assays import assays
from hepb.reading.lexicon import MarkerKind
from hepb.reading.notes import Notes, Number, Term
from hepb.thousands import settled

SEROLOGY = frozenset({"serology", "coinfection"})
_SIGNS = {
    "serology": {"positive": "positive", "negative": "negative", "detected": "positive", "undetectable": "negative",
                 "indeterminate": "indeterminate"},
    "viral": {"positive": "detected", "negative": "undetectable", "detected": "detected",
              "undetectable": "undetectable", "indeterminate": "indeterminate", "normal": None, "elevated": None},
    "amount": {"normal": "normal", "elevated": "elevated"},
}  # fmt: skip
_UNITS = "U"
_GRAMS, _GIGA, _MICROKATAL = "g/L", "10^9/L", "ukat/L"
_ANY_TEST = (0.0, 1e12)  # no test of any kind gives more
_SIGNS["coinfection"] = _SIGNS["serology"]
_OPPOSITES = {"positive": "negative", "negative": "positive", "detected": "undetectable", "normal": "elevated",
              "elevated": "normal", "undetectable": "detected"}  # fmt: skip


@dataclass
class Draft:
    """One result: ``name_at`` and ``value_at`` are the first tokens of the name and of the value."""

    marker: str
    start: int
    end: int
    value_at: int
    named: bool = True
    number: Number | None = None
    unit: str | None = None
    interpretation: str | None = None
    reference_high: float | None = None
    flag: str | None = None
    doubt: str | None = None
    older: bool = False
    same_as_before: bool = False
    implied: bool = False

    def widen(self, start: int, end: int) -> None:
        """Let the span cover these tokens too."""
        self.start, self.end = min(self.start, start), max(self.end, end)


def meaning(kind: MarkerKind, sign: str) -> str | None:
    """What a sign says of a kind of marker; None when it says nothing of it."""
    return _SIGNS[kind.kind].get(sign)


def opposite(sign: str) -> str:
    """What a denied sign says."""
    return _OPPOSITES.get(sign, sign)


def fits(kind: MarkerKind, number: Number, unit: Term | None) -> bool:
    """True when a number may be a value of that kind of marker: its unit, if any, is one of the marker's."""
    if number.unit_kind == "volume":
        return unit is not None and unit.rule.kind == "copies" and "copies" in kind.units
    if number.unit_kind is not None:
        return number.unit_kind in kind.units or _names_no_unit(kind, number.unit)
    return unit is None or unit.rule.kind in kind.units or unit.rule.kind == "index"


def _names_no_unit(kind: MarkerKind, unit: str | None) -> bool:
    """``2500 units`` of virus: of which, it does not say."""
    return kind.kind == "viral" and unit == _UNITS


def unit_of(kind: MarkerKind, number: Number, unit: Term | None) -> str | None:
    """The unit printed behind the number, else the one printed before it."""
    if _names_no_unit(kind, number.unit):
        return None
    if number.unit_kind == "volume":
        return f"{unit.rule.value}/{number.unit}" if unit else None
    printed = number.unit
    if printed is None and unit is not None and unit.rule.kind not in {"foreign", "volume"}:
        printed = unit.rule.value
    return _GIGA if printed == _GRAMS and "count" in kind.units else printed  # platelets in "G/L", giga in a litre


def is_denied(notes: Notes, index: int) -> bool:
    """True when a negation stands right before a token ("not positive", "never been positive")."""
    for place in range(index - 1, max(-1, index - 3), -1):
        if notes.covering("negation", place):
            return True
        if not notes.covering("filler", place):
            return False
    return False


def with_point_read(marker: str, number: Number, unit: str | None) -> Number:
    """A number whose point may part thousands, in its likelier meaning and doubted unless it is the only one."""
    if number.thousands is None:
        return number
    (low, high), doubt = settled(marker, (number.low, number.high), number.thousands, unit)
    return replace(number, low=low, high=high, doubt=number.doubt or doubt)


def doubt_of(kind: MarkerKind, number: Number) -> str | None:
    """The number's own doubt, or that it is out of all proportion for the marker."""
    if number.unit_kind == "log":
        return number.doubt
    low, high = kind.plausible or _ANY_TEST
    if number.unit == _MICROKATAL:
        factor = assays().units["ALT"][_MICROKATAL].low
        low, high = low / factor, high / factor
    if number.doubt and number.low <= high:
        return number.doubt
    return None if low <= number.low <= high and (number.high or low) <= high else "implausible"


def contradicts(said: str | None, number: Number | None) -> bool:
    """True when a result cannot be both that sign and that number: undetectable, and more than "less than" any."""
    return said == "undetectable" and number is not None and number.low > 0 and number.comparator not in {"<", "<="}
