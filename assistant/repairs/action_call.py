"""Rasa's call of the action server: slow, patient for five minutes, and silent when it fails.

Defects: (1) each call opens a new connection; (2) a slow action is waited for 300 seconds, and the time cannot be
set; (3) when the action server is dead, slow or failing, the exception (which carries the whole request: rasa-sdk
echoes it) is logged, and the patient gets no answer.
Repair: one kept-alive session, ``ACTION_TIMEOUT`` seconds, and a failed call says
``utter_technical_problem`` in place of what the action would have said. The patient's message stays in the
conversation, unheard, for the next action to take in. What is logged is the action's name and the kind of error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import aiohttp
import rasa.core.actions.action
from rasa.core.actions.action import RemoteAction, create_bot_utterance
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.repairs.action_answer import check_answer

logger = logging.getLogger(__name__)

TECHNICAL_PROBLEM = "utter_technical_problem"
NOTICE = "notice"


class ActionEndpoint(EndpointConfig):
    """The action server's address with one kept-alive session. ``timeout`` in seconds bounds each call."""

    def __init__(self, url: str, *, timeout: float, **kwargs: Any) -> None:
        super().__init__(url, **kwargs)
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._kept: aiohttp.ClientSession | None = None

    async def call(self, body: dict[str, Any]) -> dict[str, Any]:
        """Post an action call and return the checked answer.

        Raises aiohttp.ClientError, TimeoutError, ValueError (no JSON) or JsonSchemaException. A call whose kept-alive
        connection the server had just closed is made once more: actions only read what they are given.
        """
        try:
            return await self._post(body)
        except aiohttp.ServerDisconnectedError:
            return await self._post(body)

    async def close(self) -> None:
        """Close the kept-alive session."""
        if self._kept:
            await self._kept.close()

    async def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._kept is None:
            self._kept = aiohttp.ClientSession(timeout=self._timeout, raise_for_status=True)
        async with self._kept.post(self.url, json=body) as response:
            return check_answer(await response.json())


class SpeakingRemoteAction(RemoteAction):
    """A custom action that answers the patient even when its server does not."""

    action_endpoint: ActionEndpoint

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Run the action and return its messages and events; after a failure, the message that says so."""
        try:
            answer = await self.action_endpoint.call(self._action_call_format(tracker, domain))
            responses = answer.get("responses") or []
            unknown = _unknown(responses, domain)
            said = await self._utter_responses(responses, output_channel, nlg, tracker)
            events = deserialise_events(answer.get("events") or [])
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the patient is answered
            logger.error("action %s failed: %s", self.name(), type(error).__name__)  # noqa: TRY400 - no trace: it holds the request
            return await self._problem(output_channel, nlg, tracker)
        if unknown:
            logger.error("action %s named responses that do not exist: %s", self.name(), ", ".join(unknown))
            said = said + await self._problem(output_channel, nlg, tracker)
        return [*said, *events]

    @staticmethod
    async def _problem(
        output_channel: OutputChannel, nlg: NaturalLanguageGenerator, tracker: DialogueStateTracker
    ) -> list[Event]:
        draft = await nlg.generate(TECHNICAL_PROBLEM, tracker, output_channel.name())
        return [create_bot_utterance({**(draft or {}), "section": NOTICE, "utter_action": TECHNICAL_PROBLEM})]


def _unknown(responses: Iterable[dict[str, Any]], domain: Domain) -> list[str]:
    names = (response.get("response") for response in responses)
    return [name for name in names if name and name not in domain.responses]


def apply() -> None:
    """Make Rasa run custom actions through :class:`SpeakingRemoteAction`."""
    rasa.core.actions.action.RemoteAction = SpeakingRemoteAction
