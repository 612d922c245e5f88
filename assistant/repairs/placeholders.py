"""Rasa fills placeholders in button payloads, and logs the whole text of a response that lacks one.

Defect: ``/choose{"cirrhosis": true}`` looks like a placeholder to the interpolator; it fails, with a stack trace and
the text in the log, for every button of every message.
Repair: payloads are taken as they are, but for a quoted ``"{name}"`` in them, which is filled. A missing placeholder is
logged by its name only; the text is sent as before.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import rasa.core.nlg.interpolator

logger = logging.getLogger(__name__)

PAYLOAD = re.compile(r"/\w+(\{.*\})?", re.DOTALL)
QUOTED = re.compile(r'"{(\w+)}"')

interpolate_text = rasa.core.nlg.interpolator.interpolate_text


def interpolate_or_name(response: str, values: dict[str, Any]) -> str:
    """Return the text with its placeholders filled; in a payload only those that are a quoted string of its JSON."""
    if PAYLOAD.fullmatch(response):
        return QUOTED.sub(lambda found: json.dumps(str(values.get(found[1], ""))), response)
    lacking = {name for name in re.findall(r"{([^\n{}]+?)}", response) if name not in values}
    if lacking:
        logger.error("no value for %s", ", ".join(sorted(lacking)))
        return response
    return interpolate_text(response, values)


def apply() -> None:
    """Make the response generator use :func:`interpolate_or_name`."""
    rasa.core.nlg.interpolator.interpolate_text = interpolate_or_name
