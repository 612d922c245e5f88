"""A criterion in words, for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hepb.criteria import ALWAYS, All, AnyOf, Criterion, Not, Test
from hepb.result import plain_number
from hepb.yaml_files import parse_yaml

_WORDS = Path(__file__).with_name("words.en.yaml")


@cache
def _words() -> Mapping[str, Any]:
    return parse_yaml(_WORDS.read_text("utf8"), _WORDS.name)


def in_words(criterion: Criterion, upper_limits: Mapping[str, float]) -> str:
    """What ``criterion`` asks for, in a sentence without its full stop. ``upper_limits``: of ALT in U/L by sex."""
    return _sentence(criterion, upper_limits, inner=False)


def _sentence(criterion: Criterion, upper_limits: Mapping[str, float], *, inner: bool) -> str:
    phrases = _words()["phrases"]
    if criterion == ALWAYS:
        return phrases["always"]
    match criterion:
        case All(parts) | AnyOf(parts):
            joined = phrases["all" if isinstance(criterion, All) else "any"].join(
                _sentence(part, upper_limits, inner=True) for part in parts
            )
            return phrases["group"].format(parts=joined) if inner and len(parts) > 1 else joined
        case Not(part):
            return phrases["not"].format(part=_sentence(part, upper_limits, inner=False))
        case Test() as test:
            return _comparison(test, upper_limits)


def _comparison(test: Test, upper_limits: Mapping[str, float]) -> str:
    words, phrases = _words(), _words()["phrases"]
    subject = words["subjects"].get(test.subject, test.subject)
    if isinstance(test.value, tuple):
        condition = words["present"].get(test.subject)
        if condition and test.value in {("true",), ("false",)}:
            return condition if test.value == ("true",) else phrases["absent"].format(condition=condition)
        values = phrases["or"].join(value.replace("_", " ") for value in test.value)
        return phrases["choice"].format(subject=subject, values=values)
    if test.subject == "HBV_DNA" and test.value == 0:
        return phrases["detected" if test.op == ">" else "undetected"]
    operator = words["operators"][test.op]
    if test.times_upper_limit:
        name = "once_limit" if test.value == 1 else "times_limit"
        limits = {sex: plain_number(limit * test.value) for sex, limit in upper_limits.items()}
        sentence = phrases[name].format(operator=operator, times=f"{test.value:g}", **limits)
    else:
        unit = "" if test.unit in {"ratio", "METAVIR"} else f" {test.unit}"
        sentence = phrases["number"].format(subject=subject, operator=operator, value=_number(test.value) + unit)
    months = phrases["months"].format(months=f"{test.months:g}") if test.months else ""
    return sentence + months + (phrases["open"] if test.operator_open else "")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:g}"


def phrase(name: str) -> str:
    """A fixed phrase of ``words.en.yaml``."""
    return _words()["phrases"][name]


def as_written(criterion: Criterion) -> str:
    """The criterion as one line in the notation of the knowledge files."""
    match criterion:
        case All(parts) | AnyOf(parts):
            join = " AND " if isinstance(criterion, All) else " OR "
            lines = [as_written(part) for part in parts]
            mixed = [f"({line})" if " AND " in line or " OR " in line else line for line in lines]
            return join.join(mixed) or "–"
        case Not(part):
            return f"NOT ({as_written(part)})"
        case Test() as test if isinstance(test.value, tuple):
            return f"{test.subject} is {' or '.join(test.value)}"
        case Test() as test:
            value = f"{_plain(test.value)} x ULN" if test.times_upper_limit else f"{_plain(test.value)} {test.unit}"
            months = f" for {test.months:g} months" if test.months else ""
            return f"{test.subject} {test.op} {value}{months}{' (?)' if test.operator_open else ''}"


def _plain(value: float | tuple[str, ...]) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
