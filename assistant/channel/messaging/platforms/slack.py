"""Slack: Events API and interactivity at one address (docs.slack.dev)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.channel.calls import Caller, NotSentError
from assistant.channel.messaging.batches import each
from assistant.channel.messaging.platform import Account, Button, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.platforms.meta import bearer
from assistant.channel.signatures import hex_of, is_recent, is_same

TOKEN, SECRET, API = "SLACK_TOKEN", "SLACK_SECRET", "SLACK_API_URL"
PROOF, STAMP = "x-slack-signature", "x-slack-request-timestamp"
OLDEST = 300.0
"""Seconds; an older request is a replay."""
PLAIN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that people write; all others tell of something else."""
MENTION = re.compile(r"<@\w+(?:\|[^>]*)?>\s*")
LINK = re.compile(r"<((?:https?://|mailto:|tel:)[^|>\s]*)(?:\|([^>]*))?>")
ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def check(delivery: Delivery, account: Account) -> bool:
    """Tell whether time and body are signed, and not long ago."""
    stamp = delivery.headers.get(STAMP, "")
    signed = hex_of(account[SECRET], b"v0:" + stamp.encode("utf-8", "surrogateescape") + b":" + delivery.body)
    return is_recent(stamp, time.time(), OLDEST) and is_same(f"v0={signed}", delivery.headers.get(PROOF))


def greet(delivery: Delivery, account: Account) -> str | None:  # noqa: ARG001 - the shape of all
    """Return the challenge of the question whether the address is ours; it comes signed."""
    if delivery.method != "POST" or _is_form(delivery):
        return None
    content = delivery.json()
    return str(content.get("challenge")) if content.get("type") == "url_verification" else None


def parse(delivery: Delivery, account: Account) -> list[Incoming]:  # noqa: ARG001 - the shape of all
    """Return the message of an event, new or edited, or a pressed button. A repeated event has the same id."""
    if _is_form(delivery):
        return each([json.loads(delivery.form().get("payload", "null"))], _pressed)
    return each([delivery.json()], _read)


def _is_form(delivery: Delivery) -> bool:
    return delivery.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")


def _read(envelope: Mapping[str, Any]) -> Incoming | None:
    event = envelope["event"]
    number, written = envelope["event_id"], float(event["event_ts"] if "event_ts" in event else event["ts"])
    message = event
    if event.get("subtype") == "message_changed":
        message = event["message"]
        if message.get("text") == (event.get("previous_message") or {}).get("text"):
            return None  # only a preview was added
    if message.get("bot_id") or message.get("subtype") not in PLAIN or event["type"] not in {"message", "app_mention"}:
        return None
    is_public = event.get("channel_type") != "im"
    if is_public and event["type"] != "app_mention":
        return None
    text, attached = _words(message.get("text") or ""), bool(message.get("files"))
    if not (text or attached):
        return None
    address = {"channel": event["channel"]}
    return Incoming(number, message["user"], address, written, text, attachment=attached, public=is_public)


def _words(text: str) -> str:
    """Return what was typed: Slack escapes signs, which here may stand before a value, and marks links and names."""
    plain = LINK.sub(lambda link: link[2] or link[1], MENTION.sub("", text))
    for escaped, sign in ESCAPES:
        plain = plain.replace(escaped, sign)
    return plain.strip()


def _pressed(payload: Mapping[str, Any]) -> Incoming | None:
    if payload["type"] != "block_actions":
        return None
    action, person, channel = payload["actions"][0], payload["user"]["id"], payload["channel"]["id"]
    number = f"{person} {action['action_ts']}"
    return Incoming(number, person, {"channel": channel}, float(action["action_ts"]), mark=action.get("value") or "-")


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text as it is, with its buttons, and pictures in the three steps of Slack."""
    for reply in replies:
        if reply.picture:
            await _send_picture(caller, account, address["channel"], reply.picture)
            continue
        blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "plain_text", "text": reply.text}}]
        if reply.buttons:
            blocks.append({"type": "actions", "elements": [_button(b, n) for n, b in enumerate(reply.buttons)]})
        message = {"channel": address["channel"], "text": _escaped(reply.text), "mrkdwn": False, "blocks": blocks}
        await _call(caller, account, "chat.postMessage", json={**message, "unfurl_links": False})


def _button(button: Button, number: int) -> dict[str, Any]:
    title = {"type": "plain_text", "text": button.title}
    return {"type": "button", "action_id": f"choice{number}", "text": title, "value": button.mark}


def _escaped(text: str) -> str:
    for escaped, sign in reversed(ESCAPES):
        text = text.replace(sign, escaped)
    return text


async def _send_picture(caller: Caller, account: Account, channel: str, picture: bytes) -> None:
    size = {"filename": "picture.png", "length": str(len(picture))}
    place = await _call(caller, account, "files.getUploadURLExternal", data=size)
    await caller.post(place["upload_url"], {"Content-Type": "application/octet-stream"}, data=picture)
    files = [{"id": place["file_id"]}]
    await _call(caller, account, "files.completeUploadExternal", json={"files": files, "channel_id": channel})


async def _call(caller: Caller, account: Account, method: str, **body: Any) -> dict[str, Any]:
    """Call a method; Slack answers 200 also when it refuses."""
    answer = await caller.post(f"{account[API]}/{method}", bearer(account[TOKEN]), **body)
    if not answer.get("ok"):
        raise NotSentError(None)
    return answer


SLACK = Platform(
    name="slack",
    title="Slack",
    secrets=(TOKEN, SECRET),
    settings={API: "https://slack.com/api"},
    limits=Limits(text=3000, buttons=10, title=75, pictures=True),
    proof=PROOF,
    check=check,
    greet=greet,
    parse=parse,
    send=send,
)
