"""Whether the assistant can answer: the model reads a message and the action server is up."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
from rasa.core.agent import Agent

from assistant.channel import limits

logger = logging.getLogger(__name__)


async def is_well(agent: Agent | None) -> bool:
    """Tell whether the model reads a message and the action server is up."""
    if agent is None or agent.processor is None:
        return False
    try:
        parsed = await agent.parse_message("hello")
        url = agent.processor.action_endpoint.url.replace("/webhook", "/health")
        timeout = aiohttp.ClientTimeout(total=limits.HEALTH)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            return bool(parsed["intent"]["name"]) and response.ok
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is "not well"
        logger.warning("not well: %s", type(error).__name__)
        return False


async def until_well(agent: Agent) -> None:
    """Wait until it is well, but not for ever: then the turn itself says what is wrong."""
    for _ in range(limits.STARTING_POLLS):
        if await is_well(agent):
            return
        await asyncio.sleep(limits.STARTING_POLL)
