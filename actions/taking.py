"""Taking in messages: what each one does to the record and to the state of the conversation.

Pure functions. A message is, in this order: a button, findings, a bare answer to the open question ("96"),
a bare value that corrects the last one ("no, 58"), a reply to it (yes, no, I don't know), or none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.buttons import resolved
from actions.dialogue import SELF, Dialogue
from actions.hearing import Heard
from actions.memory import (
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
from actions.progress import (
    DOUBT,
    NO_SIGN,
    OTHER_POINT,
    WHEN_OPEN,
    WHEN_TAKEN,
    WHOSE,
    Progress,
    asking_whose,
    doubted,
    merged,
    settled,
    switched,
)
from actions.questions import ASK
from actions.treated import all_from_before, asking_when, is_from_before, of_today, set_aside, with_earlier
from actions.typed_buttons import typed
from actions.words import is_unknown, taken_during, week_of, without_correction
from hepb.criteria import CHOICES
from hepb.questions import catalogue
from hepb.record import COINFECTIONS, CONDITIONS, MARKERS
from hepb.thousands import POINT, with_decimals

_SIGN_ITEMS = frozenset({"HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM"})
_DECOMPENSATING = frozenset({"swelling", "vomiting_blood", "blood_in_stool", "confusion", "jaundice"})
_YES_NO_ITEMS = frozenset({"alt_cause_excluded", "dna_test_unavailable"})


def take_in(progress: Progress, messages: Iterable[Heard]) -> Progress:
    """Everything the messages say, oldest first."""
    for message in messages:
        progress = _take_sign(_take_one(progress, message), message)
        signs = merged(progress.dialogue.signs, message.signs)
        heard = {"heard_until": message.timestamp, "heard_last": message.message_id, "signs": signs}
        progress = replace(progress, dialogue=replace(progress.dialogue, **heard))
    return asking_when(progress)


def _take_sign(progress: Progress, message: Heard) -> Progress:
    """A sign (NICE13, WHO17) told while it is asked if a cirrhosis still copes: "there is fluid in my belly"."""
    doubt = progress.dialogue.doubts[0] if progress.dialogue.pending == DOUBT and progress.dialogue.doubts else {}
    if doubt.get("name") != "cirrhosis" or not _DECOMPENSATING.intersection(message.signs):
        return progress
    return settled(_take(progress, {"name": "cirrhosis", "value": "decompensated"}))


def _take_one(progress: Progress, message: Heard) -> Progress:
    if message.choice is not None:
        return _take_choice(progress, message.choice)
    if message.findings:
        return _take_findings(progress, message.findings)
    after = _take_bare(progress, message.text)
    if after is not progress or not progress.dialogue.pending:
        return after
    if message.intent in {"affirm", "deny", "dont_know"}:
        return _take_reply(progress, message.intent)
    return _take_reply(progress, "dont_know") if is_unknown(message.text) else after


def _take_bare(progress: Progress, text: str) -> Progress:
    """A value and nothing else: the answer to the open question, a correction, or a unit that was missing."""
    for item in progress.dialogue.items:
        if finding := read_newest(progress.record, item, text) or read_bare(item, text):
            return settled(_take_told(progress, finding))
    if (after := _take_for_doubt(progress, text)) is not progress:
        return after
    if correction := read_correction(progress.record, progress.dialogue.last_marker, text):
        return _take_told(progress, correction)
    if progress.record.get("conditions", {}).get("pregnant") and (week := week_of(text)):
        return _take(progress, {"name": "pregnancy_week", "value": week})
    if (unit := read_bare("HBV_DNA_unit", text)) and lacks_unit(progress.record):
        return _take(progress, unit)
    return progress


def _take_for_doubt(progress: Progress, text: str) -> Progress:
    """A value or a word in the place of what is to be confirmed."""
    if finding := _in_place_of_doubt(progress.dialogue, text):
        doubts = progress.dialogue.doubts[1:]
        return settled(_take_told(replace(progress, dialogue=replace(progress.dialogue, doubts=doubts)), finding))
    first = progress.dialogue.doubts[0] if progress.dialogue.pending == DOUBT else {"name": "", "doubt": ""}
    if first["doubt"] == WHEN_TAKEN and (during := taken_during(text)) is not None:
        return _take_confirmation(progress, yes=during)
    waiting = first["name"]
    word = text.strip().strip(".!").lower()
    if word in CHOICES.get(waiting, ()):  # the kind of cirrhosis, in the field's own word
        return settled(_take(progress, {"name": waiting, "value": word}))
    for name, value in (typed(f"utter_confirm_{waiting}", text) or {}).items():
        return settled(_take(progress, {"name": name, "value": value}))
    return progress


def _in_place_of_doubt(dialogue: Dialogue, text: str) -> dict[str, Any] | None:
    """The value that is typed, alone or behind a "no", where another value of the test is to be confirmed."""
    doubt = dialogue.doubts[0] if dialogue.pending == DOUBT else {"name": "", "doubt": WHOSE}
    if doubt["name"] not in MARKERS or doubt["doubt"] in {WHOSE, NO_SIGN, WHEN_TAKEN}:
        return None
    finding = read_bare(doubt["name"], without_correction(text) or text)
    if finding is None:
        return None
    return {"date": doubt.get("date"), **finding, "unit": finding["unit"] or doubt.get("unit")}


def _take(progress: Progress, finding: Mapping[str, Any], *, beside: bool = False) -> Progress:
    name = finding["name"]
    if finding.get("date") == progress.today.isoformat():
        finding = {**finding, "date": None}  # a result without a date counts as of today
        progress = of_today(progress, name)
    for doubt in progress.dialogue.doubts:
        if (doubt["name"], doubt["doubt"]) == (name, NO_SIGN):
            finding = with_sign(doubt, finding)
    if name in MARKERS or name in CONDITIONS or name in COINFECTIONS or name in {"age", "sex"}:
        change = take_finding(progress.record, finding, beside=beside)
    else:
        change = with_item(progress.record, name, finding.get("value"))
    record, dialogue = with_earlier(change.record, progress.dialogue, name)
    doubts = tuple(doubt for doubt in progress.dialogue.doubts if doubt["name"] not in change.taken)
    progress = replace(
        progress,
        record=record,
        dialogue=replace(
            dialogue,
            doubts=doubts,
            pending="" if progress.dialogue.pending == DOUBT and not doubts else progress.dialogue.pending,
            last_marker=name if name in MARKERS and change.taken else progress.dialogue.last_marker,
        ),
        taken=merged(progress.taken, change.taken),
        refused=merged(progress.refused, change.refused),
    )
    if name in change.taken and lacks_sign(finding):
        return doubted(progress, {**finding, "doubt": NO_SIGN})
    return _ruled_out(progress, name) if name in COINFECTIONS and finding.get("value") is False else progress


def _ruled_out(progress: Progress, name: str) -> Progress:
    """Three co-infections denied one by one are the same as "none of them"."""
    denied = merged(progress.dialogue.ruled_out, (name,))
    record = progress.record
    if set(denied) == set(COINFECTIONS) and without(record, ("coinfection",)):
        record = with_condition(record, "coinfection", [])
    return replace(progress, record=record, dialogue=replace(progress.dialogue, ruled_out=denied))


def _take_findings(progress: Progress, findings: tuple[dict[str, Any], ...]) -> Progress:
    person, owner = progress.dialogue.person, _owner(findings, progress.dialogue.person)
    if person != SELF and not any(finding.get("person", SELF) != SELF for finding in findings):
        answers = any(finding["name"] in progress.dialogue.items for finding in findings)
        if any(finding.get("own") for finding in findings) or (owner == SELF and not answers):
            return asking_whose(progress, findings)
        findings = tuple({**finding, "person": person} for finding in findings)  # said of the one who is spoken of
        owner = person
    elif owner != person:
        progress = switched(progress, owner)
    others = with_others(progress.dialogue.others, findings, owner)
    progress = replace(progress, dialogue=replace(progress.dialogue, others=others))
    answered, placed = False, set[str]()
    for finding in findings:
        if finding.get("person", SELF) != owner or is_outdated(finding, findings):
            continue
        name = finding["name"]
        if is_from_before(finding, findings):
            progress = set_aside(progress, take_finding({}, finding).record.get("observations", ()))
            continue
        progress = _take_told(progress, finding, beside=bool(finding.get("sequence")) and name in placed)
        if not finding.get("doubt"):
            placed.add(name)
            answered = answered or name in progress.dialogue.items
    open_unit = "HBV_DNA_unit" in progress.dialogue.items and "HBV_DNA" in progress.taken
    return settled(progress) if answered or open_unit else progress


def _take_told(progress: Progress, finding: dict[str, Any], *, beside: bool = False) -> Progress:
    """Take one finding in; what is doubtful waits, but of a condition only its kind is in doubt: it counts at once."""
    if finding.get("doubt") and finding["name"] not in CONDITIONS:
        return doubted(progress, finding)
    progress = _take(progress, finding, beside=beside)
    return doubted(progress, finding) if finding.get("doubt") else progress


def _owner(findings: tuple[dict[str, Any], ...], otherwise: str) -> str:
    """Whom the results belong to."""
    return next((f["person"] for f in findings if f.get("current") and f["kind"] != "condition"), otherwise)


def _take_reply(progress: Progress, intent: str) -> Progress:
    dialogue = progress.dialogue
    if dialogue.pending == DOUBT and (dialogue.doubts[0]["doubt"] != NO_SIGN or intent == "dont_know"):
        first = dialogue.doubts[0]  # what is not known stays as it is, to be on the safe side
        stays = intent == "dont_know" and (first["name"] in CONDITIONS or first["doubt"] == WHEN_TAKEN)
        return _take_confirmation(progress, yes=intent == "affirm" or stays)
    if intent == "dont_know":
        return settled(replace(progress, given_up=dialogue.pending))
    if dialogue.kind == "choice" and dialogue.items[0] in _SIGN_ITEMS and dialogue.pending != DOUBT:
        sign = "positive" if intent == "affirm" else "negative"
        return settled(_take(progress, {"name": dialogue.items[0], "interpretation": sign}))
    if dialogue.kind == "choice" and dialogue.items[0] in _YES_NO_ITEMS:
        return settled(_take(progress, {"name": dialogue.items[0], "value": intent == "affirm"}))
    if intent == "deny":
        return settled(_absent(progress, dialogue.items if dialogue.kind == "checklist" else ()))
    return replace(progress, unclear=True)


def _take_confirmation(progress: Progress, *, yes: bool) -> Progress:
    first, *rest = progress.dialogue.doubts
    progress = settled(replace(progress, dialogue=replace(progress.dialogue, doubts=tuple(rest))))
    if first["doubt"] == WHOSE:
        return _whose(progress, first, mine=yes)
    about = {question.id for question in catalogue() if question.items == (first["name"],)}
    if first["doubt"] == NO_SIGN:  # not known: the question for the same test would ask once more
        return replace(progress, dialogue=replace(progress.dialogue, asked=(*progress.dialogue.asked, *about)))
    if first["doubt"] == WHEN_TAKEN:
        return progress if yes else all_from_before(progress)
    if not yes:
        return _deny(progress, first, about)
    return _take(progress, {**first, "doubt": None})


def _deny(progress: Progress, first: dict[str, Any], about: set[str]) -> Progress:
    """What is not confirmed: its other meaning where it has one, else the question for it may be asked again."""
    if first["doubt"] == POINT:  # then it can only be the other of its two meanings
        return doubted(progress, {**first, "value": with_decimals(first["value"]), "doubt": OTHER_POINT})
    if first["doubt"] == WHEN_OPEN:
        return _take(progress, {"name": first["name"], "value": False})
    asked = tuple(name for name in progress.dialogue.asked if name not in about)
    return replace(progress, denied=first["name"], dialogue=replace(progress.dialogue, asked=asked))


def _whose(progress: Progress, first: Mapping[str, Any], *, mine: bool) -> Progress:
    """The findings in doubt of their owner go to the record of the one who was named."""
    waiting = (first, *(doubt for doubt in progress.dialogue.doubts if doubt["doubt"] == WHOSE))
    rest = tuple(doubt for doubt in progress.dialogue.doubts if doubt["doubt"] != WHOSE)
    progress = replace(progress, dialogue=replace(progress.dialogue, doubts=rest))
    if mine:
        progress = switched(progress, SELF)
    for finding in waiting:
        plain = {**finding, "doubt": finding.get("next_doubt")}
        progress = doubted(progress, plain) if plain["doubt"] else _take(progress, plain)
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
    if payload.get("unknown"):
        progress = replace(progress, given_up=dialogue.pending)
    if payload.get("none") or (items and dialogue.kind == "checklist"):
        progress = _absent(progress, dialogue.items)
    return settled(progress)


def question_of_buttons(dialogue: Dialogue) -> str:
    """What the buttons of the open question carry, so that they fit no other: its id, for a doubt its number, or ""."""
    return f"{DOUBT}_{dialogue.doubts[0]['number']}" if dialogue.pending == DOUBT else dialogue.pending


def _absent(progress: Progress, items: tuple[str, ...]) -> Progress:
    """What is still unsaid of ``items`` is absent. It is no news to repeat: the patient has just said so."""
    record = with_absent(progress.record, items)
    return replace(progress, record=record) if is_usable(record) else progress
