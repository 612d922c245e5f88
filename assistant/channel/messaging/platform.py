"""What a platform is to us: its data, the shape of what comes in and goes out, and its three functions."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from assistant.channel.calls import Caller


@dataclass(frozen=True)
class Delivery:
    """A request of a platform as it came: header names in small letters, the body's raw bytes."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes = b""

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object. Raises ValueError for anything else."""
        content = json.loads(self.body)
        if not isinstance(content, dict):
            raise ValueError("not a JSON object")  # noqa: TRY004 - the sender's mistake, not the caller's
        return content

    def form(self) -> dict[str, str]:
        """Return the fields of a form; of a field that comes twice the last one. Raises ValueError for no UTF-8."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Incoming:
    """One message of a person.

    ``id``: the platform's for this delivery. ``person``: the platform's name for the sender, of which only a keyed hash
    is kept. ``address``: where the answer goes. ``written``: a number that grows with the time of writing.
    ``mark``: of a pressed button. ``attachment``: a picture, voice or file came along. ``public``: others read along.
    """

    id: str
    person: str
    address: Mapping[str, str]
    written: float
    text: str = ""
    mark: str = ""
    attachment: bool = False
    public: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON for the inbox."""
        return asdict(self)


@dataclass(frozen=True)
class Button:
    """A button of the platform's own: its words and the mark that comes back when it is pressed."""

    title: str
    mark: str


@dataclass(frozen=True)
class Reply:
    """One message to a person. Without ``picture`` (PNG) the text says all; with it the text stands under it."""

    text: str
    buttons: tuple[Button, ...] = ()
    picture: bytes | None = None


@dataclass(frozen=True)
class Account:
    """The settings of one platform out of the environment, by their names there; secrets among them."""

    values: Mapping[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.values[name]


@dataclass(frozen=True)
class Limits:
    """How much one message holds. ``buttons``: at most so many of the platform's own, none where it has none.

    ``pictures``: it takes PNG files. ``caption``: words under a picture, ``with_buttons``: above buttons; none where
    zero, and as much as any text, in this order.

    ``measure`` counts a text as the platform does, for ``text`` and for ``title`` (the words on a button).
    """

    text: int
    buttons: int = 0
    title: int = 0
    measure: Callable[[str], int] = len
    pictures: bool = False
    caption: int = 0
    with_buttons: int = 0


@dataclass(frozen=True)
class Platform:
    """A platform. ``name`` is its path under ``/webhooks`` and the start of its variables; ``title`` what people say.

    ``secrets``: variables without which the door stays shut. ``settings``: further ones with their defaults.
    ``proof``: the header or the part of the query that proves a delivery; 401 without it, 403 when ``check`` refuses.
    ``greet`` answers a request that only asks whether we are there, None for any other. ``thanks`` is the body that
    tells the platform that a delivery is taken. ``largest_body`` in bytes. ``hold``: seconds for which a request is
    held open for the first words of its answer, which ``passive`` puts into the answer to the request; 0 for never.
    """

    name: str
    title: str
    secrets: tuple[str, ...]
    limits: Limits
    proof: str
    check: Callable[[Delivery, Account], bool]
    parse: Callable[[Delivery, Account], list[Incoming]]
    send: Callable[[Caller, Account, Mapping[str, str], Sequence[Reply]], Awaitable[None]]
    settings: Mapping[str, str] = field(default_factory=dict)
    greet: Callable[[Delivery, Account], str | None] = lambda _delivery, _account: None
    thanks: str = ""
    thanks_type: str = "text/plain"
    largest_body: int = 1024 * 1024
    hold: float = 0.0
    passive: Callable[[Account, Mapping[str, str], str], str] = lambda _account, _address, words: words
