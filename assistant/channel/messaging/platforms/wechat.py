"""WeChat official accounts (developers.weixin.qq.com/doc/offiaccount).

WeChat waits five seconds for an answer and then asks again. The first words go out with the answer to its request when
they come in time, else that it takes longer; the rest goes out through the customer service interface, which accounts
have that WeChat verified.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.channel.calls import Caller, NotSentError
from assistant.channel.messaging.batches import each
from assistant.channel.messaging.cutting import utf8_length
from assistant.channel.messaging.platform import Account, Delivery, Incoming, Limits, Platform, Reply
from assistant.channel.messaging.platforms import wechat_envelope
from assistant.channel.messaging.sending import png_form

TOKEN, APP, SECRET, KEY = "WECHAT_TOKEN", "WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_AES_KEY"
API = "WECHAT_API_URL"
JSON = {"Content-Type": "application/json; charset=utf-8"}
STALE = frozenset({40001, 40014, 42001})
"""Errors that a new access token mends."""
HOLD = 3.5
"""Seconds for which a request is held open; WeChat's own limit is five."""
EARLY = 300.0
"""Seconds before its end at which an access token is renewed."""


def check(delivery: Delivery, account: Account) -> bool:
    """Tell whether time, number and sealed body are signed, and not long ago."""
    return wechat_envelope.is_signed(delivery, account[TOKEN], body=True)


def greet(delivery: Delivery, account: Account) -> str | None:
    """Return the word of the question whether the address is ours."""
    asks = delivery.method == "GET" and wechat_envelope.is_signed(delivery, account[TOKEN], body=False)
    return delivery.query.get("echostr", "") if asks else None


def parse(delivery: Delivery, account: Account) -> list[Incoming]:
    """Return the message inside the envelope; of the events only that somebody follows us, which is a greeting."""
    return each([wechat_envelope.opened(delivery.body, account[KEY], account[APP])], _read)


def _read(fields: Mapping[str, str]) -> Incoming | None:
    person, written, kind = fields["FromUserName"], fields["CreateTime"], fields["MsgType"]
    text = fields["Content"] if kind == "text" else ""
    if kind == "event":
        if fields["Event"] != "subscribe":
            return None
        text = "hello"
    number = fields.get("MsgId") or f"{person} {written} {fields.get('Event')}"
    address = {"to": person, "from": fields.get("ToUserName", "")}
    return Incoming(number, person, address, float(written), text, attachment=kind not in {"text", "event"})


def passive(account: Account, address: Mapping[str, str], words: str) -> str:
    """Return the words as the answer to a request of WeChat's, sealed as it was."""
    content = {"ToUserName": address["to"], "FromUserName": address["from"], "MsgType": "text", "Content": words}
    return wechat_envelope.sealed(content, account[TOKEN], account[KEY], account[APP])


async def send(caller: Caller, account: Account, address: Mapping[str, str], replies: Sequence[Reply]) -> None:
    """Send each text or picture through the customer service interface."""
    for reply in replies:
        if reply.picture:
            media = await _call(caller, account, "media/upload?type=image", data=png_form({}, "media", reply.picture))
            content: dict[str, Any] = {"msgtype": "image", "image": {"media_id": str(media.get("media_id"))}}
        else:
            content = {"msgtype": "text", "text": {"content": reply.text}}
        message = {"touser": address["to"], **content}
        # WeChat shows \uXXXX as it stands, so the letters themselves go out.
        await _call(caller, account, "message/custom/send", JSON, data=json.dumps(message, ensure_ascii=False).encode())


async def _call(
    caller: Caller, account: Account, path: str, headers: Mapping[str, str] | None = None, **body: Any
) -> dict[str, Any]:
    """Call the interface; WeChat answers 200 also when it refuses."""
    join = "&" if "?" in path else "?"
    for is_last in (False, True):
        token = await _access_token(caller, account)
        answer = await caller.post(f"{account[API]}/cgi-bin/{path}{join}access_token={token}", headers, **body)
        if answer.get("errcode", 0) == 0:
            return answer
        caller.kept.pop(TOKEN, None)
        if is_last or answer["errcode"] not in STALE:
            break
    raise NotSentError(None)


async def _access_token(caller: Caller, account: Account) -> str:
    token, until = caller.kept.get(TOKEN, ("", 0.0))
    if time.monotonic() > until:
        asked = {"grant_type": "client_credential", "appid": account[APP], "secret": account[SECRET]}
        answer = await caller.post(f"{account[API]}/cgi-bin/stable_token", json=asked)
        token, lasts = str(answer.get("access_token") or ""), float(answer.get("expires_in") or 0.0)
        if not token:
            raise NotSentError(None)
        caller.kept[TOKEN] = token, time.monotonic() + lasts - EARLY
    return token


WECHAT = Platform(
    name="wechat",
    title="WeChat",
    secrets=(TOKEN, APP, SECRET, KEY),
    settings={API: "https://api.weixin.qq.com"},
    limits=Limits(text=2048, measure=utf8_length, pictures=True),
    proof="msg_signature",
    check=check,
    greet=greet,
    parse=parse,
    send=send,
    thanks="success",
    hold=HOLD,
    passive=passive,
)
