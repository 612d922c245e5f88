"""Calls to a platform: nobody else waits for them, they have a time limit, and they are tried only a few times."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

logger = logging.getLogger(__name__)

TIMEOUT = 10.0
"""Seconds that one try may take."""
WAITS = (0.5, 2.0)
"""Seconds before the second and the third try."""
LONGEST_WAIT = 20.0
"""Seconds that a platform may ask for before the next try."""
LARGEST_ANSWER = 64 * 1024
TRY_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class NotSentError(Exception):
    """A platform did not take a message. ``status`` is its last answer, None when there was none.

    Carries no address and no text: an address may hold a password, a text is the patient's.
    """

    def __init__(self, status: int | None) -> None:
        super().__init__(f"status {status}")
        self.status = status


@dataclass
class Caller:
    """Calls the interface of one platform. ``kept``: passwords for a while, with the time until which they are good."""

    timeout: float = TIMEOUT
    waits: tuple[float, ...] = WAITS
    kept: dict[str, tuple[str, float]] = field(default_factory=dict, repr=False)
    _session: aiohttp.ClientSession | None = field(default=None, init=False, repr=False)

    async def post(self, url: str, headers: Mapping[str, str] | None = None, **body: Any) -> dict[str, Any]:
        """Post ``json=`` or ``data=`` and return the JSON object of the answer, empty for another one.

        ``data`` may be a function that makes it: a form with a file can be sent only once.
        Raises NotSentError when the platform refuses, or when the last try fails.
        """
        status: int | None = None
        for wait in (*self.waits, None):
            status, answer, asked = await self._try(url, headers, body)
            if status is not None and status < HTTPStatus.BAD_REQUEST:
                return answer
            if wait is None or (status is not None and not _may_pass(status)):
                break
            await asyncio.sleep(min(max(wait, asked), LONGEST_WAIT))
        raise NotSentError(status)

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _try(
        self, url: str, headers: Mapping[str, str] | None, body: Mapping[str, Any]
    ) -> tuple[int | None, dict[str, Any], float]:
        """Return status, JSON and the wait that was asked for; no status when nobody answered."""
        if self._session is None:  # made here, as it belongs to the running loop
            limit = aiohttp.ClientTimeout(total=self.timeout)
            self._session = aiohttp.ClientSession(timeout=limit, cookie_jar=aiohttp.DummyCookieJar())
        try:
            made = {name: value() if callable(value) else value for name, value in body.items()}
            async with self._session.post(url, headers=headers, allow_redirects=False, **made) as response:
                content = await response.content.read(LARGEST_ANSWER)
                return response.status, _object(content), _seconds(response.headers.get("Retry-After"))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            logger.warning("a platform did not answer: %s", type(error).__name__)
            return None, {}, 0.0


def _may_pass(status: int) -> bool:
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in TRY_AGAIN


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _seconds(text: str | None) -> float:
    return float(text) if text and text.isascii() and text.isdigit() else 0.0
