"""People who write through a platform, and see what it shows them."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from platforms import FakePlatforms
from shape import Seen, number

PAGE = "https://clinic.example/hepb"


@dataclass
class Player:
    """One person on the platform whose ``shape`` it is."""

    shape: Any
    port: int
    platforms: FakePlatforms
    person: str = field(default_factory=lambda: str(number()))
    seen_calls: int = 0
    answered: list[Seen] = field(default_factory=list)
    """What came with the answers to requests, since the last look."""

    def __post_init__(self) -> None:
        self.seen_calls = len(self.platforms.calls)

    def post(self, body: bytes, headers: dict[str, str], query: dict[str, str] | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        path = f"/webhooks/{self.shape.NAME}" + (f"?{urlencode(query)}" if query else "")
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def deliver(self, event: Any, proof: str | None = None) -> int:
        posted = self.shape.request(event, proof)
        status, content = self.post(posted.body, posted.headers, posted.query)
        if status == 200 and hasattr(self.shape, "passive") and (seen := self.shape.passive(content, self.person)):
            self.answered.append(seen)
        return status

    def texting(self, text: str) -> Any:
        return self.shape.text(self.person, text)

    def pressing(self, mark: str) -> Any:
        return self.shape.press(self.person, mark)

    def say(self, text: str) -> None:
        assert self.deliver(self.texting(text)) == 200

    def see(self, *wanted) -> list[Seen]:
        """Wait until words of these patterns have come, in this order; return all that came since the last look."""
        since, found = self.seen_calls, []

        def is_enough(calls):
            found[:] = self.answered + [seen for call in calls if (seen := self.shape.seen(call, self.person))]
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
        self.answered.clear()
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
