"""The doors to messaging platforms under ``/webhooks``: each opens when its variables are set."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from assistant.channel.base import Handle
from assistant.channel.health import until_well
from assistant.channel.identity import read_identity
from assistant.channel.messaging.accounts import opened
from assistant.channel.messaging.door import Door
from assistant.channel.messaging.gate import let_in
from assistant.channel.messaging.holding import Arrived, Held
from assistant.channel.messaging.platform import Delivery, Incoming
from assistant.channel.messaging.platforms import PLATFORMS
from assistant.channel.ordering import InOrder
from assistant.settings import read_settings

logger = logging.getLogger(__name__)

PREFIX = "/webhooks"


class Doors(InputChannel):
    """Takes deliveries: proven, not too large, not taken before. Answers at once; the turns run behind."""

    def __init__(self, doors: list[Door]) -> None:
        self._doors = doors
        self._order = InOrder()

    @classmethod
    def name(cls) -> str:
        """Return the name that Rasa knows all of them by."""
        return "messaging"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> Doors:  # noqa: ARG003 - secrets stand in the environment
        """Open the doors whose variables are set. Raises ServerError for one that is set up in part only."""
        accounts = opened(PLATFORMS)
        if not accounts:
            return cls([])
        settings = read_settings()
        identity = read_identity(settings)
        return cls([Door(account, identity, settings) for account in accounts])

    def url_prefix(self) -> str:
        """Return an absolute path: Rasa joins it to ``/webhooks/``."""
        return PREFIX

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return one route for each open door."""
        blueprint = Blueprint(self.name())
        blueprint.listener("before_server_start")(self._prepare)
        blueprint.listener("after_server_start")(partial(self._start, on_new_message))
        blueprint.listener("before_server_stop")(self._stop)
        for door in self._doors:
            receive = partial(self._receive, door, on_new_message)
            blueprint.add_route(receive, f"/{door.name()}", methods=["GET", "POST"], name=door.name())
        return blueprint

    async def _prepare(self, app: Sanic, _: Any) -> None:
        """Let in what a platform's batch may hold; every other route has a limit of its own."""
        app.config.REQUEST_MAX_SIZE = max(
            app.config.REQUEST_MAX_SIZE, *(door.platform.largest_body for door in self._doors), 0
        )

    async def _start(self, handle: Handle, app: Sanic, _: Any) -> None:
        agent = app.ctx.agent
        for door in self._doors:
            door.check_model(agent)
            for waiting in await door.cut_off(agent):
                incoming = Incoming(**waiting.message)
                work = partial(_when_well, door, agent, handle, Arrived(waiting.key, waiting.conversation, incoming))
                self._order.add(waiting.conversation, incoming.written, work)

    async def _stop(self, *_: Any) -> None:
        for door in self._doors:
            await door.caller.close()

    async def _receive(self, door: Door, handle: Handle, request: Request) -> HTTPResponse:
        query = {name: values[0] for name, values in request.args.items()}
        headers = {name.lower(): value for name, value in request.headers.items()}
        passed = let_in(door.platform, door.account, Delivery(request.method, headers, query, request.body))
        if passed.status == HTTPStatus.FORBIDDEN:
            logger.warning("%s: a request with a wrong proof", door.name())
        agent, held = request.app.ctx.agent, None
        for incoming in passed.messages:
            held = Held() if door.platform.hold else None
            if not await self._take(door, agent, handle, incoming, held):
                return text("", HTTPStatus.SERVICE_UNAVAILABLE)  # the platform comes again; what is taken is known
        words = await self._first_words(door, agent, held)
        if words:
            body = door.platform.passive(door.account, passed.messages[-1].address, words)
            return text(body, passed.status, content_type="application/xml")
        return text(passed.text, passed.status, content_type=door.platform.thanks_type)

    @staticmethod
    async def _first_words(door: Door, agent: Any, held: Held | None) -> str:
        """Return what goes out with the answer to the request: the first words of the turn, or that it takes longer."""
        if held is None:
            return ""
        words = await held.wait(door.platform.hold)
        return await door.still_working(agent) if words is None else words

    async def _take(self, door: Door, agent: Any, handle: Handle, incoming: Incoming, held: Held | None) -> bool:
        """Take a message in, unless it came before; False when too much waits already."""
        conversation = door.identity.conversation(door.name(), incoming.person)
        if self._order.is_full(conversation):
            return False
        key = door.identity.delivery(door.name(), incoming.id)
        if await door.take(agent, key, conversation, incoming.to_dict()):
            work = partial(door.answer, agent, handle, Arrived(key, conversation, incoming, held))
            self._order.add(conversation, incoming.written, work)
        elif held:
            held.give("")
        return True


async def _when_well(door: Door, agent: Any, handle: Handle, arrived: Arrived) -> None:
    await until_well(agent)
    await door.answer(agent, handle, arrived)
