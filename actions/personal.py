"""After the general answer to a question: what holds for this patient, once their results have been answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions.fibrosis import fibrosis
from actions.next_steps import surveillance
from actions.saying import Say
from actions.taking import Progress
from actions.turn import assessed
from hepb.loader import knowledge

SCARRING = "ask_what_is_fibroscan"
CANCER = "ask_cancer_risk"


def personal(intents: Iterable[str], progress: Progress) -> Iterator[Say]:
    """The patient's own scores and scan, or who advises them to look for liver cancer; nothing beside an alarm."""
    asked = {SCARRING, CANCER}.intersection(intents)
    if not asked or not progress.dialogue.answered:
        return
    core, result = assessed(progress)
    if result.alarms:
        return
    if SCARRING in asked:
        yield from fibrosis(core, result, knowledge())
    if CANCER in asked:
        yield from surveillance(result, knowledge())
