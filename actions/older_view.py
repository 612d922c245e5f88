"""The view of older guidelines where those that count see it otherwise: what the source text of this assistant follows.

The older Chinese and Asian guidelines (``behind_source_text``) treat in clearance and wait in tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions.guideline_answers import needs_virus
from actions.marks import mark, noted
from actions.saying import Say
from hepb.guideline import Guideline
from hepb.result import Result
from hepb.whole_knowledge import Knowledge

SECTION = "differ"
_STARTS = frozenset({"treat", "consider"})
_WAITS = "monitor"
_DECIDED = frozenset({*_STARTS, _WAITS})


def older_view(result: Result, knowledge: Knowledge) -> Iterator[Say]:
    """Which older guidelines the source text follows in this phase, and which would wait where newer ones start."""
    waiting = _waiting(result, knowledge)
    sentences = (
        (f"utter_source_text_{_source_text(result, knowledge)}", _behind_source_text(result, knowledge)),
        ("utter_older_guidelines_wait", [item for item in waiting if not needs_virus(result, item.id)]),
        ("utter_older_guidelines_wait_cirrhosis", [item for item in waiting if needs_virus(result, item.id)]),
    )
    yield from noted((_say(name, older, result) for name, older in sentences if older), SECTION)


def named(result: Result, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """The guidelines that :func:`older_view` names."""
    return (*_behind_source_text(result, knowledge), *_waiting(result, knowledge))


def _say(name: str, older: Iterable[Guideline], result: Result) -> Say:
    titles = tuple(item.title + mark(result.decisions[item.id].confidence or "") for item in older)
    return Say(name, SECTION, {"guidelines": titles})


def _source_text(result: Result, knowledge: Knowledge) -> str | None:
    """What the source text says about treatment in the person's phase."""
    return next((phase.advice for phase in knowledge.phases if phase.phase == result.phase.phase), None)


def _behind_source_text(result: Result, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Older guidelines that share the view of the source text, where one that counts does not."""
    view = _source_text(result, knowledge)
    if view is None or _counted(result, knowledge) <= {view}:
        return ()
    return _older(result, knowledge, view)


def _waiting(result: Result, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """Older guidelines that wait where one that counts does not; none where the source text waits as they do."""
    if _source_text(result, knowledge) == _WAITS or not _counted(result, knowledge) & _STARTS:
        return ()
    return _older(result, knowledge, _WAITS)


def _counted(result: Result, knowledge: Knowledge) -> frozenset[str]:
    """The answers that the guidelines that count give so far."""
    return _DECIDED & {result.decisions[name].so_far for name in knowledge.counted}


def _older(result: Result, knowledge: Knowledge, decision: str) -> tuple[Guideline, ...]:
    """The guidelines behind the source text that do not count and answer ``decision``."""
    return tuple(
        item
        for item in knowledge.guidelines
        if item.behind_source_text and item.id not in knowledge.counted and result.decisions[item.id].so_far == decision
    )
