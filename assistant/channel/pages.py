"""The page's files and the headers that keep it to itself."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, file

from assistant.settings import ROOT

WEB = ROOT / "web"
INDEX = WEB / "index.html"
DEMO = WEB / "demo" / "index.html"

HEADERS = {
    # Everything from here, nothing from elsewhere; data: for pictures drawn in the style sheet.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


async def answer_page(request: Request) -> HTTPResponse | None:
    """Answer ``GET /`` with the page, in place of Rasa's greeting with its version number."""
    if request.path == "/" and request.method in {"GET", "HEAD"}:
        return await file(INDEX, headers={"Cache-Control": "no-cache"})
    return None


async def answer_demo(_: Request) -> HTTPResponse:
    """Answer ``GET /demo`` with a clinic's page that has the assistant in its corner."""
    return await file(DEMO, headers={"Cache-Control": "no-cache"})


async def add_headers(request: Request, response: BaseHTTPResponse | None) -> None:
    """Add the security headers to every answer, and forbid storing what the interface answers."""
    if response is None:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    private = not request.path.startswith("/static/")
    response.headers.setdefault("Cache-Control", "no-store" if private else "no-cache")


def add_static_files(blueprint: Blueprint) -> None:
    """Serve the files of ``web/`` under ``/static/``; paths that lead out of it are 404."""
    blueprint.static("/static", str(WEB), name="files")
