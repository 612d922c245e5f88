"""What a door remembers of a conversation between two messages; lost at a restart, where the transcript helps out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.channel.messaging.options import Option
from assistant.channel.said import Said

MOST_REMEMBERED = 2000
"""Conversations; the longest unused is forgotten first."""


@dataclass
class _Kept:
    options: list[Option] = field(default_factory=list)
    held: Said | None = None
    owed: bool = False


class Memory:
    """The options that stand open, and a message with results that waits for consent, by conversation."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def options(self, conversation: str) -> list[Option] | None:
        """Return what can be answered now, None when nothing is known of the conversation."""
        kept = self._kept.get(conversation)
        return kept and kept.options

    def close_options(self, conversation: str) -> None:
        """The patient has answered: what stood open does no longer."""
        self._of(conversation).options = []

    def open_options(self, conversation: str, options: Iterable[Option]) -> None:
        """Add what can be answered from now on."""
        self._of(conversation).options += options

    def hold(self, conversation: str, said: Said | None) -> None:
        """Keep a message until the person has decided; None drops it."""
        self._of(conversation).held = said

    def held(self, conversation: str) -> Said | None:
        """Return the message that waits for consent."""
        kept = self._kept.get(conversation)
        return kept and kept.held

    def owe_notice(self, conversation: str, *, owed: bool) -> None:
        """Keep whether the first notice is still to be said: never beside an emergency, but with the next answer."""
        self._of(conversation).owed = owed

    def is_notice_owed(self, conversation: str) -> bool:
        """Tell whether the first notice is still to be said."""
        kept = self._kept.get(conversation)
        return kept is not None and kept.owed

    def _of(self, conversation: str) -> _Kept:
        kept = self._kept.setdefault(conversation, _Kept())
        self._kept.move_to_end(conversation)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept
