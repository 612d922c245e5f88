"""How far a conversation has come, and the steps of it that know of no message: doubts, persons, settled questions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.dialogue import SELF, Dialogue
from actions.memory import Record

DOUBT = "doubt"
WHOSE = "whose"
NO_SIGN = "no_sign"
"""The doubt about a number of a serology test: whether the report calls it positive or negative."""
OTHER_POINT = "other_point"
"""The doubt about a number with a point whose first meaning was not confirmed."""
WHEN_TAKEN = "when_taken"
"""The doubt whether the viral load of somebody on treatment was found before it or since."""
WHEN_OPEN = "when_open"
"""The doubt about a treatment that is over: whether it ended so lately that it still counts."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Record and dialogue after some messages, and what happened on the way.

    ``taken``: names newly known or changed. ``refused``: markers whose value cannot be used.
    ``settled``: the open question found its answer. ``unclear``: the reply did not settle it.
    ``kept_from_before``: results from before treatment were put aside.
    ``denied``: a doubtful value that was not confirmed. ``doubted``: a value is to be confirmed.
    ``switched``: the results of another person came up. ``closed``: a button belonged to a question that is no longer
    open. ``given_up``: the question that the patient could not answer. ``today``: the day that durations count
    back from.
    """

    record: Record
    dialogue: Dialogue
    today: date
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    settled: bool = False
    unclear: bool = False
    denied: str = ""
    switched: bool = False
    doubted: bool = False
    closed: bool = False
    given_up: str = ""
    kept_from_before: bool = False


def doubted(progress: Progress, finding: dict[str, Any]) -> Progress:
    """A finding waits to be confirmed, in the place of what waited of the same name."""
    doubts = tuple(doubt for doubt in progress.dialogue.doubts if doubt["name"] != finding["name"])
    return with_doubts(progress, doubts, (finding,))


def with_doubts(progress: Progress, kept: tuple[dict[str, Any], ...], new: tuple[dict[str, Any], ...]) -> Progress:
    """``new`` doubts behind the ``kept`` ones, each with a number of its own, so that its buttons fit no other."""
    count = progress.dialogue.doubt_count
    numbered = tuple({**finding, "number": number} for number, finding in enumerate(new, count + 1))
    dialogue = replace(progress.dialogue, doubts=(*kept, *numbered), doubt_count=count + len(new))
    return replace(progress, doubted=True, dialogue=dialogue)


def asking_whose(progress: Progress, findings: tuple[dict[str, Any], ...]) -> Progress:
    """What nobody is named for waits until the patient has said whose it is."""
    own = [finding for finding in findings if finding.get("person", SELF) == SELF]
    doubts = tuple({**finding, "doubt": WHOSE, "next_doubt": finding.get("doubt")} for finding in own)
    return with_doubts(progress, progress.dialogue.doubts, doubts)


def switched(progress: Progress, person: str) -> Progress:
    """Put the record away and go on with that of another person. The open question belonged to the first."""
    dialogue = progress.dialogue
    others = {**dialogue.others, dialogue.person: progress.record}
    record = others.pop(person, {})
    dialogue = Dialogue(
        person=person,
        others=others,
        doubt_count=dialogue.doubt_count,
        signs=dialogue.signs,
        heard_until=dialogue.heard_until,
    )
    return replace(progress, record=record, dialogue=dialogue, taken=(), refused=(), switched=True)


def settled(progress: Progress) -> Progress:
    """The open question is answered."""
    dialogue = replace(progress.dialogue, pending="", items=(), offered=(), kind="")
    return replace(progress, settled=True, dialogue=dialogue)


def merged(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The names and those of the further ones that are new."""
    return (*names, *(name for name in more if name not in names))
