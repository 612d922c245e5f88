"""The way in: from the bytes of a file to the values that stand on it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean
from typing import Any

from assistant.slips import limits, process
from assistant.slips.columns import rows_of
from assistant.slips.days import SampleDay, sample_days
from assistant.slips.lines import Word, lines_of, words_of_pdf, words_of_picture
from assistant.slips.records import days_of_record, values_of_record
from assistant.slips.values import Value, values_of
from hepb.errors import SlipError

_KINDS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"\xff\xd8\xff", "picture"))
_RESOURCE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
"""How a FHIR resource as JSON begins."""
_CLEAR_FROM = 75
"""Mean certainty of recognition (of 100) under which a picture is called unclear: see docs/slips.md."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was read. ``days``: those of :attr:`Value.written`, in the order in which they are met.

    ``is_picture``: letters were recognised, so each may be wrong.
    """

    values: tuple[Value, ...]
    days: tuple[SampleDay, ...]
    is_picture: bool


class SlipReader:
    """Reads files, few at a time. Make one in each event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(limits.AT_ONCE)
        self._waiting = 0

    async def read(self, content: bytes, today: date) -> Slip:
        """The values on a slip. Raises :class:`SlipError`."""
        if len(content) > limits.LARGEST_FILE:
            raise SlipError("P001", limit=limits.LARGEST_FILE)
        kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), None)
        kind = "fhir" if _RESOURCE.match(content) else kind
        if kind is None:
            raise SlipError("P002")
        if self._waiting >= limits.LONGEST_QUEUE:
            raise SlipError("P011")
        self._waiting += 1
        try:
            async with self._turn:
                if kind == "fhir":
                    return _told(json.loads(await process.read_record(content)))
                words = await _words(kind, content)
        finally:
            self._waiting -= 1
        return await asyncio.to_thread(_understood, words, today)


async def _words(kind: str, content: bytes) -> list[Word]:
    if kind == "pdf":
        words = words_of_pdf(await process.read_words(content))
        if words:
            return words
        kind = "render"  # a scan: pages without letters
    if process.tesseract() is None:
        raise SlipError("P009")
    picture = await process.read_picture(kind, content)
    words = words_of_picture(await process.recognise(picture))
    if not _is_clear(words) and (turns := await process.lacking_turns(picture)):
        words = words_of_picture(await process.recognise(await process.read_picture(kind, content, turns)))
    if words and not _is_clear(words):
        raise SlipError("P012")
    return words


def _is_clear(words: Sequence[Word]) -> bool:
    return bool(words) and mean(word.sure for word in words) >= _CLEAR_FROM


def _told(record: Mapping[str, Any]) -> Slip:
    values = values_of_record(record)
    if not values:
        raise SlipError("P010")
    return Slip(values, days_of_record(values), is_picture=False)


def _understood(words: Sequence[Word], today: date) -> Slip:
    rows = list(rows_of(lines_of(words)))
    values = values_of(rows)
    if not values:
        raise SlipError("P010")
    days = sample_days(rows, (value.written for value in values if value.written is not None), today)
    return Slip(values, days, is_picture=any(word.row for word in words))
