"""Telegram: the Bot API with a webhook (core.telegram.org/bots/api)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from assistant.channel.calls import Caller, NotSentError
from assistant.channel.messaging.batches import each
from assistant.channel.messaging.cutting import utf16_length
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.sending import png_form
from assistant.channel.signatures import is_same

TOKEN, SECRET, API = "TELEGRAM_TOKEN", "TELEGRAM_SECRET", "TELEGRAM_API_URL"
PROOF = "x-telegram-bot-api-secret-token"
ATTACHED = ("photo", "sticker", "voice", "audio", "video", "video_note", "animation", "document", "location", "contact")
COMMANDS = {"/start": "hello", "/help": "help", "/delete": "delete my data", "/restart": "start over"}
"""What the commands of a bot's menu say in words."""


def check(delivery: Delivery, account: Account) -> bool:
    """Tell whether the request carries the secret that was given to setWebhook."""
    return is_same(account[SECRET], delivery.headers.get(PROOF))


def parse(delivery: Delivery, account: Account) -> list[Incoming]:  # noqa: ARG001 - the shape of all
    """Return the message of an update: new or edited text, a caption, a pressed button. Others say nothing to us."""
    return each([delivery.json()], _read)


def _read(update: Mapping[str, Any]) -> Incoming | None:
    number = str(update["update_id"])
    if pressed := update.get("callback_query"):
        message = pressed.get("message") or {}
        chat = message.get("chat") or {"id": pressed["from"]["id"], "type": "private"}
        address = {"chat": str(chat["id"]), "pressed": str(pressed["id"])}
        is_public = chat.get("type") != "private"
        person = str(pressed["from"]["id"])
        return Incoming(number, person, address, float(number), mark=str(pressed.get("data") or "-"), public=is_public)
    message = update.get("message") or update.get("edited_message")
    if not message or (message.get("from") or {}).get("is_bot"):
        return None
    chat, said = message["chat"], str(message.get("text") or message.get("caption") or "")
    is_public = chat.get("type") != "private"
    attached = any(message.get(kind) for kind in ATTACHED)
    if (is_public and not _speaks_to_a_bot(message)) or not (said or attached):
        return None
    person = str(message["from"]["id"])
    text = COMMANDS.get(said.partition("@")[0].strip(), said)
    address = {"chat": str(chat["id"])}
    return Incoming(number, person, address, float(number), text, attachment=attached, public=is_public)


def _speaks_to_a_bot(message: Mapping[str, Any]) -> bool:
    """Tell whether a message in a group is for a bot: a command, a mention, or an answer to one."""
    answered = ((message.get("reply_to_message") or {}).get("from") or {}).get("is_bot")
    kinds = {entity.get("type") for entity in message.get("entities") or ()}
    return bool(answered or kinds & {"bot_command", "mention"})


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text, its buttons in rows of their own, a picture with its words; stop the pressed button's clock."""
    base = f"{account[API]}/bot{account[TOKEN]}"
    if address.get("pressed"):
        with suppress(NotSentError):  # too late for the clock, not for the answer
            await caller.post(f"{base}/answerCallbackQuery", json={"callback_query_id": address["pressed"]})
    for reply in replies:
        content: dict[str, Any] = {"chat_id": address["chat"]}
        if reply.buttons:
            keys = [[{"text": button.title, "callback_data": button.mark}] for button in reply.buttons]
            content["reply_markup"] = {"inline_keyboard": keys}
        if reply.picture:
            form = png_form({**content, "caption": reply.text}, "photo", reply.picture)
            await caller.post(f"{base}/sendPhoto", data=form)
        else:
            await caller.post(f"{base}/sendMessage", json={**content, "text": reply.text})


TELEGRAM = Platform(
    name="telegram",
    title="Telegram",
    secrets=(TOKEN, SECRET),
    settings={API: "https://api.telegram.org"},
    limits=Limits(text=4096, buttons=12, title=60, measure=utf16_length, pictures=True, caption=1024),
    proof=PROOF,
    check=check,
    parse=parse,
    send=send,
)
