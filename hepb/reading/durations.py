"""How long ago still counts, from ``knowledge/durations.yaml``, which says what each means and where it comes from."""

from __future__ import annotations

from datetime import date
from functools import cache

from hepb.assays import assays
from hepb.reading.calendar import before
from hepb.yaml_files import check_knowledge, read_knowledge

_FILE = "durations.yaml"


@cache
def duration(name: str) -> tuple[int, str]:
    """Number and unit (``month`` or ``week``) of a duration. Raises :class:`hepb.errors.KnowledgeError`."""
    data = read_knowledge(_FILE)
    check_knowledge(data, _FILE, "durations", read_knowledge("sources.yaml"))
    return data[name]["value"], data[name]["unit"].removesuffix("s")


def chronic_from(as_of: date) -> date:
    """The day since which an infection is called chronic."""
    return before(as_of, assays().chronic_after_months, "month")


def first_day(name: str, as_of: date) -> date:
    """The earliest day that still counts on the day ``as_of``."""
    return before(as_of, *duration(name))
