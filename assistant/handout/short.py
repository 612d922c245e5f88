"""The hand-out in a few lines, small enough for a QR code that holds the text itself: nothing needs to stay here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from actions.dialogue import SELF, Dialogue
from actions.understood import rows
from assistant.handout.content import make_sheet
from assistant.handout.sheet import Sheet
from assistant.handout.speaking import Speaker
from hepb.record import MARKERS, Record, parse_record

MOST_BYTES = 600
"""Of the text as UTF-8: a QR code of more is hard to read from a screen."""
FIRST = ("HBsAg", "HBeAg", "HBV_DNA", "ALT")
"""Results that are told before all others."""
_LATEST = "9999"


def make_short(record: Mapping[str, Any], dialogue: Dialogue, speaker: Speaker, today: date) -> str:
    """The summary of a stored ``record`` (contract form) on the day ``today``, at most :data:`MOST_BYTES` bytes.

    What does not fit is left out, the least decisive first, and the text says so.
    """
    sheet = make_sheet(record, dialogue, speaker, today)
    core = parse_record(dict(record), today)
    head, foot = _head(sheet, dialogue, speaker, today), speaker.named("utter_handout_short_footer")
    more = speaker.named("utter_handout_short_more")
    kept: list[str] = []
    parts = [*_answer(sheet), *_results(core, speaker), *(_sentences(sheet, "person"))]
    for part in parts:
        if _size(head, *kept, part, more, foot) <= MOST_BYTES:
            kept.append(part)
    left_out = (more,) if len(kept) < len(parts) else ()
    return "\n".join((head, *kept, *left_out, foot))


def _size(*parts: str) -> int:
    return len("\n".join(parts).encode())


def _head(sheet: Sheet, dialogue: Dialogue, speaker: Speaker, today: date) -> str:
    lines = [speaker.named("utter_handout_short_title", when=today.isoformat())]
    if dialogue.person != SELF:
        lines.append(speaker.named("utter_handout_short_somebody_else"))
    if urgent := sheet.part("urgent"):
        lines.append(urgent.heading.upper())
    return "\n".join(lines)


def _answer(sheet: Sheet) -> Iterator[str]:
    """The phase in its first sentence; then per answer its guidelines, and what a mark behind one means."""
    for sentence in _sentences(sheet, "phase")[:1]:
        yield sentence.partition(". ")[0].removesuffix(".") + "."
    if guidelines := sheet.part("guidelines"):
        said = sorted(guidelines.rows, key=lambda row: row[1].rstrip(" *†"))
        lines = [
            f"{answer}: {', '.join(name + cell.removeprefix(answer) for name, cell in group)}"
            for answer, group in groupby(said, key=lambda row: row[1].rstrip(" *†"))
        ]
        yield "\n".join((f"{guidelines.heading}:", *lines, *guidelines.notes))


def _results(record: Record, speaker: Speaker) -> Iterator[str]:
    """A line for each result: the decisive tests first, of one test the newest first."""
    for marker in (*FIRST, *(marker for marker in MARKERS if marker not in FIRST)):
        found = [speaker.row(say) for say in rows(record, frozenset({marker}))]
        for label, value, when in sorted(found, key=lambda row: row[2] or _LATEST, reverse=True):
            yield f"{label.partition(' (')[0]}: {value}" + (f" ({when})" if when else "")


def _sentences(sheet: Sheet, name: str) -> tuple[str, ...]:
    part = sheet.part(name)
    return part.sentences if part else ()
