"""A site of its own origin, with a page that has the one line and the strictest policy that lets it work."""

from __future__ import annotations

import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLICY = (
    "default-src 'none'; script-src {0}; connect-src {0}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Clinic</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Clinic</h1><p><a href="#h">A link of the clinic</a></p>
<script type="module" src="{assistant}/static/widget.js"{attributes}></script>
</main></body></html>"""


class _Handler(BaseHTTPRequestHandler):
    """Answers every path with the page; the query gives the line's attributes."""

    assistant = ""

    def do_GET(self):
        query = urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query)
        attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in query)
        body = PAGE.format(assistant=self.assistant, attributes=attributes).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(self.assistant))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serve_clinic(assistant: str, port: int = 0) -> Iterator[str]:
    """Serve the page on loopback; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"assistant": assistant}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
