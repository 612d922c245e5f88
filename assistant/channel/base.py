"""What every channel needs: one turn at a time per patient, an answer whatever fails, no forged payloads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, ClassVar, TypeVar
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channel.asking import questions_of
from assistant.channel.health import until_well
from assistant.channel.identity import Identity
from assistant.channel.limits import LONGEST_TEXT, MOST_TRIES
from assistant.channel.rendering import URGENT_SECTION, Sign, render
from assistant.channel.said import Said, Send, Taken
from assistant.channel.summary import TurnSummary, summarise
from assistant.channel.tokens import Choice, split_payload
from assistant.store.inbox import Waiting
from assistant.store.tracker_store import ConversationStore
from hepb.errors import ServerError
from hepb.safety.urgent import find_urgent

logger = logging.getLogger(__name__)

INTENTS_KEPT = 3
"""How many entries of the classifier's ranking are stored with a message."""

TOO_LONG, TECHNICAL_PROBLEM = "utter_too_long", "utter_technical_problem"
URGENT_RESPONSES = {"urgent_symptom": "utter_urgent_symptom", "self_harm": "utter_self_harm"}
NOTICE = "notice"
FALLBACK_INTENT = "nlu_fallback"

T = TypeVar("T")
Show = Callable[[dict[str, Any]], Awaitable["dict[str, Any] | None"]]
Handle = Callable[[UserMessage], Awaitable[Any]]


class PatientOutput(OutputChannel):
    """Hands each message of a turn, as ``show`` makes it, to ``send``, at once and in order; counts them."""

    def __init__(self, name: str, show: Show, send: Send) -> None:
        self._name = name
        self._show = show
        self._send = send
        self.sent = 0

    def name(self) -> str:  # type: ignore[override]  # Rasa calls it on the instance
        """Return the channel's name, by which responses may have variations of their own."""
        return self._name

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002 - Rasa's signature
        """Send one message."""
        shown = await self._show(message)
        if shown:
            self.sent += 1
            self._send(shown)


