"""One platform's door: runs the turns behind it and sends what they say. Every kind of trouble ends in words."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from rasa.core.agent import Agent

from assistant.channel.base import (
    TECHNICAL_PROBLEM,
    Handle,
    PatientChannel,
    empty_tracker,
    or_log,
    store_of,
)
from assistant.channel.calls import Caller, NotSentError
from assistant.channel.identity import Identity
from assistant.channel.limits import STILL_WORKING
from assistant.channel.messaging import words
from assistant.channel.messaging.accounts import Opened
from assistant.channel.messaging.composing import Composer
from assistant.channel.messaging.holding import Arrived, leading
from assistant.channel.messaging.memory import Memory
from assistant.channel.messaging.options import Option, answered, options_of
from assistant.channel.messaging.platform import Incoming
from assistant.channel.messaging.privacy import (
    Results,
    agreed,
    consent_choice,
    holds_results,
    is_personal,
    without_results,
)
from assistant.channel.messaging.speaking import batches
from assistant.channel.pictures import draw, draw_nothing
from assistant.channel.rendering import issued, section_of, stored_message
from assistant.channel.said import Said, Send
from assistant.channel.signatures import is_same
from assistant.channel.tokens import Choice
from assistant.settings import Settings

logger = logging.getLogger(__name__)

YES, NO = "affirm", "deny"


class Door(PatientChannel):
    """The conversations of one platform."""

    needs = PatientChannel.needs | frozenset(words.SAID)

    def __init__(self, opened: Opened, identity: Identity, settings: Settings) -> None:
        super().__init__(identity)
        self.platform, self.account, self._results = opened.platform, opened.account, opened.results
        self.caller = Caller()
        self._memory = Memory()
        self._has_page = bool(settings.page_url)
        self.values = {
            "platform": self.platform.title,
            "page": settings.page_url,
            "kept_hours": f"{settings.retention_hours:g}",
        }

    def name(self) -> str:  # type: ignore[override]  # Rasa calls it on the instance
        """Return the platform's name."""
        return self.platform.name

    async def answer(self, agent: Agent, handle: Handle, arrived: Arrived) -> None:
        """Run the turn of one message and send what it says; then the message leaves the inbox.

        The first words go out with the answer to the request, as long as that is held open.
        """
        conversation, held = arrived.conversation, arrived.held
        run = partial(self._safe_talk, agent, handle, conversation, arrived.incoming)
        async for batch in batches(run, STILL_WORKING):
            if batch or not (held and held.is_late):  # else it was told already
                messages = batch or [await self._words(agent, words.STILL_WORKING)]
                await self._deliver(agent, arrived, messages)
        if held:
            held.give("")
        await self.finish(agent, arrived.key, wipe=not await self._reads_results(agent, conversation))

    async def show(self, agent: Agent, conversation: str, message: dict[str, Any]) -> dict[str, Any] | None:  # noqa: ARG002 - the same words for all
        """Return the message in the words for this platform, not yet composed."""
        name = message.get("utter_action") or ""
        ends = (words.GENERAL, words.HERE) if self._results is Results.NEVER else (words.HERE,)
        other = next((name + end for end in ends if name + end in agent.domain.responses), None)
        if other:
            return {**await self._words(agent, other), "section": section_of(message)}
        return message if message.get("text") or message.get("custom") or issued(message) else None

    async def admit(
        self, agent: Agent, conversation: str, said: Said, parsed: dict[str, Any], send: Send
    ) -> dict[str, Any] | None:
        """Let results pass only where the channel's setting and the person allow it; say where else they are read."""
        if not is_personal(parsed) or await self._reads_results(agent, conversation):
            return parsed
        left = without_results(parsed)
        if parsed.get("urgent") or not (left is None or holds_results(parsed)):
            return left
        if self._results is Results.AFTER_CONSENT:
            self._memory.hold(conversation, said)
            await self._ask_consent(agent, send)
            return None
        elsewhere = words.RESULTS_AT_PAGE if self._has_page else words.RESULTS_ELSEWHERE
        await self.say(agent, conversation, elsewhere, send)
        return left

    async def _safe_talk(self, agent: Agent, handle: Handle, conversation: str, incoming: Incoming, send: Send) -> None:
        try:
            await self._talk(agent, handle, conversation, incoming, send)
        except Exception as error:
            logger.error("a message was not answered: %s", type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
            await self.say(agent, conversation, TECHNICAL_PROBLEM, send)

    async def _talk(self, agent: Agent, handle: Handle, conversation: str, incoming: Incoming, send: Send) -> None:
        if incoming.public:
            return await self.say(agent, conversation, words.NOT_IN_PUBLIC, send)
        said = await self._said(agent, conversation, incoming)
        if said is None:
            reason = words.CLOSED if incoming.mark else words.CANNOT_SEE
            return await self.say(agent, conversation, reason, send)
        is_new = await or_log(store_of(agent).open_conversation(conversation), "a conversation cannot be opened")
        decision = await self._decision(agent, conversation, said)
        self._memory.close_options(conversation)
        urgent = None
        if decision is None:
            urgent = (await self.take_turn(agent, handle, conversation, said, send)).urgent
        else:
            await self._decide(agent, handle, conversation, send, agree=decision)
        if incoming.attachment:
            await self.say(agent, conversation, words.CANNOT_SEE, send)
        if is_new or self._memory.is_notice_owed(conversation):
            self._memory.owe_notice(conversation, owed=bool(urgent))
            if not urgent:
                await self.say(agent, conversation, words.FIRST_NOTICE, send)
        return None

    async def _said(self, agent: Agent, conversation: str, incoming: Incoming) -> Said | None:
        """Return what a message says; None for a button that is not ours or not open, and for no words at all."""
        if incoming.mark:
            known = await self._issued(agent, conversation)
            choice = next((c for c in known if is_same(self.identity.mark(conversation, c), incoming.mark)), None)
        elif incoming.text.strip():
            choice = answered(await self._options(agent, conversation), incoming.text)
            if choice is None:
                return Said(incoming.text)
        else:
            return None
        return choice and Said(choice.payload, choice)

    async def _issued(self, agent: Agent, conversation: str) -> list[Choice]:
        """Return what every button means that was ever sent in this conversation."""
        spoken = await store_of(agent).spoken(conversation)
        stored = [choice for event in spoken if event["event"] == "bot" for choice in issued(stored_message(event))]
        return [*stored, *(await self._consent_choices(agent) if self._results is Results.AFTER_CONSENT else ())]

    async def _options(self, agent: Agent, conversation: str) -> Sequence[Option]:
        """Return what stands open: as remembered, after a restart as the transcript has it."""
        known = self._memory.options(conversation)
        if known is not None:
            return known
        spoken = await store_of(agent).spoken(conversation)
        last = list(itertools.takewhile(lambda event: event["event"] == "bot", reversed(spoken)))
        messages = [stored_message(event) for event in reversed(last)]
        is_native = [self._composer(conversation, {}).is_native(message) for message in messages]
        return [option for offered in options_of(messages, is_native) for option in offered]

    async def _reads_results(self, agent: Agent, conversation: str) -> bool:
        return self._results is Results.AFTER_CONSENT and bool(
            await or_log(store_of(agent).has_consent(conversation), "consent cannot be looked up")
        )

    async def _decision(self, agent: Agent, conversation: str, said: Said) -> bool | None:
        """Return what a message decides about consent; a plain yes or no does while a message waits for it."""
        if said.choice or not self._memory.held(conversation):
            return agreed(said.choice)
        parsed = await or_log(agent.parse_message(said.text), "reading a message failed")
        return {YES: True, NO: False}.get(parsed["intent"]["name"]) if parsed else None

    async def _decide(self, agent: Agent, handle: Handle, conversation: str, send: Send, *, agree: bool) -> None:
        held = self._memory.held(conversation)
        self._memory.hold(conversation, None)
        if not agree:
            return await self.say(agent, conversation, words.CONSENT_REFUSED, send)
        await store_of(agent).consent(conversation)
        await self.say(agent, conversation, words.CONSENT_GIVEN, send)
        if held:
            await self.take_turn(agent, handle, conversation, held, send)
        return None

    async def _ask_consent(self, agent: Agent, send: Send) -> None:
        buttons = [{"payload": c.payload, "title": c.title} for c in await self._consent_choices(agent)]
        send({**await self._words(agent, words.ASK_CONSENT), "buttons": buttons, "section": "question"})

    async def _consent_choices(self, agent: Agent) -> list[Choice]:
        titles = [(await self._words(agent, name))["text"] for name in (words.CONSENT_YES, words.CONSENT_NO)]
        return [consent_choice(title, agree=agree) for title, agree in zip(titles, (True, False), strict=True)]

    async def still_working(self, agent: Agent) -> str:
        """Return the words that an answer takes longer."""
        return str((await self._words(agent, words.STILL_WORKING))["text"])

    async def _deliver(self, agent: Agent, arrived: Arrived, messages: Sequence[dict[str, Any]]) -> None:
        """Compose and send; what could not be sent is logged, and stays in the transcript."""
        said = {name: (await self._words(agent, name))["text"] for name in words.COMPOSING}
        # In a thread: drawing takes a while, and nobody else need wait for it.
        replies, options = await asyncio.to_thread(self._composer(arrived.conversation, said).compose, messages)
        self._memory.open_options(arrived.conversation, options)
        held = arrived.held
        if held and held.is_open:
            first, replies = leading(replies, self.platform.limits.text, self.platform.limits.measure)
            held.give(first)
        try:
            await self.platform.send(self.caller, self.account, arrived.incoming.address, replies)
        except NotSentError as error:
            logger.error("%s took no answer: status %s", self.name(), error.status)  # noqa: TRY400 - the status tells it

    def _composer(self, conversation: str, said: Mapping[str, str]) -> Composer:
        shown = draw if self.platform.limits.pictures else draw_nothing
        return Composer(self.platform.limits, said, self.sign(conversation), shown)

    async def _words(self, agent: Agent, response: str) -> dict[str, Any]:
        return await agent.nlg.generate(response, empty_tracker(""), self.name(), **self.values) or {"text": ""}
