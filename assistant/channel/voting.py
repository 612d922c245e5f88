"""Thumbs under an answer: ``POST /api/conversations/ID/votes`` with ``{"response": ..., "vote": "up" | "down"}``.

Only a patient with a conversation votes, but what is kept does not say in which one.
"""

from __future__ import annotations

import asyncio
from functools import partial

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from assistant.channel.base import store_of
from assistant.store.votes import VOTES, Votes


def add_votes(blueprint: Blueprint, path: str, votes: Votes) -> None:
    """Take votes under ``path``, which names the conversation."""
    blueprint.add_route(partial(_vote, votes), path, methods=["POST"], name="vote")


async def _vote(votes: Votes, request: Request, conversation: str) -> HTTPResponse:
    agent = request.app.ctx.agent
    if not await store_of(agent).exists(conversation):
        return json({"error": "unknown_conversation"}, status=404)
    match request.json:
        case {"response": str(response), "vote": str(vote), **rest} if not rest and vote in VOTES:
            if response in agent.domain.responses:
                await asyncio.to_thread(votes.count, response, vote)
                return empty()
    return json({"error": "response_and_vote_wanted"}, status=400)
