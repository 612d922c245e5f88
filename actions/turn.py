"""One turn: from what was taken in to what is said, and to the state after it. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from math import inf

from actions import answer, printing
from actions.advice import EXPOSED, gate_name
from actions.alarm import alarms as alarm_sentences
from actions.alarm import beside_alarm, stirs
from actions.close import behind_advice, beside_own_results, for_the_writer
from actions.contacts import contact
from actions.course import flare, is_flaring
from actions.dialogue import CHILD, SELF, Dialogue
from actions.fibrosis import scores
from actions.meaning import LEADING, meaning
from actions.memory import Record
from actions.order import DATES, ask_which
from actions.progress import DOUBT, NO_SIGN, WHEN_TAKEN, WHOSE, Progress
from actions.saying import Say
from actions.situations import SECTION, at_once, in_place_of, situations, told, urged
from actions.taking import question_of_buttons
from actions.understood import LOG, rows, said, shown, shown_level
from actions.unjudged import far_off, is_unusual, unusual
from actions.words import test_name
from hepb.assays import assays
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.questions import Question, catalogue, next_question
from hepb.record import CONDITIONS, parse_record
from hepb.record import Record as CoreRecord
from hepb.result import Result
from hepb.thousands import POINT
from hepb.timeline import newest

_BUTTONS_OF = {"coinfection": ("HIV", "HCV", "HDV")}
_OF_SCORES = frozenset({"AST", "platelets"})
"""Results that only scores use: who gives one wants to know the score, also while a question is open."""
_CONFIRM = {"implausible": "utter_confirm_unusual", POINT: "utter_confirm_point"}
STIRRING = "stirring"
"""Stands among the situations in which hours count for a virus that stirs while immunity is damped."""
_NO_QUESTION_BESIDE_ALARM = ("alt_repeat",)
"""Questions that would make light of a result that needs care today."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said, and record and dialogue afterwards."""

    says: tuple[Say, ...]
    record: Record
    dialogue: Dialogue


def is_new(progress: Progress) -> bool:
    """Whether the messages changed anything that the next step depends on."""
    return (
        progress.settled
        or progress.unclear
        or progress.switched
        or progress.kept_from_before
        or bool(progress.taken or progress.refused or progress.denied or progress.doubted)
    )


def go_on(progress: Progress, before: tuple[Say, ...] = ()) -> Turn:
    """After something else was said: the next step when there is news, else the open question once more."""
    return step(progress, before) if is_new(progress) else resume(progress, before)


def step(progress: Progress, before: tuple[Say, ...] = (), *, answer_now: bool = False) -> Turn:
    """Alarms, what was understood, then the next question or the final answer."""
    core, result = assessed(progress)
    alarms, dialogue = new_alarms(core, result, progress.dialogue)
    pressing, dialogue = _pressing(core, result, dialogue, progress.taken)
    changed = _rows(core, frozenset(progress.taken))
    dialogue = _reopened(dialogue)
    urgent = bool(result.alarms) or is_flaring(result)
    asked = (*dialogue.asked, *_NO_QUESTION_BESIDE_ALARM) if urgent else dialogue.asked
    question = None if answer_now else _first_of_child(core, dialogue) or next_question(result, asked)
    if question and gate_name(result) == EXPOSED and question.items != ("HBsAg",):
        question = None
    is_final = question is None and (answer_now or not dialogue.doubts)
    heard = told(result) if is_final else dialogue.at_once
    answers = beside_alarm(in_place_of(before, result, knowledge(), heard, progress.taken), result)
    today = () if is_final else pressing  # the final answer has it in its own place
    says = (*_switched(progress), *alarms, *today, *answers, *_notices(progress))
    if alarms and not is_final:
        call = contact("emergency", "urgent")
        return Turn((*says, *call, *changed, Say("utter_after_urgent", "notice")), progress.record, dialogue)
    if dialogue.doubts and not is_final:
        dialogue = _pending_doubt(dialogue)
        return Turn((*says, *changed, _confirm(dialogue)), progress.record, dialogue)
    if question is None:
        final = behind_advice(answer.final_answer(core, result, knowledge()), beside_own_results(progress, result))
        final = tuple(say for say in final if not (is_unusual(say) and replace(say, section="answer") in says))
        denied = {f"utter_change_coinfection_{virus}" for virus in dialogue.ruled_out}
        final = tuple(say for say in final if say.response not in denied)
        dialogue = replace(dialogue, pending="", items=(), kind="", offered=(), answered=True)
        return Turn((*says, *_rows(core, None), *final), progress.record, dialogue)
    unclear = (Say("utter_which_one", "notice"),) if progress.unclear else ()
    if "ALT" in progress.taken and not result.alarms:
        changed = (*changed, *flare(core, result, knowledge()))
    if _OF_SCORES.intersection(progress.taken):
        changed = (*changed, *scores(result, knowledge()))
    new = [name for name in progress.taken if name == LEADING or not progress.settled]
    if not alarms and not pressing:
        changed = (*changed, *meaning(core, new, says, question, first=not dialogue.asked))
    return Turn((*says, *changed, *unclear, ask(core, question)), progress.record, _pending(dialogue, question))


