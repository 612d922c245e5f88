"""Events as platforms deliver them, several at once and not always of the shape that is documented."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from assistant.channel.messaging.platform import Incoming

logger = logging.getLogger(__name__)


def items(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a JSON list, and nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def each(events: Iterable[Any], read: Callable[[Any], Incoming | None]) -> list[Incoming]:
    """Read every event of a batch; one of a shape that nobody expected costs the others nothing."""
    found: list[Incoming] = []
    for event in events:
        try:
            incoming = read(event)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            logger.error("an event of unknown shape: %s", type(error).__name__)  # noqa: TRY400 - it may hold the text
            continue
        if incoming:
            found.append(incoming)
    return found
