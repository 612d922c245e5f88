"""The action server: rasa-sdk's own, on the loopback address, with answers and logs that hold no health text.

Run as ``python -m assistant.action_server --port PORT``. It needs neither Rasa nor TensorFlow.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant import logs

LOOPBACK = "127.0.0.1"
SERVER_ERROR = 500

logger = logging.getLogger(__name__)


def make_app(package: str) -> Sanic:
    """Make the server of all actions in ``package``.

    rasa-sdk's own error answer repeats the whole request, that is, the patient's conversation, and so does its log
    line. Here both hold the kind of error only.
    """
    from rasa_sdk.endpoint import create_app  # noqa: PLC0415 - its warnings go to the logs, once there are logs

    app = create_app(package, cors_origins="")
    app.config.ACCESS_LOG = False
    app.error_handler.add(Exception, _failed)
    return app


async def _failed(request: Request, error: Exception) -> HTTPResponse:
    status = error.status_code if isinstance(error, SanicException) else SERVER_ERROR
    logger.error("%s %s failed: %s", request.method, request.path, type(error).__name__, exc_info=error)
    return json({"error": type(error).__name__}, status=status)


def main(argv: Sequence[str] | None = None) -> None:
    """Serve the actions until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--actions", default="actions", help="package of the actions")
    options = parser.parse_args(argv)
    formatter = logs.configure()
    app = make_app(options.actions)
    app.register_listener(lambda *_: formatter.seal(), "after_server_start")
    app.run(LOOPBACK, options.port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
