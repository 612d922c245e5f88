"""The trained pipeline inside this process. In a program of its own, call :func:`process.prepare` first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.evaluation.questions import Understand, Understood
from assistant.nlu.routing import FALLBACK

Parse = Callable[[str], dict[str, Any]]
"""Text to Rasa's message: intent, ranking and the keys of :mod:`assistant.nlu.message_keys`."""
WARM_UP = "Hello, my ALT is 40. What does that mean?"


@contextmanager
def loaded(model: Path) -> Iterator[Parse]:
    """Load a model, say one sentence so that nothing is lazy any more, and give the function that parses."""
    from rasa.core.agent import Agent  # noqa: PLC0415 - after the repairs, if there are any

    agent = Agent.load(model)
    loop = asyncio.new_event_loop()

    def parse(text: str) -> dict[str, Any]:
        return loop.run_until_complete(agent.parse_message(text))

    try:
        parse(WARM_UP)
        yield parse
    finally:
        loop.close()


def understanding(parse: Parse) -> Understand:
    """Return what the pipeline understands of a text."""

    def understand(text: str) -> Understood:
        message = parse(text)
        topics, offers = (tuple(message.get(key) or ()) for key in ("topics", "offers"))
        return Understood(message["intent"]["name"] or FALLBACK, topics, offers)

    return understand


def urgent_kinds(parse: Parse) -> Callable[[str], tuple[str, ...]]:
    """Return what the pipeline, rules and classifier together, takes for urgent in a text."""

    def detect(text: str) -> tuple[str, ...]:
        urgent = parse(text).get("urgent")
        return (urgent,) if urgent else ()

    return detect
