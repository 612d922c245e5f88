"""Reading of results, measured on messages written by hand as patients write (``tests/data/messy_messages.yaml``).

They are parted at random, once and for all: the reading was mended with the development half while the other was only
measured, then with the other too. Those of ``messy_messages_later.yaml`` were written after that.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.evaluation.notation import expected
from assistant.evaluation.reading import AS_OF, compared
from assistant.evaluation.scores import Tally, share
from assistant.evaluation.sets import FOLDER
from hepb.reading import read_text
from hepb.yaml_files import parse_yaml

FILE = "messy_messages.yaml"
LATER_FILE = "messy_messages_later.yaml"
SPLIT_SEED = 4
ABOUT_THE_PERSON = ("age", "sex")
"""What is kept apart counts without these: whose age it is says nothing of a result."""


@dataclass(frozen=True)
class Message:
    """A text, what makes it hard, and what it says.

    ``read`` is the newest result of each marker of the person whom they belong to, ``others`` the markers of older
    results and other people's, ``conditions`` what else was said (None: not measured).
    """

    classes: tuple[str, ...]
    text: str
    read: Mapping[str, Any]
    others: tuple[str, ...] = ()
    conditions: Mapping[str, Any] | None = None


@dataclass
class Judged:
    """A message and how it was read: a tally for each kind of item, and units that the text does not give."""

    message: Message
    results: Tally = field(default_factory=Tally)
    others: Tally = field(default_factory=Tally)
    conditions: Tally = field(default_factory=Tally)
    invented_units: int = 0

    @property
    def all_right(self) -> bool:
        """Whether nothing is missing, wrong or made up."""
        tallies = (self.results, self.others, self.conditions)
        return all(tally.wanted == tally.said == tally.right for tally in tallies)


@cache
def messages(name: str = FILE) -> tuple[Message, ...]:
    """Return all messages of a file, in its order."""
    rows = parse_yaml((FOLDER / name).read_text("utf8"), name)
    return tuple(
        Message(tuple(row["classes"]), row["text"], row["read"], tuple(row.get("others", ())), row.get("conditions"))
        for row in rows
    )


def halves() -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return the development half and the held-out one."""
    shuffled = list(messages())
    random.Random(SPLIT_SEED).shuffle(shuffled)  # noqa: S311 - the same halves every time are what is wanted
    middle = len(shuffled) // 2
    return tuple(shuffled[:middle]), tuple(shuffled[middle:])


def measure_messy() -> dict[str, Any]:
    """Read all messages and return the score of each part as JSON."""
    development, held_out = halves()
    parts = {"development": development, "held_out": held_out, "later": messages(LATER_FILE)}
    return {name: figures([judge(message) for message in part]) for name, part in parts.items()}


def judge(message: Message) -> Judged:
    """Read one message and compare with what it says."""
    reading = read_text(message.text, AS_OF)
    truth = {name: tuple(expected(name, said).values()) for name, said in message.read.items()}
    tallies, invented = compared(truth, reading.markers())
    apart = [row["marker"] for row in reading.others() if row["marker"] not in ABOUT_THE_PERSON]
    return Judged(
        message,
        sum(tallies.values(), Tally()),
        _bags(message.others, apart),
        Tally() if message.conditions is None else _bags(_items(message.conditions), _items(reading.conditions())),
        invented,
    )


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the score of some messages as JSON, for all and for each class."""
    classes: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in one.message.classes:
            classes[name].append(one)
    return {
        **_figures(judged),
        "others_f1": sum((one.others for one in judged), Tally()).f1,
        "conditions_f1": sum((one.conditions for one in judged), Tally()).f1,
        "invented_units": sum(one.invented_units for one in judged),
        "classes": {name: _figures(some) for name, some in sorted(classes.items())},
    }


def _figures(judged: Sequence[Judged]) -> dict[str, Any]:
    results = sum((one.results for one in judged), Tally())
    return {
        "messages": len(judged),
        "results": results.wanted,
        "f1": results.f1,
        "all_right": share(one.all_right for one in judged),
    }


def _bags(wanted: Iterable[str], said: Iterable[str]) -> Tally:
    wanted_bag, said_bag = Counter(wanted), Counter(said)
    return Tally(wanted_bag.total(), said_bag.total(), (wanted_bag & said_bag).total())


def _items(conditions: Mapping[str, Any]) -> list[str]:
    return [f"{name}={value}" for name, value in conditions.items()]
