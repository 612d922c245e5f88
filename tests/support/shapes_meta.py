"""The shapes of Meta's platforms."""

from __future__ import annotations

import json
from typing import ClassVar

from shape import Posted, Seen, digest, number


class WhatsApp:
    NAME = "whatsapp"
    ENVIRONMENT: ClassVar = {
        "WHATSAPP_TOKEN": "wa-token", "WHATSAPP_SECRET": "wa-app", "WHATSAPP_VERIFY": "wa-word",
        "WHATSAPP_NUMBER_ID": "1055", "WHATSAPP_API_URL": "{}",
    }  # fmt: skip
    PICTURES = True
    TELLS_TIME = True

    @staticmethod
    def batch(*values):
        changes = [{"field": "messages", "value": {"messaging_product": "whatsapp", **value}} for value in values]
        return {"object": "whatsapp_business_account", "entry": [{"id": "1022", "changes": changes}]}

    def message(self, person, **content):
        message = {"from": person, "id": f"wamid.{number()}", "timestamp": str(number()), **content}
        contact = {"profile": {"name": "Ann B."}, "wa_id": person}
        numbers = {"display_phone_number": "15550783881", "phone_number_id": "1055"}
        return {"metadata": numbers, "contacts": [contact], "messages": [message]}

    def text(self, person, text):
        return self.batch(self.message(person, type="text", text={"body": text}))

    def press(self, person, mark):
        pressed = {"type": "button_reply", "button_reply": {"id": mark, "title": "as shown"}}
        return self.batch(self.message(person, type="interactive", interactive=pressed))

    def request(self, event, proof=None):
        body = json.dumps(event).encode()
        signed = f"sha256={digest('wa-app', body).hexdigest()}"
        return Posted(
            body, {"Content-Type": "application/json", "X-Hub-Signature-256": signed if proof is None else proof}
        )

    def seen(self, call, person):
        if call.path != "/1055/messages" or call.body["to"] != person:
            return None
        content = call.body[call.body["type"]]
        if call.body["type"] == "image":
            return Seen(content["caption"], picture=b"\x89PNG as uploaded before")
        if call.body["type"] == "text":
            return Seen(content["body"])
        keys = [button["reply"] for button in content["action"]["buttons"]]
        return Seen(content["body"]["text"], {key["title"]: key["id"] for key in keys})


class Messenger:
    NAME = "messenger"
    ENVIRONMENT: ClassVar = {
        "MESSENGER_TOKEN": "fb-token", "MESSENGER_SECRET": "fb-app", "MESSENGER_VERIFY": "fb-word",
        "MESSENGER_API_URL": "{}/messenger",
    }  # fmt: skip
    PICTURES = True
    TELLS_TIME = True

    @staticmethod
    def batch(*events):
        return {"object": "page", "entry": [{"id": "900", "time": 1, "messaging": [event]} for event in events]}

    @staticmethod
    def event(person, **content):
        return {"sender": {"id": person}, "recipient": {"id": "900"}, "timestamp": number(), **content}

    def text(self, person, text):
        return self.batch(self.event(person, message={"mid": f"m_{number()}", "text": text}))

    def press(self, person, mark):
        message = {"mid": f"m_{number()}", "text": "as shown", "quick_reply": {"payload": mark}}
        return self.batch(self.event(person, message=message))

    def request(self, event, proof=None):
        body = json.dumps(event).encode()
        signed = f"sha256={digest('fb-app', body).hexdigest()}"
        return Posted(
            body, {"Content-Type": "application/json", "X-Hub-Signature-256": signed if proof is None else proof}
        )

    def seen(self, call, person):
        if call.path != "/messenger/me/messages":
            return None
        recipient, message = call.body["recipient"], call.body["message"]
        if isinstance(recipient, str):
            to = json.loads(recipient)["id"]
            return Seen("", picture=call.body["filedata"]) if to == person else None
        keys = message.get("quick_replies", [])
        seen = Seen(message["text"], {key["title"]: key["payload"] for key in keys})
        return seen if recipient["id"] == person else None
