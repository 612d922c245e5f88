"""The Rasa server: Rasa's own ``serve_application`` with the repairs, our channels and logs without health text.

Run as ``python -m assistant.rasa_server --model FILE --port PORT --action-port PORT``. Rasa's HTTP API stays off.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from assistant import logs, repairs
from assistant.settings import ROOT, read_settings
from hepb.errors import ServerError

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_ACCESS_LOG": "false",
    # Idle BLAS threads spin on a second core; vectors are small and one message comes at a time.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def main(argv: Sequence[str] | None = None) -> None:
    """Serve the channels until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="the trained model file")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--action-port", type=int, required=True)
    options = parser.parse_args(argv)
    os.environ.update(ENVIRONMENT)
    os.environ["ACTION_URL"] = f"http://127.0.0.1:{options.action_port}/webhook"
    formatter = logs.configure()
    repairs.apply_all()
    try:
        _serve(options, formatter)
    except ServerError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def _serve(options: argparse.Namespace, formatter: logs.PatientSafeFormatter) -> None:
    # Imported here: the repairs must be in place before Rasa is.
    from rasa.core.run import serve_application  # noqa: PLC0415
    from rasa.core.utils import AvailableEndpoints  # noqa: PLC0415

    from assistant.repairs.action_call import ActionEndpoint  # noqa: PLC0415

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = ActionEndpoint(
        endpoints.action.url, timeout=read_settings().action_timeout, **endpoints.action.kwargs
    )
    level = logging.getLogger().level
    serve_application(
        model_path=options.model,
        interface=options.host,
        port=options.port,
        credentials=str(ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[
            (lambda *_: _seal(formatter, level), "after_server_start"),
            (lambda *_: endpoints.action.close(), "before_server_stop"),
            (lambda app, _: app.ctx.agent.tracker_store.close(), "after_server_stop"),
        ],
    )


def _seal(formatter: logs.PatientSafeFormatter, level: int) -> None:
    logging.getLogger().setLevel(level)
    formatter.seal()


if __name__ == "__main__":
    main()
