"""The settings that the servers read from the environment, checked once, and the places of the project's files."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hepb.errors import ServerError

ROOT = Path(__file__).resolve().parents[1]
HIGHEST_PORT = 65535
ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?")
SHORTEST_KEY = 32
"""Characters of a secret from the environment."""


@dataclass(frozen=True)
class Settings:
    """What an operator may change. Times are in seconds, except ``retention_hours``.

    ``action_port`` is None when the system is to choose a free one. ``data`` is the folder of the
    database, of the keys, and of the logs. ``identity_key`` is the secret behind the hashes of senders, empty when a
    file in ``data`` holds one. ``allowed_origins`` are the sites whose pages may show the assistant. ``page_url`` is
    the address of the page as patients reach it, empty when not told. After ``kiosk_warn`` of
    idleness the kiosk warns, after ``kiosk_wipe`` it wipes the visit; ``kiosk_files``: a file may be brought to it.
    """

    host: str = "127.0.0.1"
    port: int = 5005
    action_port: int | None = None
    action_timeout: float = 10.0
    retention_hours: float = 24.0
    data: Path = ROOT / "var"
    identity_key: str = field(default="", repr=False)
    allowed_origins: frozenset[str] = frozenset()
    page_url: str = ""
    kiosk_warn: float = 60.0
    kiosk_wipe: float = 90.0
    kiosk_files: bool = False

    @property
    def database(self) -> Path:
        """The one file that holds conversations."""
        return self.data / "conversations.db"

    @property
    def votes(self) -> Path:
        """The file that counts the votes on answers."""
        return self.data / "votes.db"

    @property
    def signing_key(self) -> Path:
        """The file of the key that signs buttons."""
        return self.data / "signing.key"

    @property
    def identity_file(self) -> Path:
        """The file of the key behind the hashes of senders, where the environment gives none."""
        return self.data / "identity.key"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from ``environment``. Raises ServerError S001 naming variable, value and what is allowed."""
    defaults = Settings()
    warn = _positive(environment, "KIOSK_WARN_SECONDS", defaults.kiosk_warn)
    wipe = _positive(environment, "KIOSK_WIPE_SECONDS", defaults.kiosk_wipe)
    if wipe <= warn:
        raise ServerError(
            "S001", name="KIOSK_WIPE_SECONDS", value=f"{wipe:g}", allowed=f"more than {warn:g}, when it warns"
        )
    return Settings(
        host=environment.get("HOST") or defaults.host,
        port=_port(environment, "PORT") or defaults.port,
        action_port=_port(environment, "ACTION_PORT"),
        action_timeout=_positive(environment, "ACTION_TIMEOUT", defaults.action_timeout),
        retention_hours=_positive(environment, "RETENTION_HOURS", defaults.retention_hours),
        data=Path(environment.get("DATA_DIR") or defaults.data).resolve(),
        identity_key=_secret(environment, "IDENTITY_KEY"),
        allowed_origins=_origins(environment, "ALLOWED_ORIGINS"),
        page_url=_address(environment, "PAGE_URL"),
        kiosk_warn=warn,
        kiosk_wipe=wipe,
        kiosk_files=_yes(environment, "KIOSK_FILES"),
    )


def _port(environment: Mapping[str, str], name: str) -> int | None:
    text = environment.get(name, "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT:
        return int(text)
    raise ServerError("S001", name=name, value=text, allowed=f"1 to {HIGHEST_PORT}")


def _origins(environment: Mapping[str, str], name: str) -> frozenset[str]:
    """Return the origins, as browsers write them, of a list with spaces or commas between."""
    origins = environment.get(name, "").replace(",", " ").split()
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise ServerError("S001", name=name, value=origin, allowed="a list of https://host or https://host:port")
    return frozenset(origins)


def _secret(environment: Mapping[str, str], name: str) -> str:
    text = environment.get(name, "")
    if text and len(text) < SHORTEST_KEY:
        raise ServerError("S001", name=name, value="(not shown)", allowed=f"{SHORTEST_KEY} characters or more")
    return text


def _address(environment: Mapping[str, str], name: str) -> str:
    text = environment.get(name, "")
    if text and not text.startswith(("https://", "http://")):
        raise ServerError("S001", name=name, value=text, allowed="an address with https://")
    return text


def _yes(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "")
    if text not in {"", "no", "yes"}:
        raise ServerError("S001", name=name, value=text, allowed="yes or no")
    return text == "yes"


def _positive(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if 0 < number < float("inf"):
        return number
    raise ServerError("S001", name=name, value=text, allowed="a number above 0")