def _first_of_child(core: CoreRecord, dialogue: Dialogue) -> Question | None:
    """The age comes before all else where a son or daughter may be a child or grown up."""
    if dialogue.person != CHILD or core.age is not None or "age" in dialogue.asked:
        return None
    return next(question for question in catalogue() if question.id == "age")


def resume(progress: Progress, before: tuple[Say, ...] = ()) -> Turn:
    """Take up the thread: the open question once more, if there is one."""
    dialogue = progress.dialogue
    if not dialogue.pending:
        return Turn(before, progress.record, dialogue)
    if dialogue.pending == DOUBT:
        again = _confirm(dialogue)
    else:
        core = parse_record(progress.record, progress.today)
        again = ask(core, Question(dialogue.pending, dialogue.kind, dialogue.items))
    back = (Say("utter_back_to_question", "question"),) if before else ()
    return Turn((*before, *back, again), progress.record, dialogue)


def pause(progress: Progress, before: tuple[Say, ...]) -> Turn:
    """After an urgent sign: alarms and what was understood, no question. A button takes up the thread.

    The last of ``before`` offers that button. Where no sign has a name, what a situation asks for within hours is said.
    """
    core, result = assessed(progress)
    alarms, dialogue = new_alarms(core, result, progress.dialogue)
    pressing: tuple[Say, ...] = ()
    if not dialogue.signs:
        pressing, dialogue = _pressing(core, result, dialogue, progress.taken)
    changed = _rows(core, frozenset(progress.taken))
    *first, offer = before
    says = (*_switched(progress), *alarms, *pressing, *first, *_notices(progress), *changed, offer)
    return Turn(says, progress.record, dialogue)


def assessed(progress: Progress) -> tuple[CoreRecord, Result]:
    """The record of the core and its assessment."""
    core = parse_record(progress.record, progress.today)
    return core, assess(core, signs=progress.dialogue.signs)


def ask(core: CoreRecord, question: Question) -> Say:
    """The question, with the buttons of its items only."""
    if question.items[0].startswith(DATES):
        return ask_which(core, question)
    offered = _offered(question.items) if question.kind == "checklist" else ()
    name, values = question.id, {"question": question.id}
    if question.id == "hbv_dna_unit":
        loads = [item for item in core.observations if item.marker == "HBV_DNA"]
        values["value"] = shown(loads[-1])["value"] if loads else ""
        name += LOG if loads and assays().is_logarithm(loads[-1].unit or "") else ""
    if question.id == "hbv_dna":
        end, level = _load_given(core)
        name, values = name + end, {**values, **level}
    return Say(
        f"utter_ask_{name}",
        "question",
        values,
        offered=offered,
        select="many" if question.kind == "checklist" else "",
    )


def _load_given(core: CoreRecord) -> tuple[str, dict[str, str]]:
    """Why a viral load that was given cannot decide: the end of the question's name, and its numbers (IU/mL)."""
    given = newest((item for item in core.observations if item.marker == "HBV_DNA"), core.as_of)
    levels = given[-1].reading.levels if given else None
    if not levels or len(levels) > 1 or given[-1].reading.note or not shown(given[-1])["value"]:
        return "", {}
    [level] = levels
    yours = {"yours": said(core)["HBV_DNA"]}
    if level.low == 0 and not level.low_open and level.high < inf:
        return "_below", yours
    if shown(given[-1])["unit"].endswith("copies/mL") and level.high < inf:
        return "_copies", {**yours, "low": printing.rough(level.low), "high": printing.rough(level.high)}
    return "", {}


