"""A local HTTP server that plays every platform's interface, and records what is sent to it."""

from __future__ import annotations

import json
import threading
import time
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from shape import Call

LONGEST_WAIT = 20.0
QUIET = 0.05
ANSWER = {
    "ok": True, "id": "media", "file_id": "F1", "media_id": "M1", "access_token": "played", "expires_in": 7200,
    "errcode": 0,
}  # fmt: skip
"""What any of the platforms answers to whatever is asked."""


class FakePlatforms:
    """Answers every call with 200, or with the next of ``trouble`` (status codes)."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.trouble: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, is_enough, since: int = 0) -> list[Call]:
        """Return the calls from ``since`` on, once they are enough; what came so far when they never are."""
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline and not is_enough(self.calls[since:]):
            time.sleep(QUIET)
        return self.calls[since:]


def _handler(platforms: FakePlatforms) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            platforms.calls.append(Call(self.path, headers, _read(headers.get("content-type", ""), body)))
            status = platforms.trouble.pop(0) if platforms.trouble else 200
            content = json.dumps({**ANSWER, "upload_url": f"{platforms.address}/upload"}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def _read(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        return json.loads(body)
    if kind.startswith("multipart/form-data"):
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        return {
            part.get_param("name", header="content-disposition"): part.get_content() for part in message.iter_parts()
        }
    if kind == "application/octet-stream":
        return {"file": body}
    return dict(parse_qsl(body.decode()))
