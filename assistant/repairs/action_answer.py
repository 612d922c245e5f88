"""The check of an action's answer, compiled once.

Defect: Rasa calls ``jsonschema.validate`` for each answer, which checks the schema itself every time (23 ms), and the
schema tries 23 kinds of event one after the other on each event.
Repair: the same schema, one validator for each kind of event, chosen by the event's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import fastjsonschema
from rasa.core.actions.action import RemoteAction

Check = Callable[[Any], Any]


def _compile() -> tuple[Check, Mapping[str, Check]]:
    schema = RemoteAction.action_response_format_spec()
    event = {**schema["properties"]["events"]["items"]}
    kinds = {kind["properties"]["event"]["const"]: fastjsonschema.compile(kind) for kind in event.pop("oneOf")}
    outer = {**schema, "properties": {**schema["properties"], "events": {"type": "array", "items": event}}}
    return fastjsonschema.compile(outer), kinds


_check_outer, _check_kind = _compile()


def check_answer(answer: Any) -> dict[str, Any]:
    """Return the answer when Rasa's schema accepts it. Raises JsonSchemaException, which never quotes the answer."""
    try:
        _check_outer(answer)
        for event in answer.get("events", []):
            _check_kind[event["event"]](event)
    except (fastjsonschema.JsonSchemaException, KeyError) as error:
        raise fastjsonschema.JsonSchemaException("not an action's answer") from error
    return answer
