"""Replies in the form that platforms take: pictures as files, buttons where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from aiohttp import FormData

from assistant.channel.messaging.platform import Reply


def png_form(fields: Mapping[str, str], name: str, picture: bytes) -> Callable[[], FormData]:
    """Return what makes a form with a picture; each try to send it needs a new one."""

    def make() -> FormData:
        form = FormData(dict(fields))
        form.add_field(name, picture, filename="picture.png", content_type="image/png")
        return form

    return make


def buttons_last(replies: Sequence[Reply], most: int) -> list[Reply]:
    """Return the replies with all buttons at the last text, for platforms that show only those; at most so many."""
    buttons = tuple(button for reply in replies for button in reply.buttons)[-most:]
    texts = [number for number, reply in enumerate(replies) if not reply.picture]
    last = texts[-1] if texts else None
    return [replace(reply, buttons=buttons if number == last else ()) for number, reply in enumerate(replies)]
