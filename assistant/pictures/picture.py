"""A picture as a channel shows it: drawn in two widths, with its words and the table behind it.

What is to be drawn comes as plain data (``docs/architecture.md``, *Pictures*), made by ``actions.pictures`` from the
record and the result; a patient's own words are never part of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.pictures import chart, chart_text, guidelines, phase_map
from assistant.pictures.png import to_png
from assistant.pictures.scene import Scene
from assistant.pictures.svg import to_svg, to_tree
from assistant.pictures.tree import Node
from assistant.pictures.words import Words, words

logger = logging.getLogger(__name__)

NARROW, WIDE = 264.0, 640.0
"""Pixels: the narrow drawing is for telephones, where the wide one would shrink its text."""
Description = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of picture is painted at a width, said in words, and told as a table."""

    paint: Callable[[Description, Words, float], Scene]
    describe: Callable[[Description, Words], str]
    tabulate: Callable[[Description, Words], list[list[str]]]


KINDS: Mapping[str, Kind] = {
    "phase_map": Kind(phase_map.paint, phase_map.description, phase_map.table),
    "phase_row": Kind(phase_map.paint_row, phase_map.description, phase_map.table),
    "chart": Kind(chart.paint, chart_text.description, chart_text.table),
    "guidelines": Kind(guidelines.paint, guidelines.description, guidelines.table),
}


def svg(picture: Description, width: float, language: str | None = None) -> str:
    """The picture as SVG, ``width`` pixels wide."""
    return to_svg(KINDS[picture["kind"]].paint(picture, words(language), width))


def tree(picture: Description, width: float, language: str | None = None) -> Node:
    """As :func:`svg`, as an element in plain data."""
    return to_tree(KINDS[picture["kind"]].paint(picture, words(language), width))


def png(picture: Description, width: float = WIDE, language: str | None = None, zoom: float = 2.0) -> bytes:
    """The picture as PNG, ``zoom`` times ``width`` pixels wide."""
    return to_png(KINDS[picture["kind"]].paint(picture, words(language), width), zoom)


def as_text(picture: Description, language: str | None = None) -> str:
    """The picture in words, for those who do not see it and for channels that show none."""
    return KINDS[picture["kind"]].describe(picture, words(language))


def card(picture: Description, language: str | None = None) -> dict[str, Any]:
    """What a page needs: the drawings, the words that stand for them, and the table behind them."""
    kind, said = KINDS[picture["kind"]], words(language)
    return {
        "card": "picture",
        "kind": picture["kind"],
        "title": said[picture["kind"]]["title"],
        "alt": kind.describe(picture, said),
        "drawings": {"narrow": tree(picture, NARROW, language), "wide": tree(picture, WIDE, language)},
        "table": {
            "label": said["table"],
            "columns": list(said[picture["kind"]]["columns"]),
            "rows": kind.tabulate(picture, said),
        },
    }


def drawn(picture: Description) -> dict[str, Any] | None:
    """As :func:`card`, in the language that the picture names; None where it cannot be drawn: the sentences stand."""
    try:
        return card(picture, picture.get("language"))
    except Exception as error:  # noqa: BLE001 (whatever it is: an answer is never lost for its picture)
        logger.error("a picture failed: %s", type(error).__name__)  # noqa: TRY400 (the error may quote a result)
        return None
