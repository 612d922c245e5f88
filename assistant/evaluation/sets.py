"""The sets that understanding is measured on, under ``tests/data``: none of their rows is trained on.

Two were written before the rules and helped to mend them ("seen while building"); two were not ("held out").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.settings import ROOT
from hepb.yaml_files import parse_yaml

FOLDER = ROOT / "tests" / "data"
ORDINARY = "ordinary"

Row = tuple[str, str]
"""What is right (an intent, or a kind of urgency), and the text."""


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


def urgent_seen() -> UrgentSet:
    """Return the urgent messages that the rules were mended with, each also as others would type it."""
    rows = enumerate(read_rows("urgent_messages.yml"))
    urgent = tuple((kind, text) for place, (kind, row) in rows for text in _variants(place, row))
    return UrgentSet(urgent, _texts(read_rows("ordinary_messages.yml")))


def urgent_held_out() -> UrgentSet:
    """Return the urgent and ordinary messages that were written when the rules were finished.

    A message that also stands in the seen set, by chance, is left out: it was not held out.
    """
    seen = {*_texts(urgent_seen().urgent), *urgent_seen().ordinary}
    rows = [row for row in read_rows("urgent_unseen.yml") if row[1] not in seen]
    urgent, ordinary = ([row for row in rows if (row[0] == ORDINARY) is wanted] for wanted in (False, True))
    return UrgentSet(tuple(urgent), _texts(ordinary))


def _texts(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(text for _, text in rows)


def _variants(place: int, text: str) -> tuple[str, str, str]:
    """The message as it is and as two other people would type it; which ones goes round by ``place``."""
    others = [
        text.lower().replace("'", "").replace(".", "").replace(",", ""),
        text.upper(),
        f"Hello doctor, {text}",
        f"My HBsAg is positive, ALT 45 U/L, HBV DNA 2.3e4 IU/mL. {text}",
        f"{text.rstrip('.?!')}. Which phase am I in and what should I do?",
    ]
    return text, others[place % len(others)], others[(place + 1) % len(others)]