class PatientChannel(InputChannel):
    """Base of all channels. A channel finds out who speaks and shows what :meth:`take_turn` sends."""

    needs: ClassVar[frozenset[str]] = frozenset({TOO_LONG, TECHNICAL_PROBLEM, *URGENT_RESPONSES.values()})
    """Responses that the model must have."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.values: dict[str, str] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._turns: set[asyncio.Task[TurnSummary]] = set()

    def check_model(self, agent: Agent) -> None:
        """Raise ServerError when no model is loaded or it lacks a response that channels need."""
        if agent.processor is None or agent.domain is None:
            raise ServerError("S007", reason="see above; `hepb train` makes one")
        lacking = self.needs - agent.domain.responses.keys()
        if lacking:
            raise ServerError("S006", names=", ".join(sorted(lacking)))

    def lock(self, conversation: str) -> asyncio.Lock:
        """Return the lock that keeps the turns of one conversation in order of arrival."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    def sign(self, conversation: str) -> Sign:
        """Return the function that makes what stands for a choice in this conversation; nobody else can."""
        return partial(self.identity.mark, conversation)

    async def take(self, agent: Agent, key: str, conversation: str, message: dict[str, Any]) -> bool:
        """Put a message into the inbox; False when it came before. Where the disk refuses, the turn tells so."""
        work = store_of(agent).take(key, self.name(), conversation, message)
        return await or_log(work, "the inbox takes nothing") is not False

    async def finish(self, agent: Agent, key: str, *, wipe: bool = False) -> None:
        """Take a message out of the inbox; ``wipe`` leaves no copy of its words in the database's log either."""
        await or_log(store_of(agent).finish(key, wipe), "a message stays in the inbox")

    async def cut_off(self, agent: Agent) -> list[Waiting]:
        """Return the messages whose turns the end of the server cut off, but for those that may have caused it."""
        waiting = await store_of(agent).unfinished(self.name())
        for given_up in (item for item in waiting if item.tries >= MOST_TRIES):
            logger.error("a message was given up after %d tries", given_up.tries)
            await self.finish(agent, given_up.key)
        return [item for item in waiting if item.tries < MOST_TRIES]

    def start_turn(self, agent: Agent, handle: Handle, taken: Taken, send: Send) -> asyncio.Task[TurnSummary]:
        """Begin a turn that runs to its end even when nobody waits for it any longer.

        Its message then leaves the inbox. Where the end of the server cuts the turn off, the message stays there.
        """
        turn = asyncio.create_task(self._finish_turn(agent, handle, taken, send))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)
        return turn

    async def resume(self, agent: Agent, handle: Handle) -> None:
        """Run the turns that the end of the server cut off; the transcript has what they say."""

        async def when_well(message: UserMessage) -> None:
            await until_well(agent)
            await handle(message)

        for waiting in await self.cut_off(agent):
            taken = Taken(waiting.conversation, Said.from_dict(waiting.message), waiting.key)
            self.start_turn(agent, when_well, taken, lambda _: None)

    async def show(self, agent: Agent, conversation: str, message: dict[str, Any]) -> dict[str, Any] | None:  # noqa: ARG002 - for channels that say it in other words
        """Return what the channel shows of a message, None for nothing."""
        return render(message, self.sign(conversation))

    async def say(self, agent: Agent, conversation: str, response: str, send: Send, section: str = NOTICE) -> None:
        """Send a response of the domain that belongs to no turn."""
        draft = await agent.nlg.generate(response, empty_tracker(conversation), self.name(), **self.values)
        shown = await self.show(agent, conversation, {**(draft or {}), "section": section, "utter_action": response})
        if shown:
            send(shown)

    async def admit(
        self,
        agent: Agent,  # noqa: ARG002 - for channels that do not take all
        conversation: str,  # noqa: ARG002
        said: Said,  # noqa: ARG002
        parsed: dict[str, Any],
        send: Send,  # noqa: ARG002
    ) -> dict[str, Any] | None:
        """Return what of a message goes to the dialogue, None for nothing: then ``send`` was told why."""
        return parsed

    async def _finish_turn(self, agent: Agent, handle: Handle, taken: Taken, send: Send) -> TurnSummary:
        summary = await self.take_turn(agent, handle, taken.conversation, taken.said, send)
        await self.finish(agent, taken.key)
        return summary

    async def take_turn(self, agent: Agent, handle: Handle, conversation: str, said: Said, send: Send) -> TurnSummary:
        """Read a message, let the dialogue answer it, and hand every answer to ``send``; something is always said."""
        async with self.lock(conversation):
            if said.choice is None and len(said.text) > LONGEST_TEXT:
                return await self._refuse(agent, conversation, said.text, send)
            output = PatientOutput(self.name(), partial(self.show, agent, conversation), send)
            try:
                parsed = await _parse(agent, said)
            except Exception as error:
                logger.error("reading a message failed: %s", type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
                parsed = _unread(_plain(said))
            admitted = await self.admit(agent, conversation, said, parsed, send)
            if admitted is None:
                return summarise(parsed)
            message = UserMessage(admitted["text"], output, conversation, admitted, input_channel=self.name())
            try:
                await handle(message)
            except Exception as error:
                logger.error("a turn failed: %s", type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
                await self._keep(agent, message)
                output.sent = 0
            if not output.sent:
                await self.say(agent, conversation, TECHNICAL_PROBLEM, send)
            return summarise(parsed)

    async def _refuse(self, agent: Agent, conversation: str, text: str, send: Send) -> TurnSummary:
        """Say that a text is too long to read, after the urgent answer when its beginning needs help now."""
        signs = find_urgent(text[:LONGEST_TEXT])
        urgent = signs[0].kind if signs else None
        if urgent:
            await self.say(agent, conversation, URGENT_RESPONSES[urgent], send, URGENT_SECTION)
        await self.say(agent, conversation, TOO_LONG, send)
        return TurnSummary(urgent=urgent)

    @staticmethod
    async def _keep(agent: Agent, message: UserMessage) -> None:
        """Store the message of a turn that failed, so that the next turn takes it in."""
        await or_log(agent.log_message(message), "a message could not be stored")


async def or_log(work: Awaitable[T], trouble: str) -> T | None:
    """Wait for work whose failure must not stop the turn."""
    try:
        return await work
    except Exception as error:
        logger.error("%s: %s", trouble, type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
        return None


async def _parse(agent: Agent, said: Said) -> dict[str, Any]:
    """Return the message's parse data as Rasa stores it, with ``shown`` where the patient saw other words."""
    if said.choice:
        return _chosen(said.choice)
    text = _plain(said)
    parsed = _unread(text) if not text else await agent.parse_message(text)
    parsed["text"] = text
    parsed["intent_ranking"] = parsed.get("intent_ranking", [])[:INTENTS_KEPT]
    return parsed if text == said.text else {**parsed, "shown": said.text}


def _plain(said: Said) -> str:
    """Return the text without the leading slash that Rasa would take for a payload."""
    return said.text if said.choice else said.text.strip().lstrip("/ ")


def _unread(text: str) -> dict[str, Any]:
    return {"text": text, "intent": {"name": FALLBACK_INTENT, "confidence": 0.0}, "entities": [], "intent_ranking": []}


def _chosen(choice: Choice) -> dict[str, Any]:
    """Parse data of pressed buttons; a question that one asks counts when the model still answers it."""
    intent, items = split_payload(choice.payload)
    parsed = {**_unread(choice.payload), "intent": {"name": intent, "confidence": 1.0}, "shown": choice.title}
    return {**parsed, "topics": questions_of(items)}


def empty_tracker(conversation: str) -> DialogueStateTracker:
    """Return a tracker for words that belong to no turn."""
    return DialogueStateTracker(conversation, slots=[])


def store_of(agent: Agent) -> ConversationStore:
    """Return the agent's store. Raises ServerError when ``endpoints.yml`` names another kind."""
    if not isinstance(agent.tracker_store, ConversationStore):
        raise ServerError("S007", reason="endpoints.yml must name assistant.store.tracker_store.ConversationStore")
    return agent.tracker_store
