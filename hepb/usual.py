"""Results that leave what is usual (``knowledge/usual.yaml``): no guideline rests a decision on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hepb.record import Observation, Record
from hepb.timeline import newest
from hepb.yaml_files import check_knowledge, read_knowledge

_FILE = "usual.yaml"
_BEYOND = {"low": "<", "high": ">"}


@dataclass(frozen=True, slots=True)
class UsualLimit:
    """Where a test leaves what is usual on one ``side`` (``low``, ``high``): ``value``, and ``far`` off, in ``unit``.

    ``confidence`` as everywhere in the knowledge.
    """

    marker: str
    side: str
    value: float
    far: float
    unit: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Unusual:
    """The newest result of a test lies beyond its limit; ``far``: surely beyond the further one."""

    limit: UsualLimit
    far: bool


@cache
def usual_limits() -> tuple[UsualLimit, ...]:
    """Every limit, in the order of the file. Raises :class:`hepb.errors.KnowledgeError`."""
    data = read_knowledge(_FILE)
    check_knowledge(data, _FILE, "usual", read_knowledge("sources.yaml"))
    names = ("marker", "side", "value", "far", "unit", "confidence")
    return tuple(UsualLimit(**{name: item[name] for name in names}) for item in data["limits"])


def unusual(record: Record) -> Iterator[Unusual]:
    """The newest results that are surely beyond a limit, whatever an open unit may be."""
    for limit in usual_limits():
        found = tuple(newest((item for item in record.observations if item.marker == limit.marker), record.as_of))
        if _beyond(found, limit.side, limit.value):
            yield Unusual(limit, far=_beyond(found, limit.side, limit.far))


def _beyond(results: tuple[Observation, ...], side: str, value: float) -> bool:
    levels = [level for item in results for level in item.reading.levels or ()]
    known = bool(results) and all(item.reading.levels for item in results)
    return known and all(level.surely(_BEYOND[side], value) for level in levels)
