"""Logs without health text.

Rasa, Sanic and rasa-sdk put what patients write into log lines, exception messages and the locals of stack frames.
Once a server is ready to serve, lines of other people's code are reduced to where they come from and to the kind of
error; that names the line of an installed, pinned package exactly. Our own modules log names and codes only.
"""

from __future__ import annotations

import logging
import sys
import traceback

import structlog

OWN = ("assistant", "actions", "hepb")
# Sanic's loggers stop propagating once Rasa has set their level.
NOT_PROPAGATING = ("sanic.root", "sanic.error", "sanic.access", "asyncio")


class PatientSafeFormatter(logging.Formatter):
    """Formats full lines until :meth:`seal`, then lines of other people's code without their text."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._sealed = False

    def seal(self) -> None:
        """From now on patients are served: drop every text that may be theirs."""
        self._sealed = True

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, sealed or not."""
        if not self._sealed:
            return super().format(record)
        own = record.name.partition(".")[0] in OWN
        message = record.getMessage() if own else f"{record.module}:{record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        return line + _places(record.exc_info) if record.exc_info else line


def configure(level: int = logging.WARNING) -> PatientSafeFormatter:
    """Send all logs and warnings of this process to standard error, and return the formatter to be sealed."""
    formatter = PatientSafeFormatter()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOT_PROPAGATING:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(level)
    logging.lastResort = handler
    # Warnings are for those who write code; the packages are pinned, and a warning may quote a message.
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    # Rasa gives structlog what patients wrote as key words: no processor but one that keeps the event's name.
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _name_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    return formatter


def _name_only(_: object, __: str, event: structlog.typing.EventDict) -> str:
    return str(event.get("event", ""))


def _places(exc_info: object) -> str:
    """Return kind of error and places of its frames, without message and locals."""
    match exc_info:
        case (type() as kind, BaseException(), trace):
            frames = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
            return "\n".join([f" {kind.__name__}", *frames])
    return ""
