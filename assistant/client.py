"""A conversation through the web channel, for ``hepb ask``, the bench and the tests."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 90.0


class RefusedError(Exception):
    """The channel answered with an error; ``status`` and ``code`` are its HTTP status and its word for it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Turn:
    """What came back for one message: the messages in order, the words of a problem if any, and the summary."""

    messages: tuple[dict[str, Any], ...]
    done: dict[str, Any]
    problem: str | None = None
    heartbeats: int = 0

    @property
    def texts(self) -> list[str]:
        """The words said, in order."""
        said = [message["text"] for message in self.messages if message["text"]]
        return [*said, self.problem] if self.problem else said

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All buttons offered, in order."""
        return [button for message in self.messages for button in message["buttons"]]


@dataclass
class Conversation:
    """One conversation with a server on ``host`` and ``port``. Raises RefusedError when the channel refuses."""

    host: str
    port: int
    id: str = ""
    _connection: http.client.HTTPConnection = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        if not self.id:
            self.id = self._json("POST", "/api/conversations")["conversation"]

    def say(self, text: str) -> Turn:
        """Send a typed message."""
        return self._turn({"text": text})

    def choose(self, tokens: Sequence[str]) -> Turn:
        """Press buttons."""
        return self._turn({"choices": list(tokens)})

    def press(self, turn: Turn, *titles: str) -> Turn:
        """Press the buttons with these titles of a turn."""
        tokens = {button["title"]: button["choice"] for button in turn.buttons}
        return self.choose([tokens[title] for title in titles])

    def transcript(self) -> list[dict[str, Any]]:
        """Return what a reload of the page shows."""
        return self._json("GET", self._path)["messages"]

    def delete(self) -> None:
        """Erase the conversation on the server."""
        self._request("DELETE", self._path)

    def close(self) -> None:
        """Close the connection; the conversation stays."""
        self._connection.close()

    @property
    def _path(self) -> str:
        return f"/api/conversations/{self.id}"

    def _turn(self, body: dict[str, Any]) -> Turn:
        return parse_events(self._request("POST", f"{self._path}/messages", body).decode())

    def _json(self, method: str, path: str) -> Any:
        return json.loads(self._request(method, path))

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        data = None if body is None else json.dumps(body)
        self._connection.request(method, path, data, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= http.client.BAD_REQUEST:
            raise RefusedError(response.status, json.loads(content)["error"])
        return content


def parse_events(stream: str) -> Turn:
    """Return the turn that a stream of server-sent events tells."""
    blocks = stream.split("\n\n")
    events = [_event(block.splitlines()) for block in blocks if block.startswith("event:")]
    problems = [data["text"] for name, data in events if name == "problem"]
    return Turn(
        messages=tuple(data for name, data in events if name == "message"),
        done=next(data for name, data in events if name == "done"),
        problem=problems[0] if problems else None,
        heartbeats=sum(block == ":" for block in blocks),
    )


def _event(lines: Iterable[str]) -> tuple[str, dict[str, Any]]:
    fields = dict(line.split(": ", 1) for line in lines)
    return fields["event"], json.loads(fields["data"])
