"""Reading of situations (pregnancy, treatment, other diseases ...), measured on ``tests/data/spoken_situations.yaml``.

The messages are parted at random by their text, so that a new one moves none: the reading is mended with the
development half only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from assistant.evaluation.messy import ABOUT_THE_PERSON
from assistant.evaluation.reading import AS_OF
from assistant.evaluation.scores import Tally, share
from assistant.evaluation.sets import FOLDER
from hepb.reading import read_text
from hepb.reading.findings import SELF, Reading
from hepb.record import CONDITIONS
from hepb.yaml_files import parse_yaml

FILES = (
    "spoken_situations.yaml",
    "spoken_situations_later.yaml",
    "spoken_situations_third.yaml",
    "spoken_situations_fourth.yaml",
    "spoken_situations_fifth.yaml",
)
HALVES = ("development", "held_out")
AGE_DIGITS = 1
"""Ages of a year or more are whole; those of small children are compared in tenths of a year."""
FOLLOWS: Mapping[str, Mapping[str, Any]] = {
    "pregnancy_week": {"pregnant": True, "sex": "female"},
    "pregnant": {"sex": "female"},
    "birth_near": {"pregnant": True, "sex": "female"},
    "postpartum": {"sex": "female"},
    "stopped_treatment": {"on_treatment": False},
    "missed_doses": {"on_treatment": True},
    "wishes_to_stop": {"on_treatment": True},
}
"""What may be heard too where a situation is true: it follows."""
IMPLIES: Mapping[str, Mapping[str, Any]] = {
    "pregnancy_week": {"pregnant": True},
    "birth_near": {"pregnant": True},
    "missed_doses": {"on_treatment": True},
    "wishes_to_stop": {"on_treatment": True},
}
"""What the core concludes from a situation that is true (``hepb.facts``), so that it need not be heard."""


@dataclass(frozen=True)
class Told:
    """A text of one group, what it says of the person (``of``) whom the answer is for, and what may be heard too."""

    group: str
    text: str
    says: Mapping[str, Any]
    may: Mapping[str, Any] = field(default_factory=dict)
    of: str = SELF

    @property
    def half(self) -> str:
        """Which half the message is in."""
        return HALVES[sha256(self.text.encode()).digest()[0] % 2]


@dataclass(frozen=True)
class Heard:
    """A message and what was made of it: the items missed, and those set wrongly (not so, or another value)."""

    told: Told
    tally: Tally
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


@cache
def told() -> tuple[Told, ...]:
    """Return all messages, in the order of the files."""
    return tuple(message for name in FILES for message in told_in(name))


def told_in(name: str) -> tuple[Told, ...]:
    """Return the messages of one file."""
    groups = parse_yaml((FOLDER / name).read_text("utf8"), name)
    return tuple(Told(group, **row) for group, rows in groups.items() for row in rows)


def measure_situations() -> dict[str, Any]:
    """Read all messages and return the scores of each half as JSON."""
    heard = [hear(message) for message in told()]
    return {half: figures([one for one in heard if one.told.half == half]) for half in HALVES}


def hear(message: Told) -> Heard:
    """Read one message and compare with what it says."""
    said = _items(_read(read_text(message.text, AS_OF), message.of))
    wanted = _items({**message.says, **({} if message.of == SELF else {"of": message.of})})
    allowed = {item for name in message.says if message.says[name] for item in _items(FOLLOWS.get(name, {}))}
    wrong = said - wanted - allowed - _items(message.may)
    right = said & wanted
    return Heard(
        message,
        Tally(len(wanted), len(right | wrong), len(right)),
        tuple(sorted(wanted - said)),
        tuple(sorted(wrong)),
    )


def figures(heard: Sequence[Heard]) -> dict[str, Any]:
    """Return the scores of some messages as JSON, for all and for each group."""
    groups: defaultdict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        groups[one.told.group].append(one)
    return {**_figures(heard), "groups": {name: _figures(some) for name, some in sorted(groups.items())}}


def _figures(heard: Sequence[Heard]) -> dict[str, Any]:
    tally = sum((one.tally for one in heard), Tally())
    return {
        "messages": len(heard),
        "told": tally.wanted,
        "recall": tally.recall,
        "wrongly_set": tally.said - tally.right,
        "messages_wrongly_set": share(bool(one.wrong) for one in heard),
        "all_right": share(not one.wrong and not one.missed for one in heard),
    }


def _read(reading: Reading, of: str) -> dict[str, Any]:
    markers = reading.markers()
    conditions = {name: value for name, value in reading.conditions().items() if name in CONDITIONS}
    implied = {name: value for said in conditions if conditions[said] for name, value in IMPLIES.get(said, {}).items()}
    about = {name: markers[name]["value"] for name in ABOUT_THE_PERSON if name in markers}
    about |= {} if reading.person == SELF == of else {"of": reading.person}
    return implied | conditions | about


def _items(said: Mapping[str, Any]) -> set[str]:
    return {f"{name}={_comparable(value)}" for name, value in said.items()}


def _comparable(value: object) -> object:
    return f"{round(value, AGE_DIGITS):g}" if isinstance(value, float) else value
