"""HBsAg that was lost: the words that tell its loss tell too that it was positive before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from hepb.reading.findings import Finding
from hepb.reading.notes import Notes

_BEFORE, _NOW = 1, 2


def with_loss(notes: Notes, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with the positive HBsAg of before put before the negative one of now.

    Where the words say that it went ("I lost HBsAg last year"), the one of before is added, and it has been negative
    since. Where it is told beside a negative one, both without a day, it comes first.
    """
    own = [one for one in findings if one.name == "HBsAg" and not one.implied]
    now = next((one for one in own if one.current and one.interpretation == "negative"), None)
    if now is None or now.since is not None or now.doubt:
        return findings
    others = [one for one in own if one is not now and one.person == now.person]
    before = [one for one in others if one.interpretation == "positive"]
    placed = any(one.date or one.sequence or one.since for one in others)
    went = _tells_loss(notes, now)
    if placed or len(before) < len(others) or not (went or (before and now.date is None)):
        return findings
    first = before[0] if before else replace(now, interpretation="positive", date=None)
    kept = tuple(one for one in findings if one is not now and one not in before)
    pair = (
        replace(first, current=False, sequence=_BEFORE),
        replace(now, sequence=_NOW, date=None, since=now.date if went else None),
    )
    return tuple(sorted((*pair, *kept), key=lambda one: (one.start, one.end)))


def _tells_loss(notes: Notes, finding: Finding) -> bool:
    places = range(bisect_left(notes.begins, finding.start), bisect_left(notes.begins, finding.end))
    names = (notes.term("name", place) for place in places)
    return any(name is not None and name.rule.kind == "gone" for name in names)