def _offered(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(button for item in items for button in _BUTTONS_OF.get(item, (item,)))


def new_alarms(core: CoreRecord, result: Result, dialogue: Dialogue) -> tuple[tuple[Say, ...], Dialogue]:
    """What the results that need care today say, as far as it was not said before, and the dialogue that knows so."""
    new = [alarm for alarm in result.alarms if alarm not in dialogue.alarms]
    return tuple(alarm_sentences(core, result, new)), replace(dialogue, alarms=tuple(result.alarms))


def _pressing(
    core: CoreRecord, result: Result, dialogue: Dialogue, taken: Collection[str]
) -> tuple[tuple[Say, ...], Dialogue]:
    """What is said before any question, once: the advice of a situation in which hours count, and what is urged."""
    stirring = (STIRRING,) if stirs(result) and not result.alarms else ()
    found = (*stirring, *at_once(result, knowledge()))
    new = [situation for situation in found if situation not in dialogue.at_once]
    today = (Say("utter_next_during_immunosuppression_today", SECTION),) if STIRRING in new else ()
    advice = (*today, *beside_alarm(situations(result, knowledge(), new), result))
    says = (*advice, *contact("emergency", SECTION)) if new else ()
    urgent = (*beside_alarm(urged(result, knowledge(), taken), result), *unusual(core, "urgent", far_off(core, taken)))
    return (*says, *urgent), replace(dialogue, at_once=found)


def _switched(progress: Progress) -> Iterator[Say]:
    """That "you" means the patient again; whom else it means is said by :mod:`actions.another`."""
    if progress.switched and progress.dialogue.person == SELF:
        yield Say("utter_switched_back", "notice")
    yield from for_the_writer(progress)


def _notices(progress: Progress) -> Iterator[Say]:
    if progress.refused:
        yield Say("utter_refused_value", "notice")
    if progress.kept_from_before:
        yield Say("utter_kept_from_before", "notice")
    if progress.given_up == "hbv_dna_unit":
        yield Say("utter_without_unit", "notice")
    if progress.denied:
        yield Say("utter_type_again", "notice")


def _rows(core: CoreRecord, names: frozenset[str] | None) -> tuple[Say, ...]:
    return tuple(rows(core, names)) if names is None or names else ()


def _reopened(dialogue: Dialogue) -> Dialogue:
    """A question that was passed over may be asked again."""
    return replace(dialogue, asked=tuple(name for name in dialogue.asked if name != dialogue.pending))


def _pending(dialogue: Dialogue, question: Question) -> Dialogue:
    return replace(
        dialogue,
        pending=question.id,
        items=question.items,
        kind=question.kind,
        offered=_offered(question.items),
        asked=(*dialogue.asked, question.id),
    )


def _pending_doubt(dialogue: Dialogue) -> Dialogue:
    """The first doubt is the open question; a bare sign answers it where only the sign is in doubt."""
    first = dialogue.doubts[0]
    items = (first["name"],) if first["doubt"] == NO_SIGN else ()
    return replace(dialogue, pending=DOUBT, items=items, kind="choice", offered=items or ("confirm",))


def _confirm(dialogue: Dialogue) -> Say:
    doubt, question = dialogue.doubts[0], {"question": question_of_buttons(dialogue)}
    if doubt["doubt"] == WHEN_TAKEN:
        return Say("utter_confirm_when_taken", "question", question)
    if doubt["doubt"] == WHOSE:
        return Say("utter_confirm_whose", "question", question)
    if doubt["name"] in CONDITIONS:
        return Say(f"utter_confirm_{doubt['name']}", "question", question)
    if doubt["doubt"] == NO_SIGN:
        level = shown_level(doubt["name"], doubt.get("value"), doubt.get("unit"), doubt.get("comparator"))
        values = {**question, "test": test_name(doubt["name"]), "value": level["value"]}
        by_unit = doubt["name"] == "anti_HBs" and not doubt.get("unit")
        name = "utter_confirm_sign_anti_HBs" if by_unit else "utter_confirm_sign"
        return Say(name, "question", values, offered=(doubt["name"],))
    name = _CONFIRM.get(doubt["doubt"], "utter_confirm_value")
    level = shown_level(doubt["name"], doubt.get("value"), doubt.get("unit"), doubt.get("comparator"))
    return Say(name, "question", {"written": doubt["text"], **level, **question})
