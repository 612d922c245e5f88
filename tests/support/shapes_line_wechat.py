"""The shapes of LINE and WeChat."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import time
from typing import ClassVar
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from defusedxml.ElementTree import fromstring
from shape import Posted, Seen, digest, number


class Line:
    NAME = "line"
    ENVIRONMENT: ClassVar = {"LINE_TOKEN": "ln-token", "LINE_SECRET": "ln-secret", "LINE_API_URL": "{}"}
    PICTURES = False
    TELLS_TIME = True

    @staticmethod
    def batch(*events):
        return {"destination": "U900", "events": list(events)}

    @staticmethod
    def event(person, **content):
        return {
            "webhookEventId": f"01H{number()}", "deliveryContext": {"isRedelivery": False}, "timestamp": number(),
            "source": {"type": "user", "userId": person}, "replyToken": f"{person} {number()}", "mode": "active",
            **content,
        }  # fmt: skip

    def text(self, person, text):
        message = {"type": "text", "id": str(number()), "text": text, "quoteToken": "q"}
        return self.batch(self.event(person, type="message", message=message))

    def press(self, person, mark):
        return self.batch(self.event(person, type="postback", postback={"data": mark}))

    def request(self, event, proof=None):
        body = json.dumps(event).encode()
        signed = base64.b64encode(digest("ln-secret", body).digest()).decode()
        return Posted(
            body, {"Content-Type": "application/json", "X-Line-Signature": signed if proof is None else proof}
        )

    def seen(self, call, person):
        is_reply = call.path == "/v2/bot/message/reply" and call.body["replyToken"].split()[0] == person
        if not is_reply and not (call.path == "/v2/bot/message/push" and call.body["to"] == person):
            return None
        keys = [item["action"] for item in call.body["messages"][-1].get("quickReply", {}).get("items", [])]
        texts = "\n\n".join(message["text"] for message in call.body["messages"])
        return Seen(texts, {key["label"]: key["data"] for key in keys})


class WeChat:
    NAME = "wechat"
    KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    ENVIRONMENT: ClassVar = {
        "WECHAT_TOKEN": "wx-word", "WECHAT_APP_ID": "wx-app", "WECHAT_SECRET": "wx-secret", "WECHAT_AES_KEY": KEY,
        "WECHAT_API_URL": "{}",
    }  # fmt: skip
    PICTURES = True
    TELLS_TIME = True

    @staticmethod
    def event(person, **content):
        return {"ToUserName": "gh_1", "FromUserName": f"o{person}", "CreateTime": str(number()), **content}

    def text(self, person, text):
        return self.event(person, MsgType="text", Content=text, MsgId=str(number()))

    press = None  # lists only

    def seal(self, event, app="wx-app"):
        inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in event.items())
        content = f"<xml>{inner}</xml>".encode()
        plain = b"0123456789abcdef" + struct.pack("!I", len(content)) + content + app.encode()
        missing = 32 - len(plain) % 32
        key = base64.b64decode(self.KEY + "=")
        encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()

    def query(self, *parts, stamp=None, name="msg_signature", proof=None):
        stamp = stamp or str(int(time.time()))
        signed = hashlib.sha1(
            "".join(sorted(("wx-word", stamp, "nonce", *parts))).encode(), usedforsecurity=False
        ).hexdigest()
        return {"timestamp": stamp, "nonce": "nonce", name: signed if proof is None else proof}

    def request(self, event, proof=None, stamp=None):
        sealed = self.seal(event)
        body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
        return Posted(body, {"Content-Type": "text/xml"}, self.query(sealed, stamp=stamp, proof=proof))

    def passive(self, content, person):
        """What the answer to a request shows a person."""
        if content == b"success":
            return None
        outside = {element.tag: element.text for element in fromstring(content)}
        stamp, nonce, sealed = outside["TimeStamp"], outside["Nonce"], outside["Encrypt"]
        signed = "".join(sorted(("wx-word", stamp, nonce, sealed)))
        assert outside["MsgSignature"] == hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()
        key = base64.b64decode(self.KEY + "=")
        decryptor = Cipher(AES(key), CBC(key[:16])).decryptor()
        plain = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
        (length,) = struct.unpack("!I", plain[16:20])
        assert plain[20 + length : -plain[-1]] == b"wx-app"
        inside = {element.tag: element.text for element in fromstring(plain[20 : 20 + length])}
        assert (inside["ToUserName"], inside["FromUserName"], inside["MsgType"]) == (f"o{person}", "gh_1", "text")
        return Seen(inside["Content"])

    def seen(self, call, person):
        if not call.path.startswith("/cgi-bin/message/custom/send?") or call.body["touser"] != f"o{person}":
            return None
        if call.body["msgtype"] == "image":
            return Seen("", picture=b"\x89PNG as uploaded before")
        return Seen(call.body["text"]["content"])
