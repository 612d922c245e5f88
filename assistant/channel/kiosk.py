"""The kiosk: its page at ``/kiosk``, what that page has to know, and the browser's orders to forget a visit."""

from __future__ import annotations

from functools import partial

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, json

from assistant.channel.pages import WEB
from assistant.settings import Settings
from hepb.questions import catalogue

PAGE = WEB / "kiosk" / "index.html"
CLEAR = '"cache", "cookies", "storage"'


def add_kiosk(blueprint: Blueprint, settings: Settings) -> None:
    """Serve the kiosk. Its conversations go through the same interface as those of every other page."""
    blueprint.add_route(_page, "/kiosk", name="kiosk")
    blueprint.add_route(partial(_told, settings), "/kiosk/settings", name="kiosk_settings")
    blueprint.add_route(_clear, "/kiosk/clear", methods=["POST"], name="kiosk_clear")


async def _page(_: Request) -> HTTPResponse:
    return await file(PAGE, headers={"Cache-Control": "no-store"})


async def _told(settings: Settings, _: Request) -> HTTPResponse:
    """Answer with the seconds of idleness, whether files may be brought, and the items that questions ask for."""
    asked = [question.items[0] for question in catalogue() if len(question.items) == 1]
    times = {"warn": settings.kiosk_warn, "wipe": settings.kiosk_wipe}
    return json({**times, "files": settings.kiosk_files, "asked": asked})


async def _clear(_: Request) -> HTTPResponse:
    return empty(headers={"Clear-Site-Data": CLEAR})
