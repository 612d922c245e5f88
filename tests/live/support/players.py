"""People who write through a platform: signed payloads of the recorded shape in, what they get to see out."""

from __future__ import annotations

import http.client
import itertools
import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from platforms import Call, FakePlatforms

PAGE = "https://clinic.example/hepb"
NUMBERS = itertools.count(1_000_001)


@dataclass(frozen=True)
class Seen:
    """One message as the person sees it: its words, and its buttons by their words."""

    text: str
    buttons: dict[str, Any] = field(default_factory=dict)
    picture: bytes = b""


@dataclass
class Player:
    """One person. ``ENVIRONMENT`` opens the door of the platform; ``{}`` stands for the platforms' address."""

    port: int
    platforms: FakePlatforms
    person: str = field(default_factory=lambda: str(next(NUMBERS)))
    seen_calls: int = 0

    NAME: ClassVar[str]
    ENVIRONMENT: ClassVar[dict[str, str]]
    HAS_PICTURES: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self.seen_calls = len(self.platforms.calls)

    def post(self, body: bytes, headers: dict[str, str], path: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", f"/webhooks/{self.NAME}{path}", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def deliver(self, event: Any, proof: str | None = None) -> int:
        """Send an event as the platform does, signed, or with another ``proof``; return the status."""
        raise NotImplementedError

    def texting(self, text: str) -> Any:
        """The event of a typed message."""
        raise NotImplementedError

    def pressing(self, button: Any) -> Any:
        """The event of a pressed button."""
        raise NotImplementedError

    def seen_in(self, call: Call) -> Seen | None:
        """What this person sees of a call; None for a call about somebody or something else."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        assert self.deliver(self.texting(text)) == 200

    def see(self, *wanted) -> list[Seen]:
        """Wait until words of these patterns have come, in this order; return all that came since the last look."""
        since, found = self.seen_calls, []

        def is_enough(calls):
            found[:] = [seen for call in calls if (seen := self.seen_in(call))]
            text, place = "\n\n".join(seen.text for seen in found), 0
            for pattern in wanted:
                match = pattern.search(text, place)
                if match is None:
                    return False
                place = match.end()
            return True

        calls = self.platforms.wait(is_enough, since)
        assert is_enough(calls), f"{[p.pattern for p in wanted]} did not come in {[seen.text for seen in found]}"
        self.seen_calls = since + len(calls)
        return found

    def answer(self, seen: list[Seen], title: str) -> None:
        """Press the button with these words, or type what the list says stands for them."""
        for message in reversed(seen):
            if title in message.buttons:
                assert self.deliver(self.pressing(message.buttons[title])) == 200
                return
            for line in message.text.splitlines():
                label, _, words = line.partition(". ")
                if words == title:
                    self.say(label)
                    return
        raise AssertionError(f"no way to answer {title} in {seen}")


class TelegramPlayer(Player):
    NAME = "telegram"
    ENVIRONMENT: ClassVar = {
        "TELEGRAM_TOKEN": "1:abc",
        "TELEGRAM_SECRET": "told-to-setWebhook",
        "TELEGRAM_API_URL": "{}",
    }

    def deliver(self, event: Any, proof: str | None = None) -> int:
        token = self.ENVIRONMENT["TELEGRAM_SECRET"] if proof is None else proof
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": token}
        return self.post(json.dumps(event).encode(), headers)[0]

    def message(self, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(NUMBERS),
            "from": {"id": int(self.person), "is_bot": False, "first_name": "Ann", "username": "ann_b"},
            "chat": {"id": int(self.person), "type": "private", "first_name": "Ann"},
            "date": 1_700_000_000,
            **content,
        }

    def texting(self, text: str) -> Any:
        return {"update_id": next(NUMBERS), "message": self.message(text=text)}

    def pressing(self, button: Any) -> Any:
        pressed = {"id": str(next(NUMBERS)), "from": self.message()["from"], "message": self.message(), "data": button}
        return {"update_id": next(NUMBERS), "callback_query": pressed}

    def seen_in(self, call: Call) -> Seen | None:
        if not call.path.startswith("/bot1:abc/send") or call.body["chat_id"] != self.person:
            return None
        if call.path.endswith("/sendPhoto"):
            return Seen(call.body["caption"], picture=call.body["photo"])
        rows = call.body.get("reply_markup", {}).get("inline_keyboard", [])
        return Seen(call.body["text"], {key["text"]: key["callback_data"] for row in rows for key in row})


PLAYERS = (TelegramPlayer,)
