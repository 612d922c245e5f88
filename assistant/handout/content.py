"""The hand-out from a record and its result: nothing on it comes from what was typed or said in the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions import printing
from actions.advice import advice
from actions.alarm import alarms, beside_alarm
from actions.answer import open_points, phase, warnings, why
from actions.contacts import contact
from actions.course import course
from actions.dialogue import SELF, Dialogue
from actions.guideline_answers import sources
from actions.next_steps import next_steps
from actions.pictures import guidelines, phase_map
from actions.saying import Say
from actions.understood import rows
from assistant.handout.questions import questions
from assistant.handout.sheet import Part, Sheet
from assistant.handout.speaking import Speaker
from assistant.pictures.picture import KINDS
from assistant.pictures.words import words
from hepb.assess import assess
from hepb.clinic import clinic
from hepb.loader import knowledge
from hepb.record import CONDITIONS, MARKERS, Record, parse_record
from hepb.result import Result
from hepb.whole_knowledge import Knowledge

DEFAULT_LANGUAGE = "en"
MOST_OPEN = 4
SAID_PARTS = ("why", "missing", "next", "questions")
RESULT_COLUMNS, GUIDELINE_COLUMNS = ("test", "result", "when"), ("guideline", "answer")
"""Parts and columns whose names are responses ``utter_handout_<part>`` and ``utter_handout_column_<column>``."""
NOT_ON_PAPER = ("utter_next_surveillance_needs_", "utter_warning_unit_assumed", "utter_warning_units_assumed")
"""What only a conversation can say: it asks for an answer, or repeats what the table of results shows."""
_PERSON = frozenset({"age", "sex", *CONDITIONS})


def make_sheet(record: Mapping[str, Any], dialogue: Dialogue, speaker: Speaker, today: date) -> Sheet:
    """The hand-out of a stored ``record`` (contract form) on the day ``today``."""
    speaker = replace(speaker, person=dialogue.person)
    core = parse_record(dict(record), today)
    result = assess(core, signs=dialogue.signs)
    what = knowledge()
    parts = (
        _urgent(core, result, dialogue, speaker),
        _results(core, speaker),
        _person(core, speaker),
        _phase(core, result, what, speaker),
        _map(result),
        _said(speaker, "why", why(core, result, what)),
        Part(
            "advice", speaker.named("utter_handout_advice"), _words(speaker, beside_alarm(advice(result, what), result))
        ),
        _guidelines(result, what, speaker),
        _missing(core, result, what, speaker),
        _said(speaker, "next", beside_alarm(next_steps(result, what), result)),
        _said(speaker, "questions", questions(core, result)),
        Part("signs", speaker.named("utter_handout_signs"), _signs(speaker)),
        _sources(result, what, speaker),
    )
    return Sheet(
        title=speaker.named("utter_handout_title"),
        lines=tuple(_lines(core, dialogue, speaker)),
        parts=tuple(part for part in parts if not part.is_empty),
        footer=(
            speaker.named("utter_notice_education"),
            speaker.named("utter_handout_version", when=result.knowledge["as_of"]),
        ),
        language=speaker.language or DEFAULT_LANGUAGE,
    )


def _lines(record: Record, dialogue: Dialogue, speaker: Speaker) -> Iterator[str]:
    """Below the title: the clinic, the day, room for a name, and whose results they are."""
    named = clinic().name
    day = speaker.named("utter_handout_date", when=record.as_of.isoformat())
    yield " · ".join(part for part in (named, day, speaker.named("utter_handout_name")) if part)
    if dialogue.person != SELF:
        yield speaker.named("utter_handout_somebody_else")


def _urgent(record: Record, result: Result, dialogue: Dialogue, speaker: Speaker) -> Part:
    """What needs care today; urgent signs that were heard count whoever they belong to."""
    sentences = [speaker.text(say) for say in alarms(record, result)]
    if dialogue.signs:
        sentences.append(speaker.named("utter_handout_signs_heard"))
    if sentences:
        sentences += [speaker.text(say) for say in contact("emergency", "urgent")]
    return Part("urgent", speaker.named("utter_handout_urgent"), tuple(sentences))


def _results(record: Record, speaker: Speaker) -> Part:
    """Every result with its unit and its day, as it was understood."""
    found = [speaker.row(say) for say in rows(record, frozenset(MARKERS))]
    undated = speaker.named("utter_handout_without_date")
    return Part(
        "results",
        speaker.named("utter_handout_results"),
        sentences=(speaker.named("utter_handout_results_hint" if found else "utter_handout_nothing"),),
        head=tuple(speaker.named(f"utter_handout_column_{name}") for name in RESULT_COLUMNS) if found else (),
        rows=tuple((label, value, when or undated) for label, value, when in found),
    )


def _person(record: Record, speaker: Speaker) -> Part:
    """What else was told of the person, in one line."""
    found = [speaker.row(say) for say in rows(record, _PERSON)]
    line = " · ".join(f"{label}: {value}" + (f" ({when})" if when else "") for label, value, when in found)
    return Part("person", speaker.named("utter_handout_person"), (line,) if line else ())


def _phase(record: Record, result: Result, what: Knowledge, speaker: Speaker) -> Part:
    """The phase, and what happened over time."""
    says = beside_alarm((*phase(record, result), *course(record, result, what)), result)
    return Part("phase", speaker.named("utter_handout_phase"), _words(speaker, says))


def _map(result: Result) -> Part:
    """The place among the four phases, where it is known."""
    picture = phase_map(result)
    known = picture is not None and picture["phase"] != "unknown"
    return Part("map", "", picture={**picture, "kind": "phase_row"} if picture and known else None)


def _said(speaker: Speaker, name: str, says: Iterable[Say]) -> Part:
    """A part whose points are sentences of the conversation's own."""
    return Part(name, speaker.named(f"utter_handout_{name}"), points=_words(speaker, says))


