"""Rasa goes on in memory, in silence, when the tracker store fails.

Defect: every store is wrapped in ``FailSafeTrackerStore``; when the disk is full or the file is locked the wrapper
logs a line and keeps the conversation in memory, where a restart loses it and "delete my data" does not reach it.
Repair: no wrapper. The error reaches the channel, which tells the patient that something went wrong.
"""

from __future__ import annotations

import rasa.core.agent
from rasa.core.tracker_store import TrackerStore


def unwrapped(tracker_store: TrackerStore) -> TrackerStore:
    """Return the store itself."""
    return tracker_store


def apply() -> None:
    """Make the agent use its tracker store without the wrapper."""
    rasa.core.agent.FailSafeTrackerStore = unwrapped
