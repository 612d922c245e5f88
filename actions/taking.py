"""Taking in messages: what each one does to the record and to the state of the conversation.

Pure functions. A message is, in this order: a button, findings, a bare answer to the open question ("96"),
a bare value that corrects the last one ("no, 58"), a reply to it (yes, no, I don't know), or none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.buttons import resolved
from actions.dialogue import SELF, Dialogue
from actions.hearing import Heard
from actions.memory import (
    Record,
    is_outdated,
    is_usable,
    lacks_sign,
    lacks_unit,
    read_bare,
    read_correction,
    read_newest,
    take_finding,
    with_absent,
    with_condition,
    with_item,
    with_others,
    with_sign,
    without,
)
from actions.questions import ASK
from actions.words import week_of
from hepb.criteria import CHOICES
from hepb.questions import catalogue
from hepb.record import COINFECTIONS, CONDITIONS, MARKERS

DOUBT = "doubt"
WHOSE = "whose"
NO_SIGN = "no_sign"
"""The doubt about a number of a serology test: whether the report calls it positive or negative."""
_SIGN_ITEMS = frozenset({"HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM"})
_YES_NO_ITEMS = frozenset({"alt_cause_excluded", "dna_test_unavailable"})


@dataclass(frozen=True, slots=True)
class Progress:
    """Record and dialogue after some messages, and what happened on the way.

    ``taken``: names newly known or changed. ``refused``: markers whose value cannot be used.
    ``settled``: the open question found its answer. ``unclear``: the reply did not settle it.
    ``denied``: a doubtful value that was not confirmed. ``doubted``: a value is to be confirmed.
    ``switched``: the results of another person came up. ``closed``: a button belonged to a question that is no longer
    open. ``today``: the day that durations count back from.
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


def take_in(progress: Progress, messages: Iterable[Heard]) -> Progress:
    """Everything the messages say, oldest first."""
    for message in messages:
        progress = _take_one(progress, message)
        signs = _merged(progress.dialogue.signs, message.signs)
        heard = {"heard_until": message.timestamp, "heard_last": message.message_id, "signs": signs}
        progress = replace(progress, dialogue=replace(progress.dialogue, **heard))
    return progress


def _take_one(progress: Progress, message: Heard) -> Progress:
    if message.choice is not None:
        return _take_choice(progress, message.choice)
    if message.findings:
        return _take_findings(progress, message.findings)
    after = _take_bare(progress, message.text)
    if after is progress and progress.dialogue.pending and message.intent in {"affirm", "deny", "dont_know"}:
        return _take_reply(progress, message.intent)
    return after


def _take_bare(progress: Progress, text: str) -> Progress:
    """A value and nothing else: the answer to the open question, a correction, or a unit that was missing."""
    for item in progress.dialogue.items:
        if finding := read_newest(progress.record, item, text) or read_bare(item, text):
            return _settled(_take_told(progress, finding))
    doubted = progress.dialogue.doubts[0]["name"] if progress.dialogue.pending == DOUBT else ""
    word = text.strip().strip(".!").lower()
    if word in CHOICES.get(doubted, ()):  # the kind of cirrhosis, in the field's own word
        return _settled(_take(progress, {"name": doubted, "value": word}))
    if correction := read_correction(progress.record, progress.dialogue.last_marker, text):
        return _take_told(progress, correction)
    if progress.record.get("conditions", {}).get("pregnant") and (week := week_of(text)):
        return _take(progress, {"name": "pregnancy_week", "value": week})
    if (unit := read_bare("HBV_DNA_unit", text)) and lacks_unit(progress.record):
        return _take(progress, unit)
    return progress