def _words(speaker: Speaker, says: Iterable[Say]) -> tuple[str, ...]:
    """The sentences, each once; pictures have none."""
    spoken = (say for say in says if say.picture is None and not say.response.startswith(NOT_ON_PAPER))
    return tuple(dict.fromkeys(speaker.text(say) for say in spoken))


def _guidelines(result: Result, what: Knowledge, speaker: Speaker) -> Part:
    """The answer of each guideline, marked where no clinician has checked its rule; nothing while none has one."""
    heading, picture = speaker.named("utter_handout_guidelines"), guidelines(result, what)
    if picture is None or {row["answer"] for row in picture["rows"]} == {"unknown"}:
        return Part("guidelines", heading)
    mark = printing.unchecked(speaker.language)
    cells = KINDS["guidelines"].tabulate(picture, words(speaker.language))
    marks = [mark if result.decisions[name].confidence == "unverified" else "" for name in what.shown]
    return Part(
        "guidelines",
        heading,
        head=tuple(speaker.named(f"utter_handout_column_{name}") for name in GUIDELINE_COLUMNS),
        rows=tuple((title, answer + sign) for (title, answer), sign in zip(cells, marks, strict=True)),
        notes=(speaker.named("utter_handout_unchecked", mark=mark),) if any(marks) else (),
    )


def _missing(record: Record, result: Result, what: Knowledge, speaker: Speaker) -> Part:
    """What could still change the answer, and what is to be held against the results."""
    says = (*open_points(record, result, what, MOST_OPEN), *warnings(record, result, what))
    return _said(speaker, "missing", beside_alarm(says, result))


def _signs(speaker: Speaker) -> tuple[str, ...]:
    kinds: tuple[Callable[[], Iterator[Say]], ...] = (
        lambda: contact("emergency", "urgent"),
        lambda: contact("crisis_line", "urgent"),
        lambda: contact("clinic", "next"),
    )
    return (speaker.named("utter_handout_signs_text"), *(speaker.text(say) for kind in kinds for say in kind()))


def _sources(result: Result, what: Knowledge, speaker: Speaker) -> Part:
    """Where the guidelines were published that the page names."""
    says = () if _guidelines(result, what, speaker).is_empty else sources(what)
    return Part("sources", speaker.named("utter_handout_sources"), _words(speaker, says))
