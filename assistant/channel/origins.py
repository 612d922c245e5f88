"""Which pages of other sites may show the assistant: exactly those that ``ALLOWED_ORIGINS`` names, by default none.

A browser says with each request of a script which site's page made it (``Origin``). A request from a page of any other
site is refused before anything is read, also one that the browser would send without asking first. Platforms and
programs send no ``Origin``.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, json

PREFLIGHT_SECONDS = 600
METHODS = "GET, POST, DELETE"
REQUEST_HEADERS = "Content-Type, Idempotency-Key"


@dataclass(frozen=True)
class Origins:
    """The origins (``https://clinic.example``) whose pages may use this server beside its own."""

    allowed: AbstractSet[str]

    async def check(self, request: Request) -> HTTPResponse | None:
        """Refuse what a page of another site asks; answer the question that a browser asks before its request."""
        origin = request.headers.get("Origin")
        if origin is None or _is_own(request, origin):
            return None
        if origin not in self.allowed:
            return json({"error": "origin_not_allowed"}, status=403)
        return empty() if request.method == "OPTIONS" else None

    async def add_headers(self, request: Request, response: BaseHTTPResponse | None) -> None:
        """Let the browser give the answer to an allowed page, and to no other, whatever Rasa says to that."""
        if response is None:
            return
        for name in [name for name in response.headers if name.lower().startswith("access-control-")]:
            del response.headers[name]
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("Origin")
        if origin not in self.allowed:
            return
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)


def _is_own(request: Request, origin: str) -> bool:
    """Tell whether the page came from this server: by the browser's word, or by the host that it asked for.

    The scheme may differ behind a proxy that speaks HTTPS for this server.
    """
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or origin.partition("://")[2] == request.host
