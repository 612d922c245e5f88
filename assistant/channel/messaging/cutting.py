"""Long texts in parts that a platform takes, cut where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Callable

# From the best place to the worst: between paragraphs, lines, sentences, clauses, words.
PAUSES = (r"\n\n", r"\n", r"(?<=[.!?。！？])\s+", r"(?<=[,;:，；：])\s+", r"\s+")


def utf16_length(text: str) -> int:
    """Length as platforms count that keep texts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def utf8_length(text: str) -> int:
    """Length as platforms count that keep texts in UTF-8 and count bytes."""
    return len(text.encode())


def cut(text: str, longest: int, measure: Callable[[str], int] = len) -> list[str]:
    """Return the text in parts of at most ``longest`` as ``measure`` counts; every word is in one of them, in order."""
    parts: list[str] = []
    rest = text.strip()
    while rest and measure(rest) > longest:
        end = _end(rest, longest, measure)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest else parts


def _end(text: str, longest: int, measure: Callable[[str], int]) -> int:
    """Return how many characters the first part has: up to the last best pause in its second half, or to the limit."""
    fits = _fitting(text, longest, measure)
    for pause in PAUSES:
        places = [match.start() for match in re.finditer(pause, text[: fits + 2]) if fits / 2 < match.start() <= fits]
        if places:
            return places[-1]
    return fits


def _fitting(text: str, longest: int, measure: Callable[[str], int]) -> int:
    """Return the largest number of characters from the start that fit; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= longest else (low, middle - 1)
    return low
