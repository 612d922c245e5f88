"""Server-sent events of one turn."""

from __future__ import annotations

import json
from typing import Any

from assistant.channel.summary import TurnSummary

# A proxy that buffers would hold the events back.
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
HEARTBEAT = b":\n\n"


def message(rendered: dict[str, Any]) -> bytes:
    """Return the event of one message to show."""
    return _event("message", rendered)


def problem(text: str) -> bytes:
    """Return the event of a trouble, with the patient's words for it."""
    return _event("problem", {"text": text})


def done(summary: TurnSummary | None) -> bytes:
    """Return the last event; without a summary the turn still runs."""
    return _event("done", (summary or TurnSummary()).to_dict())


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
