"""Pictures for platforms that show PNG, and the words for those that do not (:mod:`assistant.pictures`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from assistant.pictures.picture import as_text, png

logger = logging.getLogger(__name__)

WIDTH = 400.0
"""Pixels before zooming: upright telephones show it without shrinking its text."""

Draw = Callable[[Mapping[str, Any]], "bytes | None"]
"""From a picture (``docs/architecture.md``, *Pictures*) to a PNG file; None where it is told in words."""


def draw(picture: Mapping[str, Any]) -> bytes | None:
    """Return the picture as PNG, None where it cannot be drawn: its words are said in any case."""
    try:
        return png(picture, WIDTH, picture.get("language"))
    except Exception as error:  # noqa: BLE001 - whatever it is: an answer is never lost for its picture
        logger.error("a picture failed: %s", type(error).__name__)  # noqa: TRY400 - the error may quote a result
        return None


def draw_nothing(picture: Mapping[str, Any]) -> bytes | None:  # noqa: ARG001 - the shape of `draw`
    """Draw nothing, for a platform that takes no picture from us."""
    return None


def told(picture: Mapping[str, Any]) -> str:
    """Return what a picture shows in words, empty where that fails: the sentences of the answer stand."""
    try:
        return as_text(picture, picture.get("language"))
    except Exception as error:  # noqa: BLE001 - as above
        logger.error("a picture failed: %s", type(error).__name__)  # noqa: TRY400 - as above
        return ""
