"""The hand-out of a conversation: ``.../handout`` is a page, ``.pdf`` a file, ``.json`` a few lines and a QR code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, raw

from actions.dialogue import Dialogue
from assistant.handout.content import make_sheet
from assistant.handout.page import to_html, to_tree
from assistant.handout.pdf import to_pdf
from assistant.handout.qr import qr_code
from assistant.handout.sheet import Sheet
from assistant.handout.short import make_short
from assistant.handout.speaking import Speaker

FILE_NAME = "hepatitis-b-summary.pdf"
Read = Callable[[Request, str], Awaitable[DialogueStateTracker | None]]
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handout")
"""One thread beside the event loop: what the core remembers from one assessment to the next is not made for several."""


def add_handout(blueprint: Blueprint, path: str, read: Read) -> None:
    """Serve the hand-out under ``path``, which names the conversation; ``read`` gives its state, None when unknown."""
    blueprint.add_route(partial(_handout, read), f"{path}/handout", name="handout")
    blueprint.add_route(partial(_serve, read, _pdf), f"{path}/handout.pdf", name="handout_pdf")
    blueprint.add_route(partial(_serve, read, _short), f"{path}/handout.json", name="handout_short")


async def _handout(read: Read, request: Request, conversation: str) -> HTTPResponse:
    """The page, or its sheet alone for a program that asks for JSON."""
    wanted = _tree if "application/json" in request.headers.get("Accept", "") else _page
    return await _serve(read, wanted, request, conversation)


async def _serve(
    read: Read,
    make: Callable[[DialogueStateTracker, dict[str, Any]], HTTPResponse],
    request: Request,
    conversation: str,
) -> HTTPResponse:
    tracker = await read(request, conversation)
    if tracker is None:
        return json({"error": "unknown_conversation"}, status=404)
    responses = request.app.ctx.agent.domain.responses
    return await asyncio.get_running_loop().run_in_executor(_THREAD, make, tracker, responses)


def _page(tracker: DialogueStateTracker, responses: dict[str, Any]) -> HTTPResponse:
    speaker = Speaker(responses, tracker.get_slot("language"))
    return html(to_html(_sheet(tracker, speaker), speaker))


def _tree(tracker: DialogueStateTracker, responses: dict[str, Any]) -> HTTPResponse:
    return json({"sheet": to_tree(_sheet(tracker, Speaker(responses, tracker.get_slot("language"))))})


def _pdf(tracker: DialogueStateTracker, responses: dict[str, Any]) -> HTTPResponse:
    content = to_pdf(_sheet(tracker, Speaker(responses, tracker.get_slot("language"))))
    shown = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return raw(content, content_type="application/pdf", headers=shown)


def _short(tracker: DialogueStateTracker, responses: dict[str, Any]) -> HTTPResponse:
    text = make_short(*_state(tracker), Speaker(responses, tracker.get_slot("language")), date.today())  # noqa: DTZ011 - the server's day
    return json({"text": text, "qr": qr_code(text)})


def _sheet(tracker: DialogueStateTracker, speaker: Speaker) -> Sheet:
    return make_sheet(*_state(tracker), speaker, date.today())  # noqa: DTZ011 - the server's day


def _state(tracker: DialogueStateTracker) -> tuple[dict[str, Any], Dialogue]:
    return tracker.get_slot("record") or {}, Dialogue.from_slot(tracker.get_slot("dialogue"))
