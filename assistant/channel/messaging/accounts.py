"""Which doors are open: a platform opens when its variables are set, and is absent otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.channel.messaging.platform import Account, Platform
from assistant.channel.messaging.privacy import Results
from hepb.errors import ServerError


@dataclass(frozen=True)
class Opened:
    """A platform with its account and whether results are read there."""

    platform: Platform
    account: Account
    results: Results


def opened(platforms: Iterable[Platform], environment: Mapping[str, str] = os.environ) -> list[Opened]:
    """Return the platforms whose variables are set.

    Raises ServerError when a platform has only a part of them (S008), or a setting is not usable (S001).
    """
    return [_open(platform, environment) for platform in platforms if _is_wanted(platform, environment)]


def _is_wanted(platform: Platform, environment: Mapping[str, str]) -> bool:
    lacking = [name for name in platform.secrets if not environment.get(name)]
    if lacking and len(lacking) < len(platform.secrets):
        raise ServerError("S008", channel=platform.name, names=", ".join(lacking))
    return not lacking


def _open(platform: Platform, environment: Mapping[str, str]) -> Opened:
    values = {name: environment[name] for name in platform.secrets}
    values |= {name: environment.get(name) or default for name, default in platform.settings.items()}
    for name, value in values.items():
        if name.endswith("_URL") and not value.startswith(("https://", "http://")):
            raise ServerError("S001", name=name, value="(not shown)", allowed="an address with https://")
    name = f"{platform.name.upper()}_RESULTS"
    results = environment.get(name) or Results.NEVER.value
    if results not in {item.value for item in Results}:
        raise ServerError("S001", name=name, value=results, allowed=", ".join(item.value for item in Results))
    return Opened(platform, Account(values), Results(results))
