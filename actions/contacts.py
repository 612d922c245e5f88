"""Whom to call, where the clinic has set it in ``clinic.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from actions.saying import Say
from hepb.clinic import clinic


def contact(kind: str, section: str) -> Iterator[Say]:
    """The contact of ``kind`` (``clinic``, ``emergency``, ``crisis_line``); nothing where none is set."""
    found = clinic().contacts.get(kind)
    if found:
        values = {"contact": found.name, "telephone": found.telephone, "hours": found.hours or ""}
        yield Say(f"utter_contact_{kind}{'_hours' if found.hours else ''}", section, values)
