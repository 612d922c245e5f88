"""The messages that the patients of the bench send."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hepb.yaml_files import parse_yaml

FILE = Path(__file__).with_name("script.yaml")
LOWEST_ALT, ALT_STEP, ALT_SPAN = 15, 7, 90


@dataclass(frozen=True)
class Script:
    """A cycle of messages that a conversation goes through again and again."""

    messages: tuple[str, ...]

    def message(self, turn: int) -> str:
        """Return the message of a turn, counted from 1."""
        cycle, place = divmod(turn - 1, len(self.messages))
        # 7 and 90 have no common divisor: a value comes back after 90 cycles only.
        return self.messages[place].format(alt=LOWEST_ALT + cycle * ALT_STEP % ALT_SPAN)


@cache
def read_script(name: str) -> Script:
    """Return the script of one bot, ``assistant`` or ``stock``."""
    return Script(tuple(parse_yaml(FILE.read_text("utf8"), FILE.name)[name]))
