"""LINE: the Messaging API (developers.line.biz/en/docs/messaging-api)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.channel.calls import Caller, NotSentError
from assistant.channel.messaging.batches import each, items
from assistant.channel.messaging.cutting import utf16_length
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.platforms.meta import bearer
from assistant.channel.messaging.sending import buttons_last
from assistant.channel.signatures import base64_of, is_same

TOKEN, SECRET, API = "LINE_TOKEN", "LINE_SECRET", "LINE_API_URL"
PROOF = "x-line-signature"
MOST_BUTTONS = 13
MOST_MESSAGES = 5
"""Messages in one call."""


def check(delivery: Delivery, account: Account) -> bool:
    """Tell whether the body is signed with the channel secret."""
    return is_same(base64_of(account[SECRET], delivery.body), delivery.headers.get(PROOF))


def parse(delivery: Delivery, account: Account) -> list[Incoming]:  # noqa: ARG001 - the shape of all
    """Return the messages and pressed buttons of all events; a repeated event has the same id."""
    return each(items(delivery.json().get("events")), _read)


def _read(event: Mapping[str, Any]) -> Incoming | None:
    if event.get("mode") == "standby" or event["type"] not in {"message", "postback"}:
        return None
    source, message = event["source"], event.get("message") or {}
    is_public = source["type"] != "user"
    if is_public and not _mentions_us(message):
        return None
    address = {"to": source.get("groupId") or source.get("roomId") or source["userId"]}
    address["reply"] = event.get("replyToken") or ""
    return Incoming(
        event["webhookEventId"],
        source.get("userId") or address["to"],
        address,
        float(event["timestamp"]),
        text=message.get("text") or "",
        mark=(event.get("postback") or {}).get("data") or "",
        attachment=bool(message) and message["type"] != "text",
        public=is_public,
    )


def _mentions_us(message: Mapping[str, Any]) -> bool:
    return any(one.get("isSelf") for one in items((message.get("mention") or {}).get("mentionees")))


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Answer with the reply token, which costs nothing; push what is more, or when the token is used up.

    Quick replies show only with the last message.
    """
    messages = [_message(reply) for reply in buttons_last(replies, MOST_BUTTONS)]
    token = address["reply"]
    for start in range(0, len(messages), MOST_MESSAGES):
        batch = messages[start : start + MOST_MESSAGES]
        if not (token and start == 0 and await _replied(caller, account, token, batch)):
            # With this key LINE takes a push that is tried again only once.
            headers = {**bearer(account[TOKEN]), "X-Line-Retry-Key": str(uuid.uuid4())}
            await caller.post(
                f"{account[API]}/v2/bot/message/push", headers, json={"to": address["to"], "messages": batch}
            )


async def _replied(caller: Caller, account: Account, token: str, batch: Sequence[Mapping[str, Any]]) -> bool:
    body = {"replyToken": token, "messages": batch}
    try:
        await caller.post(f"{account[API]}/v2/bot/message/reply", bearer(account[TOKEN]), json=body)
    except NotSentError:
        return False
    return True


def _message(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"type": "text", "text": reply.text}
    if reply.buttons:
        actions = [
            {"type": "postback", "label": button.title, "data": button.mark, "displayText": button.title}
            for button in reply.buttons
        ]
        message["quickReply"] = {"items": [{"type": "action", "action": action} for action in actions]}
    return message


LINE = Platform(
    name="line",
    title="LINE",
    secrets=(TOKEN, SECRET),
    settings={API: "https://api.line.me"},
    limits=Limits(text=5000, buttons=MOST_BUTTONS, title=20, measure=utf16_length),
    proof=PROOF,
    check=check,
    parse=parse,
    send=send,
)