def _take(progress: Progress, finding: Mapping[str, Any], *, beside: bool = False) -> Progress:
    name = finding["name"]
    if finding.get("date") == progress.today.isoformat():
        finding = {**finding, "date": None}  # a result without a date counts as of today
    for doubt in progress.dialogue.doubts:
        if (doubt["name"], doubt["doubt"]) == (name, NO_SIGN):
            finding = with_sign(doubt, finding)
    if name in MARKERS or name in CONDITIONS or name in COINFECTIONS or name in {"age", "sex"}:
        change = take_finding(progress.record, finding, beside=beside)
    else:
        change = with_item(progress.record, name, finding.get("value"))
    doubts = tuple(doubt for doubt in progress.dialogue.doubts if doubt["name"] not in change.taken)
    progress = replace(
        progress,
        record=change.record,
        dialogue=replace(
            progress.dialogue,
            doubts=doubts,
            pending="" if progress.dialogue.pending == DOUBT and not doubts else progress.dialogue.pending,
            last_marker=name if name in MARKERS and change.taken else progress.dialogue.last_marker,
        ),
        taken=_merged(progress.taken, change.taken),
        refused=_merged(progress.refused, change.refused),
    )
    if name in change.taken and lacks_sign(finding):
        return _doubted(progress, {**finding, "doubt": NO_SIGN})
    return _ruled_out(progress, name) if name in COINFECTIONS and finding.get("value") is False else progress


def _ruled_out(progress: Progress, name: str) -> Progress:
    """Three co-infections denied one by one are the same as "none of them"."""
    denied = _merged(progress.dialogue.ruled_out, (name,))
    record = progress.record
    if set(denied) == set(COINFECTIONS) and without(record, ("coinfection",)):
        record = with_condition(record, "coinfection", [])
    return replace(progress, record=record, dialogue=replace(progress.dialogue, ruled_out=denied))


def _take_findings(progress: Progress, findings: tuple[dict[str, Any], ...]) -> Progress:
    owner = _owner(findings, progress.dialogue.person)
    people = {owner, SELF}
    if owner == SELF != progress.dialogue.person:
        if not any(f["name"] in progress.dialogue.items for f in findings):
            return _asking_whose(progress, findings)
        people = {SELF}
    elif owner != progress.dialogue.person:
        progress = _switched(progress, owner)
    others = with_others(progress.dialogue.others, findings, people | {progress.dialogue.person})
    progress = replace(progress, dialogue=replace(progress.dialogue, others=others))
    answered, placed = False, set[str]()
    for finding in findings:
        if finding.get("person", SELF) not in people or is_outdated(finding, findings):
            continue
        name = finding["name"]
        progress = _take_told(progress, finding, beside=bool(finding.get("sequence")) and name in placed)
        if not finding.get("doubt"):
            placed.add(name)
            answered = answered or name in progress.dialogue.items
    open_unit = "HBV_DNA_unit" in progress.dialogue.items and "HBV_DNA" in progress.taken
    return _settled(progress) if answered or open_unit else progress


def _take_told(progress: Progress, finding: dict[str, Any], *, beside: bool = False) -> Progress:
    """Take one finding in; what is doubtful waits, but of a condition only its kind is in doubt: it counts at once."""
    if finding.get("doubt") and finding["name"] not in CONDITIONS:
        return _doubted(progress, finding)
    progress = _take(progress, finding, beside=beside)
    return _doubted(progress, finding) if finding.get("doubt") else progress


def _owner(findings: tuple[dict[str, Any], ...], otherwise: str) -> str:
    """Whom the results belong to."""
    return next((f["person"] for f in findings if f.get("current") and f["kind"] != "condition"), otherwise)


def _doubted(progress: Progress, finding: dict[str, Any]) -> Progress:
    doubts = tuple(doubt for doubt in progress.dialogue.doubts if doubt["name"] != finding["name"])
    return _with_doubts(progress, doubts, (finding,))


def _with_doubts(progress: Progress, kept: tuple[dict[str, Any], ...], new: tuple[dict[str, Any], ...]) -> Progress:
    """``new`` doubts behind the ``kept`` ones, each with a number of its own, so that its buttons fit no other."""
    count = progress.dialogue.doubt_count
    numbered = tuple({**finding, "number": number} for number, finding in enumerate(new, count + 1))
    dialogue = replace(progress.dialogue, doubts=(*kept, *numbered), doubt_count=count + len(new))
    return replace(progress, doubted=True, dialogue=dialogue)


def _asking_whose(progress: Progress, findings: tuple[dict[str, Any], ...]) -> Progress:
    own = [finding for finding in findings if finding.get("person", SELF) == SELF]
    doubts = tuple({**finding, "doubt": WHOSE, "next_doubt": finding.get("doubt")} for finding in own)
    return _with_doubts(progress, progress.dialogue.doubts, doubts)


