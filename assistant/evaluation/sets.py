"""The sets that understanding is measured on, under ``tests/data``: none of their rows is trained on.

The urgent messages that the detectors were made with are training data (``data/urgent``), so their figures say only
that nothing got worse.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.nlu.margins import ORDINARY, REFUSED, margin_examples
from assistant.settings import ROOT
from hepb.yaml_files import parse_yaml

FOLDER = ROOT / "tests" / "data"

LATER_FILE = "questions_later.yml"
SPLIT_SEED = 8

Row = tuple[str, str]
"""What is right (an intent, or a kind of urgency), and the text."""
Open = tuple[frozenset[str], str]
"""Every intent whose answer is on the subject, and the text."""


@dataclass(frozen=True)
class UrgentSet:
    """``urgent`` rows give kind and text; ``ordinary`` are texts in the same words that are not urgent."""

    urgent: tuple[Row, ...]
    ordinary: tuple[str, ...]


@cache
def read_rows(name: str, folder: Path = FOLDER) -> tuple[Row, ...]:
    """Return label and text of every row of a file; each label heads a block of rows."""
    blocks = parse_yaml((folder / name).read_text("utf8"), name)
    return tuple((label, row) for label, block in blocks.items() for row in block.splitlines())


def frozen_questions() -> tuple[Row, ...]:
    """Return the held-out questions of every topic: intent and text."""
    folder = FOLDER / "questions_frozen"
    return tuple(row for path in sorted(folder.glob("*.yml")) for row in read_rows(path.name, folder))


def later_questions() -> tuple[tuple[Open, ...], tuple[Open, ...]]:
    """Return the questions of ``questions_later.yml``: the half that was looked at, and the one only measured."""
    rows = [(frozenset(label.split(", ")), text) for label, text in read_rows(LATER_FILE)]
    order = list(range(len(rows)))
    random.Random(SPLIT_SEED).shuffle(order)  # noqa: S311 - the same halves every time are what is wanted
    looked_at = set(order[: len(order) // 2])
    halves = ([row for place, row in enumerate(rows) if (place in looked_at) is wanted] for wanted in (True, False))
    first, second = map(tuple, halves)
    return first, second


def near_questions(block: str) -> tuple[str, ...]:
    """Return near questions out of scope: ``seen_topics``, or ``unseen_topics`` that no training example touches."""
    return tuple(text for label, text in read_rows("near_out_of_scope.yml") if label == block)


def urgent_seen() -> UrgentSet:
    """Return the messages that the rules were mended and the classifier trained with, as several people type them."""
    rows = [row for row in margin_examples() if row[0] != REFUSED]
    urgent = tuple((kind, _typed(place, text)) for place, (kind, text) in enumerate(rows) if kind != ORDINARY)
    return UrgentSet(urgent, _texts([row for row in rows if row[0] == ORDINARY]))


def urgent_held_out() -> UrgentSet:
    """Return the messages that were written and measured when rules and classifier were first finished."""
    return _urgent_set("urgent_held_out.yml")


def urgent_everyday() -> UrgentSet:
    """Return later messages of the same kind, written and measured when all earlier ones had been learned from."""
    return _urgent_set("urgent_everyday.yml")


def _urgent_set(name: str) -> UrgentSet:
    rows = read_rows(name)
    urgent, ordinary = ([row for row in rows if (row[0] == ORDINARY) is wanted] for wanted in (False, True))
    return UrgentSet(tuple(urgent), _texts(ordinary))


def _texts(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(text for _, text in rows)


def _typed(place: int, text: str) -> str:
    """The message as it is, or as another person would type it; which one goes round by ``place``."""
    ways = (
        text,
        text.lower().replace("'", "").replace(".", "").replace(",", ""),
        text.upper(),
        f"Hello doctor, {text}",
        f"My HBsAg is positive, ALT 45 U/L, HBV DNA 2.3e4 IU/mL. {text}",
        f"{text.rstrip('.?!')}. Which phase am I in and what should I do?",
    )
    return ways[place % len(ways)]
