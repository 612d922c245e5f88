"""What the chart of results over time says in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.pictures.words import Words, round_number

MARKERS = ("ALT", "HBV_DNA")
"""In the order of the columns of the table."""


def description(picture: Mapping[str, Any], words: Words) -> str:
    """The picture in words."""
    said = words["chart"]
    sentences = []
    for series in picture["series"]:
        points = sorted(series["points"], key=lambda point: point["date"])
        first, last = points[0], points[-1]
        sentences.append(
            said["text"]["series" if len(points) > 1 else "one_result"].format(
                marker=said["markers"][series["marker"]],
                count=len(points),
                first=_printed(first, words),
                first_day=first["date"],
                last=_printed(last, words),
                last_day=last["date"],
            )
        )
    limits = [limit_text(series, limit, words) for series in picture["series"] for limit in series["limits"]]
    if limits:
        sentences.append(said["text"]["limits"].format(limits="; ".join(limits)))
    return " ".join(sentences)


def limit_text(series: Mapping[str, Any], limit: Mapping[str, Any], words: Words) -> str:
    """A limit with whose it is."""
    said = words["chart"]
    whose = words["between_names"].join(said["phases"] if name == "phases" else name for name in limit["whose"])
    values = {"value": round_number(limit["value"], words), "unit": series["unit"], "whose": whose}
    return said["limit"].format(marker=said["markers"][series["marker"]], **values)


def _printed(point: Mapping[str, Any], words: Words) -> str:
    """A result as the patient gave it."""
    forms = words["chart"]["forms"]
    if point["form"]:
        return forms.get(point["form"], forms["unclear"]).format(value=point["value"], unit=point["unit"])
    return f"{point['value']} {point['unit']}".strip()


def table(picture: Mapping[str, Any], words: Words) -> list[list[str]]:
    """Per day the results of both markers as they were given."""
    days = sorted({_day(point) for series in picture["series"] for point in series["points"]})
    none = words["chart"]["forms"]["none"]
    cells = {
        (series["marker"], day): "; ".join(
            dict.fromkeys(_printed(point, words) for point in series["points"] if _day(point) == day)
        )
        for series in picture["series"]
        for day in days
    }
    return [
        [
            date if dated else words["chart"]["undated"],
            *(cells.get((marker, (date, dated))) or none for marker in MARKERS),
        ]
        for date, dated in days
    ]


def _day(point: Mapping[str, Any]) -> tuple[str, bool]:
    """The day of a result, and whether the patient gave it."""
    return point["date"], point["dated"]
