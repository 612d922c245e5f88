"""WhatsApp: Meta's Cloud API (developers.facebook.com/docs/whatsapp/cloud-api)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.channel.calls import Caller
from assistant.channel.messaging.batches import each, items
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.platforms.meta import GRAPH, PROOF, bearer, check_with, greet_with
from assistant.channel.messaging.sending import png_form

TOKEN, SECRET, VERIFY = "WHATSAPP_TOKEN", "WHATSAPP_SECRET", "WHATSAPP_VERIFY"
NUMBER, API = "WHATSAPP_NUMBER_ID", "WHATSAPP_API_URL"
SILENT = frozenset({"reaction", "system", "request_welcome"})
"""Kinds of messages that say nothing to us."""


def parse(delivery: Delivery, account: Account) -> list[Incoming]:
    """Return the messages of all entries and changes to our number; statuses say nothing to us."""
    values = [
        change["value"]
        for entry in items(delivery.json().get("entry"))
        for change in items(entry.get("changes"))
        if isinstance(change.get("value"), dict)
    ]
    ours = [value for value in values if (value.get("metadata") or {}).get("phone_number_id") == account[NUMBER]]
    return each((message for value in ours for message in items(value.get("messages"))), _read)


def _read(message: Mapping[str, Any]) -> Incoming | None:
    kind, sender = message["type"], message["from"]
    if kind in SILENT:
        return None
    content = message.get(kind)
    text, mark = "", ""
    if kind == "text":
        text = content["body"]
    elif kind == "interactive":
        mark = content[content["type"]]["id"]
    elif kind == "button":
        text = content["text"]
    elif isinstance(content, dict):
        text = content.get("caption") or ""
    attached = kind not in {"text", "interactive", "button"}
    return Incoming(
        message["id"], sender, {"to": sender}, float(message["timestamp"]), text, mark=mark, attachment=attached
    )


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text, with up to three reply buttons, or a picture with its words."""
    base, headers = f"{account[API]}/{account[NUMBER]}", bearer(account[TOKEN])
    for reply in replies:
        content = (
            _picture(await _upload(caller, base, headers, reply.picture), reply) if reply.picture else _text(reply)
        )
        message = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": address["to"], **content}
        await caller.post(f"{base}/messages", headers, json=message)


async def _upload(caller: Caller, base: str, headers: Mapping[str, str], picture: bytes) -> str:
    form = png_form({"messaging_product": "whatsapp", "type": "image/png"}, "file", picture)
    return str((await caller.post(f"{base}/media", headers, data=form)).get("id"))


def _picture(media: str, reply: Reply) -> dict[str, Any]:
    return {"type": "image", "image": {"id": media, "caption": reply.text}}


def _text(reply: Reply) -> dict[str, Any]:
    if not reply.buttons:
        return {"type": "text", "text": {"preview_url": False, "body": reply.text}}
    buttons = [{"type": "reply", "reply": {"id": button.mark, "title": button.title}} for button in reply.buttons]
    content = {"type": "button", "body": {"text": reply.text}, "action": {"buttons": buttons}}
    return {"type": "interactive", "interactive": content}


WHATSAPP = Platform(
    name="whatsapp",
    title="WhatsApp",
    secrets=(TOKEN, SECRET, VERIFY, NUMBER),
    settings={API: GRAPH},
    limits=Limits(text=4096, buttons=3, title=20, with_buttons=1024, pictures=True, caption=1024),
    proof=PROOF,
    check=check_with(SECRET),
    greet=greet_with(VERIFY),
    parse=parse,
    send=send,
    largest_body=3 * 1024 * 1024,
)
