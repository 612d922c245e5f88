"""The web channel: the page at ``/`` and the conversation interface of ``docs/architecture.md`` under ``/api``."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, json

from assistant.channel import events, limits, pages
from assistant.channel.base import TECHNICAL_PROBLEM, Handle, PatientChannel, store_of
from assistant.channel.health import is_well
from assistant.channel.identity import Identity, read_identity
from assistant.channel.kiosk import add_kiosk
from assistant.channel.origins import Origins
from assistant.channel.rendering import Sign, render_stored
from assistant.channel.said import Said, Send, Taken
from assistant.channel.slips import add_slips
from assistant.channel.summary import TurnSummary
from assistant.channel.tokens import Signer, join, read_key
from assistant.channel.voting import add_votes
from assistant.handout.routes import add_handout
from assistant.settings import read_settings
from assistant.store.votes import Votes

logger = logging.getLogger(__name__)

CONVERSATIONS = "/api/conversations"
CONVERSATION = CONVERSATIONS + "/<conversation:str>"
MESSAGES = CONVERSATION + "/messages"
ID_BYTES = 24
EXPIRY_TASK = "expiry"


Start = Callable[[Send], "asyncio.Task[TurnSummary]"]


class WebChannel(PatientChannel):
    """Serves the page and its conversations. Ids are made here and unguessable; nothing else identifies a patient."""

    def __init__(self, signer: Signer, identity: Identity) -> None:
        super().__init__(identity)
        self._signer = signer

    @classmethod
    def name(cls) -> str:
        """Return the name under which responses may have variations for the web."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebChannel:  # noqa: ARG003 - none are needed
        """Make the channel with the key in the data folder."""
        settings = read_settings()
        settings.data.mkdir(parents=True, exist_ok=True)
        return cls(Signer(read_key(settings.signing_key)), read_identity(settings))

    def url_prefix(self) -> str:
        """Return the root: Rasa joins it to ``/webhooks/``, and an absolute path wins."""
        return "/"

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return the routes. Rasa has a route ``/`` of its own, so the page there comes from a middleware."""
        blueprint = Blueprint("web")
        blueprint.listener("before_server_start")(_prepare)
        blueprint.listener("after_server_start")(partial(self._start, on_new_message))
        blueprint.listener("before_server_stop")(_end)
        blueprint.add_route(_health, "/health")
        blueprint.add_route(_create, CONVERSATIONS, methods=["POST"])
        # partial: Sanic sets an attribute on each handler, which a bound method refuses
        blueprint.add_route(partial(self._transcript), CONVERSATION, name="transcript")
        blueprint.add_route(_delete, CONVERSATION, methods=["DELETE"])
        blueprint.add_route(partial(self._message, on_new_message), MESSAGES, methods=["POST"], name="message")
        add_votes(blueprint, CONVERSATION + "/votes", Votes(read_settings().votes))
        add_handout(blueprint, CONVERSATION, self._state)
        blueprint.add_route(pages.answer_demo, "/demo")
        add_slips(blueprint, CONVERSATION + "/slips", self)
        add_kiosk(blueprint, read_settings())
        pages.add_static_files(blueprint)
        return blueprint

    async def _start(self, handle: Handle, app: Sanic, _: Any) -> None:
        self.check_model(app.ctx.agent)
        await self.resume(app.ctx.agent, handle)
        app.add_task(_expire_regularly(app.ctx.agent), name=EXPIRY_TASK)

    def sign(self, conversation: str) -> Sign:
        """Return the function that signs choices for this conversation: the page sends back several at once."""
        return partial(self._signer.sign, conversation)

    def open_choices(self, conversation: str, tokens: list[str]) -> Said | None:
        """Return what the pressed buttons mean, or None when one is not ours or they do not belong together."""
        choices = [self._signer.open(conversation, token) for token in tokens]
        if not choices or None in choices:
            return None
        choice = join([choice for choice in choices if choice])
        return choice and Said(choice.payload, choice)

    async def _transcript(self, request: Request, conversation: str) -> HTTPResponse:
        store = store_of(request.app.ctx.agent)
        if not await store.exists(conversation):
            return _problem(404, "unknown_conversation")
        async with self.lock(conversation):  # a turn under way belongs to what is shown
            spoken = await store.spoken(conversation)
        shown = [render_stored(event, self.sign(conversation)) for event in spoken]
        return json({"messages": [line for line in shown if line]})

    async def _state(self, request: Request, conversation: str) -> DialogueStateTracker | None:
        """Return what is remembered of a conversation after the turn under way; None for an unknown one."""
        store = store_of(request.app.ctx.agent)
        async with self.lock(conversation):
            return await store.retrieve(conversation) if await store.exists(conversation) else None

    async def _message(self, handle: Handle, request: Request, conversation: str) -> BaseHTTPResponse | None:
        agent = request.app.ctx.agent
        if not await store_of(agent).exists(conversation):
            return _problem(404, "unknown_conversation")
        said = self._read(request, conversation)
        if isinstance(said, HTTPResponse):
            return said
        taken = Taken(conversation, said, self._key(conversation, request.headers.get("Idempotency-Key")))
        if not await self.take(agent, taken.key, conversation, said.to_dict()):
            return _problem(409, "already_taken")  # the transcript has it
        await self._stream(request, agent, conversation, partial(self.start_turn, agent, handle, taken))
        return None

    def _key(self, conversation: str, given: str | None) -> str:
        """Return the key of a delivery; without one from the browser it is like no other."""
        return self.identity.delivery(self.name(), f"{conversation} {given or secrets.token_urlsafe(ID_BYTES)}")

    def _read(self, request: Request, conversation: str) -> Said | HTTPResponse:
        """Return what the request's body says, or the refusal."""
        if len(request.body) > limits.LARGEST_BODY:
            return _problem(413, "PayloadTooLarge")
        if request.content_type.partition(";")[0].strip().lower() != "application/json":
            return _problem(415, "json_wanted")
        body = request.json  # Sanic answers 400 when this is not JSON
        match body:
            case {"text": str(text)} if len(body) == 1:
                # A lone surrogate is legal JSON but no text: it would stop the tokenizer.
                return Said(text.encode("utf-8", "replace").decode())
            case {"choices": [*tokens]} if len(body) == 1 and 0 < len(tokens) <= limits.MOST_CHOICES:
                said = all(isinstance(token, str) for token in tokens) and self.open_choices(conversation, tokens)
                return said or _problem(403, "choice_not_ours")
        return _problem(400, "text_or_choices_wanted")

    async def _stream(self, request: Request, agent: Agent, conversation: str, start: Start) -> None:
        """Run a turn and send what it says as it is said; a heartbeat shows that a long action still runs."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        turn = start(queue.put_nowait)
        turn.add_done_callback(lambda _: queue.put_nowait(None))
        response = await request.respond(content_type="text/event-stream", headers=events.HEADERS)
        await response.send(events.HEARTBEAT)  # tells that the message is taken
        deadline = asyncio.get_running_loop().time() + limits.WATCHDOG
        ended = False
        while not ended:
            told, ended = await _next_events(queue)
            if not ended and asyncio.get_running_loop().time() > deadline:
                told, ended = events.problem(await self._technical_problem(agent, conversation)), True
            if ended:
                told += events.done(turn.result() if turn.done() else None)
            await response.send(told, end_stream=ended)

    async def _technical_problem(self, agent: Agent, conversation: str) -> str:
        said: list[dict[str, Any]] = []
        await self.say(agent, conversation, TECHNICAL_PROBLEM, said.append)
        return said[0]["text"]


async def _prepare(app: Sanic, _: Any) -> None:
    app.config.REQUEST_MAX_SIZE = limits.LARGEST_BODY  # doors to platforms, opened later, may raise it
    app.register_middleware(pages.answer_page, "request")
    origins = Origins(read_settings().allowed_origins)
    # Before and after Rasa's own cross-origin code, which answers every question of a browser.
    app.request_middleware.appendleft(origins.check)
    app.response_middleware.extend([pages.add_headers, origins.add_headers])
    app.error_handler.add(Exception, _refused)


async def _health(request: Request) -> HTTPResponse:
    well = await is_well(request.app.ctx.agent)
    return json({"status": "ok" if well else "unavailable"}, status=200 if well else 503)


async def _create(request: Request) -> HTTPResponse:
    conversation = secrets.token_urlsafe(ID_BYTES)
    await store_of(request.app.ctx.agent).open_conversation(conversation)
    return json({"conversation": conversation}, status=201)


async def _delete(request: Request, conversation: str) -> HTTPResponse:
    store = store_of(request.app.ctx.agent)
    if not await store.exists(conversation):
        return _problem(404, "unknown_conversation")
    await store.delete_conversation(conversation)
    return empty()


async def _next_events(queue: asyncio.Queue[dict[str, Any] | None]) -> tuple[bytes, bool]:
    """Wait for messages; return all that are there, or a heartbeat when none came, and whether the turn has ended."""
    try:
        messages = [await asyncio.wait_for(queue.get(), limits.HEARTBEAT)]
    except asyncio.TimeoutError:
        return events.HEARTBEAT, False
    while not queue.empty():
        messages.append(queue.get_nowait())
    return b"".join(events.message(message) for message in messages if message), None in messages


async def _end(app: Sanic, _: Any) -> None:
    """End what runs without an end; else the loop complains of it when it closes."""
    await app.cancel_task(EXPIRY_TASK, raise_exception=False)


async def _expire_regularly(agent: Agent) -> None:
    while True:
        try:
            await store_of(agent).expire_conversations()
        except Exception as error:
            logger.error("expiry failed: %s", type(error).__name__, exc_info=error)  # noqa: TRY400 - sealed
        await asyncio.sleep(limits.EXPIRY)


def _problem(status: int, code: str) -> HTTPResponse:
    """Return a refusal that a program reads; patients never see one from our page."""
    return json({"error": code}, status=status)


async def _refused(request: Request, error: Exception) -> HTTPResponse:
    """Answer an error without repeating anything of the request."""
    if isinstance(error, SanicException):
        return _problem(error.status_code, type(error).__name__)
    logger.error("%s %s failed: %s", request.method, request.endpoint, type(error).__name__, exc_info=error)
    return _problem(500, "server_error")
