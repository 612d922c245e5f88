"""Deliveries and calls of every platform, in the shapes that its documents give.

``ENVIRONMENT`` opens the door; ``{}`` stands for the address of the server that plays the platforms. ``text`` and
``press`` are events of a person, ``request`` what the platform posts with them, signed, or with another ``proof``;
``seen`` is what a person gets to see of a call to the platform.
"""

from __future__ import annotations

import base64
import json
import time
from typing import ClassVar
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from shape import Posted, Seen, as_json, digest, number
from shapes_line_wechat import Line, WeChat
from shapes_meta import Messenger, WhatsApp


class Telegram:
    NAME = "telegram"
    ENVIRONMENT: ClassVar = {
        "TELEGRAM_TOKEN": "1:abc",
        "TELEGRAM_SECRET": "told-to-setWebhook",
        "TELEGRAM_API_URL": "{}",
    }
    PICTURES = True
    TELLS_TIME = True

    @staticmethod
    def message(person, **content):
        return {
            "message_id": number(),
            "from": {"id": int(person), "is_bot": False, "first_name": "Ann", "username": "ann_b"},
            "chat": {"id": int(person), "type": "private", "first_name": "Ann"},
            "date": 1_700_000_000,
            **content,
        }

    def text(self, person, text):
        return {"update_id": number(), "message": self.message(person, text=text)}

    def press(self, person, mark):
        message = self.message(person)
        pressed = {"id": str(number()), "from": message["from"], "message": message, "data": mark}
        return {"update_id": number(), "callback_query": pressed}

    def request(self, event, proof=None):
        secret = self.ENVIRONMENT["TELEGRAM_SECRET"] if proof is None else proof
        return as_json(event, **{"X-Telegram-Bot-Api-Secret-Token": secret})

    def seen(self, call, person):
        if not call.path.startswith("/bot1:abc/send") or call.body["chat_id"] != person:
            return None
        if call.path.endswith("/sendPhoto"):
            return Seen(call.body["caption"], picture=call.body["photo"])
        rows = call.body.get("reply_markup", {}).get("inline_keyboard", [])
        return Seen(call.body["text"], {key["text"]: key["callback_data"] for row in rows for key in row})


class Twilio:
    NAME = "twilio"
    URL = "https://door.example/webhooks/twilio?x=1"
    ENVIRONMENT: ClassVar = {
        "TWILIO_SID": "AC1", "TWILIO_TOKEN": "tw-token", "TWILIO_FROM": "whatsapp:+15550783881",
        "TWILIO_WEBHOOK_URL": URL, "TWILIO_API_URL": "{}",
    }  # fmt: skip
    PICTURES = False
    TELLS_TIME = False

    def text(self, person, text):
        return {
            "SmsMessageSid": f"SM{number()}", "NumMedia": "0", "ProfileName": "Ann B.", "MessageType": "text",
            "SmsStatus": "received", "WaId": person, "To": "whatsapp:+15550783881", "Body": text, "AccountSid": "AC1",
            "MessageSid": f"SM{number()}", "From": f"whatsapp:+{person}", "ApiVersion": "2010-04-01",
        }  # fmt: skip

    press = None  # lists only

    def request(self, event, proof=None):
        data = (self.URL + "".join(name + event[name] for name in sorted(event))).encode()
        signed = base64.b64encode(digest("tw-token", data, "sha1").digest()).decode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return Posted(urlencode(event).encode(), {**headers, "X-Twilio-Signature": signed if proof is None else proof})

    def seen(self, call, person):
        ours = call.path == "/2010-04-01/Accounts/AC1/Messages.json" and call.body["To"] == f"whatsapp:+{person}"
        return Seen(call.body["Body"]) if ours else None


class Slack:
    NAME = "slack"
    ENVIRONMENT: ClassVar = {"SLACK_TOKEN": "xoxb-1", "SLACK_SECRET": "sl-signing", "SLACK_API_URL": "{}/slack"}
    PICTURES = True
    TELLS_TIME = True

    @staticmethod
    def event(person, **content):
        stamp = f"17000{number()}.000100"
        event = {"type": "message", "channel": f"D{person}", "channel_type": "im", "user": f"U{person}", "ts": stamp}
        return {"type": "event_callback", "event_id": f"Ev{number()}", "event": {**event, "event_ts": stamp, **content}}

    def text(self, person, text):
        return self.event(person, text=escape(text))

    def press(self, person, mark):
        action = {"type": "button", "action_id": "choice0", "value": mark, "action_ts": f"17000{number()}.0002"}
        return {
            "type": "block_actions", "user": {"id": f"U{person}"}, "channel": {"id": f"D{person}"},
            "actions": [action],
        }  # fmt: skip

    def request(self, event, proof=None, stamp=None):
        if event.get("type") == "block_actions":
            kind, body = "application/x-www-form-urlencoded", urlencode({"payload": json.dumps(event)}).encode()
        else:
            kind, body = "application/json; charset=utf-8", json.dumps(event).encode()
        stamp = stamp or str(int(time.time()))
        signed = f"v0={digest('sl-signing', b'v0:' + stamp.encode() + b':' + body).hexdigest()}"
        proof = signed if proof is None else proof
        return Posted(body, {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": proof})

    def seen(self, call, person):
        if call.path == "/slack/files.completeUploadExternal" and call.body["channel_id"] == f"D{person}":
            return Seen("", picture=b"\x89PNG as uploaded before")
        if call.path != "/slack/chat.postMessage" or call.body["channel"] != f"D{person}":
            return None
        section, *actions = call.body["blocks"]
        keys = [key for block in actions for key in block["elements"]]
        return Seen(section["text"]["text"], {key["text"]["text"]: key["value"] for key in keys})


SHAPES = (Telegram(), WhatsApp(), Twilio(), Messenger(), Slack(), Line(), WeChat())
