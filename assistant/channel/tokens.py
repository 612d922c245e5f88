"""Signed choices: only a button that this server made, for this conversation, can send a payload.

A token is ``body.mac`` in URL-safe base64: the body holds payload and title as JSON, the mac is HMAC-SHA256 under the
server's key over conversation and body. What a patient types is never taken for a payload.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32
MAC_BYTES = 16


@dataclass(frozen=True)
class Choice:
    """What a button means: the payload for the dialogue (``/choose{"item": value}``) and the words on it."""

    payload: str
    title: str


@dataclass(frozen=True)
class Signer:
    """Signs and opens choices with one key."""

    key: bytes

    def sign(self, conversation: str, choice: Choice) -> str:
        """Return the token of a choice in this conversation."""
        body = _encode(json.dumps([choice.payload, choice.title], ensure_ascii=False).encode())
        return f"{body}.{self._mac(conversation, body)}"

    def open(self, conversation: str, token: str) -> Choice | None:
        """Return the choice of a token, or None when this server did not sign it for this conversation."""
        body, _, mac = token.partition(".")
        if not (token.isascii() and hmac.compare_digest(mac, self._mac(conversation, body))):
            return None
        payload, title = json.loads(_decode(body))
        return Choice(payload, title)

    def _mac(self, conversation: str, body: str) -> str:
        digest = hmac.new(self.key, f"{conversation}.{body}".encode(), hashlib.sha256).digest()
        return _encode(digest[:MAC_BYTES])


def read_key(path: Path) -> bytes:
    """Return the key in the file; the first call makes it, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def join(choices: Sequence[Choice]) -> Choice | None:
    """Return one choice that means all of them, or None when they do not belong together.

    Choices of one checklist share their intent and differ in their items: ``/choose{"a": true}`` and
    ``/choose{"b": true}`` make ``/choose{"a": true, "b": true}``.
    """
    parts = [split_payload(choice.payload) for choice in choices]
    intents = {intent for intent, _ in parts}
    if len(intents) != 1:
        return None
    if len(parts) == 1:
        return choices[0]
    items = {item: value for _, values in parts for item, value in values.items()}
    payload = f"/{intents.pop()}{json.dumps(items, ensure_ascii=False)}"
    return Choice(payload, ", ".join(dict.fromkeys(choice.title for choice in choices)))


def split_payload(payload: str) -> tuple[str, dict[str, object]]:
    """Return intent and items of a button's payload. Raises ValueError for one that is not ``/intent`` with JSON."""
    intent, brace, rest = payload.removeprefix("/").partition("{")
    items = json.loads(brace + rest) if brace else {}
    if not payload.startswith("/") or not intent or not isinstance(items, dict):
        raise ValueError("a button's payload is /intent or /intent{json object}")
    return intent, items


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:  # pragma: no cover - a signed body always decodes
        raise ValueError("not base64") from error
