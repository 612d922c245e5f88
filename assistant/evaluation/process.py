"""The process that measures is set up like the one that serves."""

from __future__ import annotations

import os

from assistant import logs, repairs
from assistant.rasa_server import ENVIRONMENT


def prepare() -> None:
    """Set environment, logs without texts and repairs; call it once, before numpy or Rasa is imported."""
    os.environ.update(ENVIRONMENT)
    logs.configure().seal()
    repairs.apply_all()
