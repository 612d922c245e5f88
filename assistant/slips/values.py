"""From lines to values in words that a patient can confirm. Pure functions.

A value is put in words that :func:`hepb.reading.read_text` reads as exactly this value again; one that cannot be is not
offered. So what is confirmed enters the conversation as a message, with every check that messages get.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from assistant.slips.columns import Row
from hepb.assays import assays
from hepb.printed_result import DIRECT, SEROLOGY
from hepb.reading import read_text
from hepb.reading.findings import Finding
from hepb.record import COINFECTIONS
from hepb.yaml_files import parse_yaml

_SELF = "self"
_PERSON = frozenset({"age", "sex"})
_UNDETECTED = frozenset({"undetectable", "negative"})
_SURE_FROM = 60
"""Recognition under this (of 100) is called hard to read."""
_LOST_POINT = re.compile(r"(?<![\d.,])0\d")
_A_DAY = date(2020, 2, 3)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it was read. ``words``: as a message says it, None where it was not read to its end.

    ``line``: as it stands on the slip. ``is_doubtful``: hard to read, or a number that is unusual. ``written``: the
    date of its sample as it stands above or beside it; empty for that of the whole slip, None for what has no day.
    """

    name: str
    label: str
    words: str | None
    line: str
    is_doubtful: bool
    written: str | None


def values_of(rows: Sequence[Row]) -> tuple[Value, ...]:
    """Every value, in the order of the slip; the same words once."""
    found: dict[tuple[str, str, str], Value] = {}
    for finding, row in _findings(rows):
        is_unsure = row.several or _is_cut(finding, row) or _is_elsewhere(finding, row)
        words = None if is_unsure else words_for(finding)
        unsure = any(cell.sure < _SURE_FROM for cell in row.line.cells) or _lost_its_unit(finding, row)
        line = " ".join(row.line.text.split())
        value = Value(
            finding.name,
            name_of(finding.name),
            words,
            line,
            bool(finding.doubt) or unsure,
            row.written if finding.kind == "marker" else None,
        )
        found.setdefault((finding.name, words or line, row.written), value)
    return tuple(found.values())


def _is_cut(finding: Finding, row: Row) -> bool:
    """Whether part of a result was not read ("3.2 x 10°") or a point was lost ("031"): nobody may just agree."""
    begin, end = row.result
    if finding.kind in _PERSON or begin == end:
        return False
    rest = row.text[begin : max(begin, min(finding.start, end))] + row.text[min(max(finding.end, begin), end) : end]
    recognised = row.line.is_recognised
    leftover = any(character.isdigit() or (recognised and not character.isspace()) for character in rest)
    return leftover or _LOST_POINT.search(row.text[begin:end]) is not None


def _is_elsewhere(finding: Finding, row: Row) -> bool:
    """Whether the number of a row is none of its result: a reference, or a unit that was taken for a number."""
    if finding.kind in _PERSON or row.result[0] == row.result[1]:
        return False
    alone = (one for one in read_text(row.text[: row.result[1]]).findings if one.name == finding.name)
    return all((one.value, one.comparator) != (finding.value, finding.comparator) for one in alone)


def _lost_its_unit(finding: Finding, row: Row) -> bool:
    """Whether recognition left a number without the unit that its test has."""
    is_number = isinstance(finding.value, int | float) and not isinstance(finding.value, bool)
    wants = finding.name in assays().units and finding.name not in SEROLOGY and assays().canonical[finding.name] != "1"
    return row.line.is_recognised and is_number and wants and finding.unit is None


def _findings(rows: Sequence[Row]) -> Iterator[tuple[Finding, Row]]:
    """What each row says by itself; where no row says anything, what the lines say together.

    Beside rows stand explanations ("positive in chronic infection"): of all other lines only age and sex are read.
    """
    together = "\n".join(row.line.text for row in rows)
    ends = list(accumulate(len(row.line.text) + 1 for row in rows))
    placed = [(finding, rows[bisect_right(ends, finding.start)]) for finding in _read(together)]
    person = [(finding, row) for finding, row in placed if finding.kind in _PERSON]
    results = [(_plainly(finding, row), row) for row in rows if row.alone for finding in _results_in(row)]
    yield from person
    yield from results or [(finding, row) for finding, row in placed if finding.kind not in _PERSON]


