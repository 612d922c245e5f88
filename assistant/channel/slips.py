"""A photo or PDF of a slip on the web channel: read, answered with what was read, and kept nowhere.

What the patient confirms comes back as a message like any other; this door takes no value in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant.channel.base import PatientChannel, store_of
from assistant.slips import limits
from assistant.slips.reading import Slip, SlipReader
from assistant.slips.said import SAID
from assistant.slips.values import dated
from hepb.errors import SlipError

_STATUS = {"P001": 413, "P011": 503}


def add_slips(blueprint: Blueprint, path: str, channel: PatientChannel) -> None:
    """Take files at ``path``, which holds the id of a conversation."""

    async def take(request: Request, conversation: str) -> HTTPResponse:
        if not await store_of(request.app.ctx.agent).exists(conversation):
            return json({"error": "unknown_conversation"}, status=404)
        try:
            slip = await _reader(request).read(await _body(request), date.today())  # noqa: DTZ011 (the day where the person is)
        except SlipError as error:
            said: list[dict[str, Any]] = []
            await channel.say(request.app.ctx.agent, conversation, SAID[error.code], said.append)
            answer = {"error": error.code, "text": said[0]["text"]}
            return json(answer, status=_STATUS.get(error.code, 422))
        return json(_shown(slip))

    # stream: the file may be larger than other requests, and is read no further than its limit
    blueprint.add_route(take, path, methods=["POST"], stream=True, name="slip")


def _reader(request: Request) -> SlipReader:
    ctx = request.app.ctx
    if not hasattr(ctx, "slip_reader"):
        ctx.slip_reader = SlipReader()
    return ctx.slip_reader


async def _body(request: Request) -> bytes:
    """The file. Raises :class:`SlipError` (P001) as soon as it is too large."""
    content = bytearray()
    while (part := await request.stream.read()) is not None:
        content += part
        if len(content) > limits.LARGEST_FILE:
            raise SlipError("P001", limit=limits.LARGEST_FILE)
    return bytes(content)


def _shown(slip: Slip) -> dict[str, Any]:
    """What the page shows for confirmation. ``day`` of a value: its place in ``days``; ``dated``: how both are told."""
    places = {day.written: place for place, day in enumerate(slip.days)}
    return {
        "values": [
            {"label": value.label, "words": value.words, "line": value.line, "doubtful": value.is_doubtful,
             "day": None if value.written is None else places[value.written]}
            for value in slip.values
        ],
        "days": [{"written": day.written, "days": [one.isoformat() for one in day.days]} for day in slip.days],
        "dated": dated("{words}", "{date}"),
        "picture": slip.is_picture,
    }  # fmt: skip
