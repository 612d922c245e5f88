"""What the shapes of all platforms share."""

from __future__ import annotations

import hmac
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

NUMBERS = itertools.count(1_000_001)
"""For ids, and for times of writing, which grow."""


def number():
    return next(NUMBERS)


@dataclass(frozen=True)
class Posted:
    """A request of a platform."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """A request to a platform: its path with the query, its headers in small letters, its body as an object."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """One message as a person sees it: its words, its buttons by their words, its picture."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    picture: bytes = b""


def digest(key, data, kind="sha256"):
    return hmac.new(key.encode(), data, kind)


def as_json(event, **headers):
    return Posted(json.dumps(event).encode(), {"Content-Type": "application/json", **headers})
