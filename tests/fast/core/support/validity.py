"""Results as they are printed, held against their schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import fastjsonschema

from hepb.record import schema
from hepb.result import Result


@cache
def _validator() -> Callable[[Any], Any]:
    return fastjsonschema.compile(schema("result"), detailed_exceptions=False)


def valid(result: Result) -> dict[str, Any]:
    """The JSON form of a result, as it is printed, after checking it against the schema."""
    printed: dict[str, Any] = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    try:
        _validator()(printed)
    except fastjsonschema.JsonSchemaValueException:
        fastjsonschema.validate(schema("result"), printed)  # slower, and says which value it is
        raise
    return printed
