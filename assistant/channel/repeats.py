"""Deliveries that came before: browsers and platforms repeat a request whose answer was cut off."""

from __future__ import annotations

from collections import OrderedDict

MOST_REMEMBERED = 10_000


class Deliveries:
    """Remembers the last deliveries by conversation and key. Keys say nothing about a patient."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def is_repeated(self, conversation: str, key: str | None) -> bool:
        """Tell whether this key came before in this conversation, and remember it. Without a key nothing repeats."""
        if not key:
            return False
        repeated = (conversation, key) in self._seen
        self._seen[conversation, key] = None
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return repeated
