"""Who speaks, without saying who: keyed hashes in place of what a platform calls a person or a message.

A telephone number can be guessed from a plain hash of it, as there are few. Without the key it cannot. The key comes
from the environment (``IDENTITY_KEY``) or from a file in the data folder; with another key everybody is a stranger.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field

from assistant.channel.tokens import Choice, read_key
from assistant.settings import Settings

MARK_BYTES = 16
"""Of a button's mark: 22 characters, so that it fits where a platform takes 64 bytes."""


@dataclass(frozen=True)
class Identity:
    """Makes the hashes of one installation."""

    key: bytes = field(repr=False)

    def conversation(self, channel: str, person: str) -> str:
        """Return the id of the conversation of a person, as the platform calls them, on this channel."""
        return f"{channel}-{_text(self._digest('conversation', channel, person))}"

    def delivery(self, channel: str, message: str) -> str:
        """Return the key under which a delivery is remembered; ids of messages may hold a telephone number."""
        return _text(self._digest("delivery", channel, message))

    def mark(self, conversation: str, choice: Choice) -> str:
        """Return the short mark of a button for this conversation; nobody else can make it."""
        return _text(self._digest("button", conversation, choice.payload, choice.title)[:MARK_BYTES])

    def _digest(self, *parts: str) -> bytes:
        return hmac.new(self.key, json.dumps(parts).encode(), hashlib.sha256).digest()


def read_identity(settings: Settings) -> Identity:
    """Return the identity of this installation; the first call makes the key file, readable by its owner only."""
    if settings.identity_key:
        return Identity(settings.identity_key.encode())
    settings.data.mkdir(parents=True, exist_ok=True)
    return Identity(read_key(settings.identity_file))


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
