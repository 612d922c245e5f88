"""The notation of results in cases and hand-written messages: "negative 0.31 S/CO", "< 20 IU/mL", "40..50"."""

from __future__ import annotations

import re
from typing import Any

SIGNS = ("positive", "negative", "detected", "undetectable", "normal", "elevated", "indeterminate")
_TEXT = re.compile(
    rf"(?P<sign>{'|'.join(SIGNS)})?\s*(?P<cmp><=|>=|<|>|~)?\s*(?P<low>[\d.]+?)?(?:\.\.(?P<high>[\d.]+))?(?:\s+(?P<unit>\S.*))?"
)


def expected(name: str, said: Any) -> dict[str, Any]:
    """The row of `hepb read` that the notation stands for. Raises ValueError when it stands for none."""
    row = {"value": None, "unit": None, "comparator": None, "interpretation": None}
    if name == "age":
        return {**row, "value": said, "unit": "years"}
    if name == "sex":
        return {**row, "value": said}
    match = _TEXT.fullmatch(str(said))
    if match is None:
        raise ValueError(f"no result: {said}")
    value: Any = float(match["low"]) if match["low"] else None
    if match["high"]:
        value = [value, float(match["high"])]
    comparator = "range" if match["high"] else match["cmp"]
    return {"value": value, "unit": match["unit"], "comparator": comparator, "interpretation": match["sign"]}
