"""Where the conversation stands: the slot ``dialogue`` as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

SELF = "self"
CHILD = "child"
"""A person as the reading names it: a son or daughter of whatever age."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """State of one conversation; the record itself is the slot ``record``.

    ``pending``: id of the open question. ``items``: what it asks for. ``offered``: items on its buttons.
    ``asked``: ids of the questions asked so far; an answered one is never asked twice.
    ``doubts``: findings to be confirmed before they count, the first is the open one.
    ``doubt_count``: how many doubts there have been; it numbers them. ``last_marker``: the result given last.
    ``signs``: ids of the urgent signs heard so far, whoever they belong to: they may turn a result into an alarm.
    ``alarms``: laboratory alarms already spoken of. ``at_once``: so with situations in which hours count.
    ``answered``: a final answer stands.
    ``last_topic``: intent of the question answered last, empty when results came after it.
    ``person``: whose results the record holds; ``others``: records of other people, put away by person.
    ``before``: results from before treatment, which wait for one of the time since.
    ``explained``: general answers given beside results; they are not repeated beside the next ones.
    ``ruled_out``: co-infections denied one by one. ``heard_until``, ``heard_last``: time stamp and id of the
    last message taken in.
    """

    pending: str = ""
    items: tuple[str, ...] = ()
    kind: str = ""
    offered: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    doubts: tuple[dict[str, Any], ...] = ()
    doubt_count: int = 0
    last_marker: str = ""
    signs: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    answered: bool = False
    last_topic: str = ""
    person: str = SELF
    others: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    before: tuple[dict[str, Any], ...] = ()
    explained: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    heard_until: float = 0.0
    heard_last: str = ""

    @classmethod
    def from_slot(cls, value: Mapping[str, Any] | None) -> Dialogue:
        """The state from its slot; unknown keys (an older version's) are dropped, missing ones get their default."""
        known = {item.name for item in fields(cls)}
        plain = {key: tuple(part) if isinstance(part, list) else part for key, part in (value or {}).items()}
        return cls(**{key: part for key, part in plain.items() if key in known})

    def to_slot(self) -> dict[str, Any]:
        """The state as plain JSON."""
        return {key: list(part) if isinstance(part, tuple) else part for key, part in asdict(self).items()}
