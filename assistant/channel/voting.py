"""Thumbs under an answer: ``POST /api/conversations/ID/votes`` with ``{"response": ..., "vote": "up" | "down"}``.

Only a patient to whom it was said votes on an answer, and once; what is kept does not say in which conversation.
403: it was not said there, 409: the vote was given, 429: too many votes at once.
"""

from __future__ import annotations

import asyncio
from functools import partial

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from assistant.channel import limits
from assistant.channel.ballots import Ballot, Ballots
from assistant.channel.base import store_of
from assistant.channel.rendering import stored_message
from assistant.store.tracker_store import ConversationStore
from assistant.store.votes import VOTES, Votes


def add_votes(blueprint: Blueprint, path: str, votes: Votes) -> None:
    """Take votes under ``path``, which names the conversation."""
    blueprint.add_route(partial(_vote, votes, Ballots()), path, methods=["POST"], name="vote")


async def _vote(votes: Votes, ballots: Ballots, request: Request, conversation: str) -> HTTPResponse:
    agent = request.app.ctx.agent
    store = store_of(agent)
    if not await store.exists(conversation):
        return json({"error": "unknown_conversation"}, status=404)
    match request.json:
        case {"response": str(response), "vote": str(vote), **rest} if not rest and vote in VOTES:
            if response in agent.domain.responses:
                ballot = ballots.take(conversation, response, await _times_said(store, conversation, response))
                if ballot is not Ballot.COUNTS:
                    wait = {"Retry-After": f"{limits.VOTES_WINDOW:.0f}"} if ballot is Ballot.TOO_MANY else None
                    return json({"error": ballot.name.lower()}, status=ballot.value, headers=wait)
                await asyncio.to_thread(votes.count, response, vote)
                return empty()
    return json({"error": "response_and_vote_wanted"}, status=400)


async def _times_said(store: ConversationStore, conversation: str, response: str) -> int:
    spoken = await store.spoken(conversation)
    said = (stored_message(event).get("utter_action") for event in spoken if event["event"] == "bot")
    return sum(name == response for name in said)
