"""What the hepatitis B serology panel of one record says (``knowledge/serology.yaml``).

Only what is known counts: a result that was not given, is borderline, or is an index without a flag is open, and a
reading holds only where every result that it rests on is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hepb.assays import assays
from hepb.compiler import Compiled
from hepb.diagram import Cube
from hepb.facts import Facts
from hepb.panel import PanelReading, Together
from hepb.printed_result import SEROLOGY
from hepb.timeline import months_between


@dataclass(frozen=True, slots=True)
class Serology:
    """What the serology panel says. ``reading``: see ``docs/contract.md``. ``missing``: what would settle it.

    ``conflict``: tests whose results do not fit, or seldom stand together, so that they are better repeated.
    ``notes``: results that stand together in a way that needs a word. ``rule``: id of the line that was read.
    """

    reading: str
    conflict: tuple[str, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]
    rule: str
    confidence: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "reading": self.reading,
            "conflict": list(self.conflict),
            "notes": list(self.notes),
            "missing": list(self.missing),
            "rule": self.rule,
            "confidence": self.confidence,
        }


def read_serology(what: Compiled, facts: Facts) -> Serology | None:
    """The reading of the panel; None when no serology marker is known."""
    if not any(_is_known(what, facts.strict, marker) for marker in SEROLOGY):
        return None
    panel, cube = what.knowledge.panel, _panel_cube(what, facts)
    together = [item for item in panel.together if _holds(what, cube, item)]
    notes = tuple(_name(item) for item in together)
    contradictory = [item for item in together if item.weight == "contradictory"]
    if contradictory:
        first = contradictory[0]
        return Serology("contradictory", _markers(contradictory), notes, (), first.id, first.provenance.confidence)
    fitting = (item for item in panel.readings if facts.hbsag_lost or not item.hbsag_lost)
    rule = next((item for item in fitting if _holds(what, cube, item)), panel.otherwise)
    return Serology(
        reading=rule.reading,
        conflict=_markers([item for item in together if item.weight == "repeat"]),
        notes=notes,
        missing=tuple(name for name in rule.asks if not _is_known(what, cube, name)),
        rule=rule.id,
        confidence=rule.provenance.confidence,
    )


def _panel_cube(what: Compiled, facts: Facts) -> Cube:
    """What is possible when the newest result of the panel was taken: what passes is open again once it is old."""
    as_of = facts.record.as_of
    days = {marker: items[0].date or as_of for marker, items in facts.current.items() if items}
    newest = max(day for marker, day in days.items() if marker in SEROLOGY)
    cube = list(facts.strict)
    for marker in what.knowledge.panel.passing:
        if marker in days and months_between(days[marker], newest) > assays().old_result_months:
            cube[what.space.index[marker]] = what.space.axis(marker).everything
    return tuple(cube)


def _holds(what: Compiled, cube: Cube, item: Together | PanelReading) -> bool:
    return what.diagrams.outcomes(what.panel[item.id], cube) == {True}


def _name(item: Together) -> str:
    return item.id.split(".", 1)[1].replace("-", "_")


def _markers(items: list[Together]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(marker for item in items for marker in item.markers))


def _is_known(what: Compiled, cube: Cube, subject: str) -> bool:
    """Whether a sign or a condition has one value left; for the viral load, whether virus was found or not."""
    mask = cube[what.space.index[subject]]
    if subject == "HBV_DNA":
        undetected = what.space.axis(subject).comparison_mask("<=", 0.0)
        return not mask & undetected or not mask & ~undetected
    return mask & mask - 1 == 0
