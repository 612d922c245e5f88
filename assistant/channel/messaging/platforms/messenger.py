"""Facebook Messenger (developers.facebook.com/docs/messenger-platform)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.channel.calls import Caller
from assistant.channel.messaging.batches import each, items
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.platforms.meta import GRAPH, PROOF, bearer, check_with, greet_with
from assistant.channel.messaging.sending import buttons_last, png_form

TOKEN, SECRET, VERIFY, API = "MESSENGER_TOKEN", "MESSENGER_SECRET", "MESSENGER_VERIFY", "MESSENGER_API_URL"
MOST_BUTTONS = 13


def parse(delivery: Delivery, account: Account) -> list[Incoming]:  # noqa: ARG001 - the shape of all
    """Return the messages and pressed buttons of all entries; our own echoes, receipts and reactions say nothing."""
    return each(
        (event for entry in items(delivery.json().get("entry")) for event in items(entry.get("messaging"))), _read
    )


def _read(event: Mapping[str, Any]) -> Incoming | None:
    sender = event["sender"]["id"]
    rest = {"person": sender, "address": {"to": sender}, "written": float(event["timestamp"])}
    if pressed := event.get("postback"):
        return Incoming(id=pressed.get("mid") or f"{sender} {event['timestamp']}", mark=pressed["payload"], **rest)
    if edited := event.get("message_edit"):
        return Incoming(id=f"{edited['mid']} {edited.get('num_edit')}", text=edited["text"], **rest)
    message = event.get("message")
    if not message or message.get("is_echo") or message.get("is_deleted"):
        return None
    mark = (message.get("quick_reply") or {}).get("payload") or ""
    text, attached = message.get("text") or "", bool(message.get("attachments"))
    return Incoming(id=message["mid"], text=text, mark=mark, attachment=attached or not (text or mark), **rest)


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text; quick replies go with the last one, as they vanish with the next. Pictures have no words."""
    url, headers = f"{account[API]}/me/messages", bearer(account[TOKEN])
    person = {"id": address["to"]}
    for reply in buttons_last(replies, MOST_BUTTONS):
        if reply.picture:
            fields = {
                "recipient": json.dumps(person),
                "messaging_type": "RESPONSE",
                "message": json.dumps({"attachment": {"type": "image", "payload": {"is_reusable": False}}}),
            }
            await caller.post(url, headers, data=png_form(fields, "filedata", reply.picture))
            continue
        message: dict[str, Any] = {"text": reply.text}
        if reply.buttons:
            message["quick_replies"] = [
                {"content_type": "text", "title": button.title, "payload": button.mark} for button in reply.buttons
            ]
        await caller.post(url, headers, json={"recipient": person, "messaging_type": "RESPONSE", "message": message})


MESSENGER = Platform(
    name="messenger",
    title="Messenger",
    secrets=(TOKEN, SECRET, VERIFY),
    settings={API: GRAPH},
    limits=Limits(text=2000, buttons=MOST_BUTTONS, title=20, pictures=True),
    proof=PROOF,
    check=check_with(SECRET),
    greet=greet_with(VERIFY),
    parse=parse,
    send=send,
)