def _results_in(row: Row) -> Iterator[Finding]:
    """The results of a row. One without heads must begin with the name of its test, else it is a sentence."""
    found = [finding for finding in _read(row.text) if finding.kind not in _PERSON]
    if row.is_headed or any(finding.start == 0 for finding in found):
        yield from found


def _plainly(finding: Finding, row: Row) -> Finding:
    """The finding without a word that may be that of a reference: then the conversation asks for the sign."""
    is_number = isinstance(finding.value, int | float) and not isinstance(finding.value, bool)
    if row.is_headed or not is_number or len(row.line.cells) > 1:
        return finding
    return replace(finding, interpretation=None)


def _read(text: str) -> Iterator[Finding]:
    for finding in read_text(text).findings:
        wanted = finding.kind in _PERSON or finding.kind == "marker" or finding.name in COINFECTIONS
        if wanted and finding.person == _SELF and finding.current and not finding.implied:
            yield finding


def words_for(finding: Finding) -> str | None:
    """The words for a finding; None where they would be read as anything else."""
    words = _sentence(finding)
    if words is None:
        return None
    is_marker = finding.kind == "marker"
    again = read_text(dated(words, _A_DAY.isoformat()) if is_marker else words, _A_DAY).findings
    if [one.name for one in again] != [finding.name] or _meaning(again[0]) != _meaning(finding):
        return None
    return words if not is_marker or again[0].date == _A_DAY.isoformat() else None


def name_of(name: str) -> str:
    """What a marker, a virus, age or sex is called in a message."""
    return _words()["names"][name]


def dated(words: str, day: str) -> str:
    """The words with the day of the sample, an ISO date."""
    return _words()["dated"].format(words=words, date=day)


def _sentence(finding: Finding) -> str | None:
    said = _words()["said"]
    word, number = said.get(finding.interpretation or "", ""), _number(finding)
    if finding.kind == "sex":
        word, number = said[finding.value], ""
    if finding.name in COINFECTIONS:
        word = said["positive" if finding.value else "negative"]
    if _contradicts(finding):
        word = ""
    parts = " ".join(part for part in (number, word) if part)
    if not parts:
        return None
    words = _words()["value"].format(name=_words()["names"][finding.name], said=parts)
    if _needs_limit(finding):
        words = _words()["limit"].format(words=words, limit=f"{finding.reference_high:.12g}")
    return words


def _number(finding: Finding) -> str:
    value = finding.value
    if isinstance(value, bool | str) or value is None:
        return ""
    if isinstance(value, list | tuple):
        number = "-".join(map(_plain, value))
    else:
        comparator = finding.comparator if finding.comparator not in {None, "range"} else ""
        number = f"{comparator or ''}{_plain(value)}"
    unit = finding.unit if finding.kind == "marker" else None
    return f"{number} {unit}" if unit else number


def _plain(value: Any) -> str:
    """Digits as they are read again: no power of ten, and no separators."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.10f}".rstrip("0")


def _needs_limit(finding: Finding) -> bool:
    """Whether the laboratory's limit gives a number of a serology test its sign."""
    return finding.name in DIRECT and finding.reference_high is not None and finding.interpretation is None


def _contradicts(finding: Finding) -> bool:
    """A number that is called not detected: the word is that of a reference that stands beside it."""
    is_number = isinstance(finding.value, int | float) and finding.comparator is None and finding.value > 0
    return finding.name not in SEROLOGY and is_number and finding.interpretation in _UNDETECTED


def _meaning(finding: Finding) -> tuple[Any, ...]:
    unit = assays().unit(finding.name, finding.unit) if finding.unit and finding.kind == "marker" else None
    value = tuple(finding.value) if isinstance(finding.value, list) else finding.value
    return (
        finding.kind, finding.name, value, unit or finding.unit if finding.kind == "marker" else None,
        finding.comparator, None if _contradicts(finding) else finding.interpretation,
        finding.reference_high if _needs_limit(finding) else None,
    )  # fmt: skip


@cache
def _words() -> dict[str, Any]:
    file = Path(__file__).with_name("words.en.yaml")
    return parse_yaml(file.read_text("utf8"), file.name)
