"""What the infection of somebody close means for the patient: a test, and the vaccine where nothing protects yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from actions.dialogue import CHILD, SELF
from actions.progress import Progress
from actions.saying import Say
from actions.serology import reading_of
from hepb.record import parse_record
from hepb.result import Result
from hepb.timeline import newest

ADVICE = "advice"
_FAR = frozenset({CHILD, "other", "friend", SELF})
"""Persons from whom nobody learns that they should be tested themselves: a child has it from its mother."""
_PROTECTED = frozenset({"vaccinated", "immune", "recovered", "infected", "chronic", "acute", "acute_or_flare"})
"""Readings of a panel of somebody who needs no vaccine, or for whom it comes too late."""


def for_the_writer(progress: Progress) -> Iterator[Say]:
    """When the results of somebody close come up and show the virus: what the writer asks for, once."""
    person, others = progress.dialogue.person, progress.dialogue.others
    is_near = progress.switched and person not in _FAR and _has_virus(progress.record, progress.today)
    if is_near and not _sign(others.get(SELF, {}), progress.today):
        yield Say("utter_close_for_yourself", "notice")


def beside_own_results(progress: Progress, result: Result) -> Iterator[Say]:
    """With a negative HBsAg of one's own, while somebody close has the virus: the vaccine, unless one is protected."""
    near = (record for person, record in progress.dialogue.others.items() if person not in _FAR)
    if progress.dialogue.person != SELF or not any(_has_virus(record, progress.today) for record in near):
        return
    if _sign(progress.record, progress.today) == "negative" and reading_of(result) not in _PROTECTED:
        pregnant = progress.record.get("conditions", {}).get("pregnant")
        yield Say("utter_close_vaccine_pregnant" if pregnant else "utter_close_vaccine", ADVICE)


def behind_advice(final: Iterable[Say], more: Iterable[Say]) -> tuple[Say, ...]:
    """The final answer with ``more`` behind its advice."""
    says = tuple(final)
    place = max((place for place, say in enumerate(says, 1) if say.section == ADVICE), default=0)
    return (*says[:place], *more, *says[place:])


def _has_virus(record: Mapping[str, Any], today: date) -> bool:
    return _sign(record, today) == "positive"


def _sign(record: Mapping[str, Any], today: date) -> str:
    """The sign of the newest HBsAg, empty where there is none or it is not clear."""
    core = parse_record(dict(record), today)
    found = newest((item for item in core.observations if item.marker == "HBsAg"), core.as_of)
    signs = found[-1].reading.signs if found else None
    return next(iter(signs)) if signs and len(signs) == 1 else ""