def _switched(progress: Progress, person: str) -> Progress:
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


def _settled(progress: Progress) -> Progress:
    """The open question is answered."""
    dialogue = replace(progress.dialogue, pending="", items=(), offered=(), kind="")
    return replace(progress, settled=True, dialogue=dialogue)


def _take_reply(progress: Progress, intent: str) -> Progress:
    dialogue = progress.dialogue
    if dialogue.pending == DOUBT and (dialogue.doubts[0]["doubt"] != NO_SIGN or intent == "dont_know"):
        return _take_confirmation(progress, yes=intent == "affirm")
    if intent == "dont_know":
        return _settled(progress)
    if dialogue.kind == "choice" and dialogue.items[0] in _SIGN_ITEMS and dialogue.pending != DOUBT:
        sign = "positive" if intent == "affirm" else "negative"
        return _settled(_take(progress, {"name": dialogue.items[0], "interpretation": sign}))
    if dialogue.kind == "choice" and dialogue.items[0] in _YES_NO_ITEMS:
        return _settled(_take(progress, {"name": dialogue.items[0], "value": intent == "affirm"}))
    if intent == "deny":
        return _settled(_absent(progress, dialogue.items if dialogue.kind == "checklist" else ()))
    return replace(progress, unclear=True)


def _take_confirmation(progress: Progress, *, yes: bool) -> Progress:
    first, *rest = progress.dialogue.doubts
    progress = _settled(replace(progress, dialogue=replace(progress.dialogue, doubts=tuple(rest))))
    if first["doubt"] == WHOSE:
        return _whose(progress, first, mine=yes)
    if first["doubt"] == NO_SIGN:  # not known: the question for the same test would ask once more
        asked = (question.id for question in catalogue() if question.items == (first["name"],))
        return replace(progress, dialogue=replace(progress.dialogue, asked=(*progress.dialogue.asked, *asked)))
    if not yes:
        return replace(progress, denied=first["name"])
    return _take(progress, {**first, "doubt": None})


def _whose(progress: Progress, first: Mapping[str, Any], *, mine: bool) -> Progress:
    """The findings in doubt of their owner go to the record of the one who was named."""
    waiting = (first, *(doubt for doubt in progress.dialogue.doubts if doubt["doubt"] == WHOSE))
    rest = tuple(doubt for doubt in progress.dialogue.doubts if doubt["doubt"] != WHOSE)
    progress = replace(progress, dialogue=replace(progress.dialogue, doubts=rest))
    if mine:
        progress = _switched(progress, SELF)
    for finding in waiting:
        plain = {**finding, "doubt": finding.get("next_doubt")}
        progress = _doubted(progress, plain) if plain["doubt"] else _take(progress, plain)
    return progress


def _take_choice(progress: Progress, payload: Mapping[str, Any]) -> Progress:
    """A button. One of a question that is no longer open still sets its own item, and answers nothing else."""
    dialogue = progress.dialogue
    is_open = payload.get("question") == question_of_buttons(dialogue)
    items = resolved(payload, dialogue.items if is_open else (), progress.today)
    if not is_open and not {"continue", ASK}.intersection(payload):
        progress = replace(progress, closed=True)
    elif "confirm" in payload or (dialogue.pending == DOUBT and "unknown" in payload):
        return _take_confirmation(progress, yes=bool(payload.get("confirm")))
    for item, value in items.items():
        progress = _take(progress, {"name": item, "interpretation" if item in _SIGN_ITEMS else "value": value})
    if not is_open:
        return progress
    if payload.get("none") or (items and dialogue.kind == "checklist"):
        progress = _absent(progress, dialogue.items)
    return _settled(progress)


def question_of_buttons(dialogue: Dialogue) -> str:
    """What the buttons of the open question carry, so that they fit no other: its id, for a doubt its number, or ""."""
    return f"{DOUBT}_{dialogue.doubts[0]['number']}" if dialogue.pending == DOUBT else dialogue.pending


def _absent(progress: Progress, items: tuple[str, ...]) -> Progress:
    """What is still unsaid of ``items`` is absent. It is no news to repeat: the patient has just said so."""
    record = with_absent(progress.record, items)
    return replace(progress, record=record) if is_usable(record) else progress


def _merged(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *(name for name in more if name not in names))
