"""Questions of one line that hang on what was said last ("is that bad?"): ``follow_ups.yaml`` says what each means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from actions.progress import Progress
from actions.turn import assessed
from hepb.record import MARKERS
from hepb.yaml_files import parse_yaml

VERDICT = "own_verdict"
"""In place of a question: how the patient's own results look as a whole."""
_ENOUGH = 2
"""Results of which it can be asked how they look as a whole."""
_OF_RESULTS = frozenset({"", "ask_my_phase", "ask_treat_now", "next_test"})
"""Questions that speak of all results: what hangs on them hangs on these."""
_PRESSING = ("recent_exposure", "stopped_treatment")
"""Situations that a follow-up hangs on before it hangs on a result."""
Table = Mapping[str, Mapping[str, Mapping[str, str] | str]]


@cache
def follow_ups() -> Table:
    """Intent of a follow-up, then what it hangs on, to the intent of a question."""
    file = Path(__file__).with_name("follow_ups.yaml")
    return parse_yaml(file.read_text("utf8"), file.name)


def meant(intent: str, progress: Progress) -> str | None:
    """The question that ``intent`` stands for, itself when it is no follow-up, None when that is not known."""
    table = follow_ups().get(intent)
    if table is None:
        return intent
    for kind, name in _said_last(progress):
        known = table.get(kind, {})
        if isinstance(known, str):
            return known
        if name in known:
            return known[name]
    return None


def _said_last(progress: Progress) -> Iterator[tuple[str, str]]:
    """What was said last, newest first; the results of the same message before anything older."""
    dialogue = progress.dialogue
    given = set(progress.taken) & set(MARKERS)
    if len(given) > 1:
        yield "several", ""
    if given:
        yield "marker", dialogue.last_marker
    else:
        yield from _before(progress)
    if dialogue.last_marker:
        yield "marker", dialogue.last_marker
    yield "else", ""


def _before(progress: Progress) -> Iterator[tuple[str, str]]:
    """What a message without results hangs on: a question answered, a situation, a question open, the results."""
    dialogue, conditions = progress.dialogue, progress.record.get("conditions", {})
    if dialogue.last_topic:
        yield "topic", dialogue.last_topic
    yield from (("situation", name) for name in _PRESSING if conditions.get(name))
    if dialogue.pending and not dialogue.last_topic:
        yield from (("question", item) for item in dialogue.items)
    about_results = dialogue.last_topic in _OF_RESULTS
    if dialogue.answered:
        yield from (("answered", ""), ("results", "")) if about_results else ()
        yield "phase", assessed(progress)[1].phase.phase
    elif about_results and len({item["marker"] for item in progress.record.get("observations", ())}) >= _ENOUGH:
        yield "results", ""
