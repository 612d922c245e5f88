"""Rasa's tracker store on top of :mod:`assistant.store.database`.

A stock store hands Rasa every event of the conversation, and Rasa replays them all at each step of each turn: turn
300 costs hundreds of times turn 1. This store hands it the slots' values and the last turn, so a turn costs the same
however long the conversation is. That fits an assistant whose policies are rules that begin at the patient's message
and whose memory is slots; it does not fit forms (active loops) or policies that look far back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_SESSION_START_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, Restarted, SessionStarted, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.settings import read_settings
from assistant.store.database import Database, Snapshot
from assistant.store.inbox import Waiting

T = TypeVar("T")
SPOKEN = ("user", "bot")
SECONDS_PER_HOUR = 3600
STORED = "_stored_events"


class ConversationStore(TrackerStore):
    """Keeps conversations in the embedded database, all work on one thread beside the event loop.

    Conversations begin with :meth:`open_conversation`; a turn of an unknown one, or of one deleted while the turn
    ran, is not stored. Errors of the database reach the caller: nothing falls back to memory in silence.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: EndpointConfig | str | None = None,  # noqa: ARG002 - Rasa passes it to every store
        event_broker: EventBroker | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        settings = read_settings()
        self._retention = settings.retention_hours * SECONDS_PER_HOUR
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="conversations")
        self._database = self._thread.submit(Database, settings.database).result()
        self._thread.submit(self._database.expire, time.time() - self._retention).result()

    async def open_conversation(self, conversation: str) -> bool:
        """Make an empty conversation; one that exists already is left as it is, and the answer is False."""
        return await self._run(self._database.create, conversation)

    async def exists(self, conversation_id: str) -> bool:
        """Tell whether the conversation was opened and neither deleted nor expired."""
        return await self._run(self._database.exists, conversation_id)

    async def delete_conversation(self, conversation: str) -> None:
        """Erase the conversation and its id for good."""
        await self._run(self._database.erase, conversation)

    async def expire_conversations(self) -> int:
        """Erase for good what nobody used for ``RETENTION_HOURS``; return the number of conversations."""
        return await self._run(self._database.expire, time.time() - self._retention)

    async def take(self, key: str, channel: str, conversation: str, message: dict[str, Any]) -> bool:
        """Keep a message until its turn has ended; False when this delivery came before."""
        return await self._run(self._database.inbox.take, key, channel, conversation, message)

    async def finish(self, key: str, wipe: bool) -> None:  # noqa: FBT001 - passed on through a thread
        """Drop a message from the inbox: its turn has ended. ``wipe`` drops every copy of it."""
        await self._run(self._database.finish, key, wipe)

    async def consent(self, conversation: str) -> None:
        """Keep that this person agrees to share results here."""
        await self._run(self._database.consent, conversation)

    async def has_consent(self, conversation: str) -> bool:
        """Tell whether this person agreed to share results here."""
        return await self._run(self._database.has_consent, conversation)

    async def unfinished(self, channel: str) -> list[Waiting]:
        """Return the messages of this channel whose turns an end of the server cut off."""
        return await self._run(self._database.inbox.unfinished, channel)

    async def spoken(self, conversation: str) -> list[dict[str, Any]]:
        """Return every message of both sides, oldest first, as Rasa's ``user`` and ``bot`` event dictionaries."""
        return await self._run(self._database.transcript, conversation, SPOKEN)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker that a turn starts from; see :meth:`Database.load` for what it holds."""
        snapshot = await self._run(self._database.load, sender_id)
        if snapshot is None:
            return None
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(_events(snapshot), self.domain, override_timestamp=False)
        _mark_stored(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what a turn added, in one transaction; a ``Restarted`` event erases all that was before it."""
        events = list(tracker.events)[getattr(tracker, STORED, 0) :]
        if not events:
            return
        restarts = [place for place, event in enumerate(events) if isinstance(event, Restarted)]
        kept = events[restarts[-1] + 1 :] if restarts else events
        write = self._database.restart if restarts else self._database.append
        await self._run(_write, write, tracker.sender_id, kept, _told_slots(tracker))
        _mark_stored(tracker)

    async def keys(self) -> Iterable[str]:
        """Return nothing: nobody needs the list of all conversations, so there is no way to get it."""
        return ()

    def close(self) -> None:
        """Close the database after the work under way."""
        self._thread.submit(self._database.close).result()
        self._thread.shutdown()

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)


def _write(
    write: Callable[[str, list[dict[str, Any]], dict[str, Any]], bool],
    conversation: str,
    events: list[Event],
    slots: dict[str, Any],
) -> None:
    write(conversation, [event.as_dict() for event in events], slots)


def _mark_stored(tracker: DialogueStateTracker) -> None:
    setattr(tracker, STORED, len(tracker.events))


def _told_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value and name != SESSION_START_METADATA_SLOT
    }


def _events(snapshot: Snapshot) -> list[Event]:
    """Events that rebuild the state: a session start, the slots' values, then what was kept of the last turns.

    A conversation without any message has no session yet, so that Rasa starts one.
    """
    if not snapshot.events:
        return []
    started: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    told = [SlotSet(name, value) for name, value in snapshot.slots.items()]
    return started + told + deserialise_events(list(snapshot.events))
