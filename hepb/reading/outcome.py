"""From drafts to findings: what does not count is dropped, the rest gets its date, person and span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hepb.reading.doubts import is_unsure
from hepb.reading.drafts import Draft, contradicts
from hepb.reading.findings import COINFECTIONS, Finding
from hepb.reading.lasting import since_when
from hepb.reading.lexicon import MarkerKind
from hepb.reading.moments import Moment, is_before_treatment, moment_of
from hepb.reading.notes import Notes

_NEVER = frozenset({"hypothetical", "general_question"})
_MINE = frozenset({"assertion", "possession"})
_LIMITS = frozenset({"<", "<=", ">", ">="})
_LARGEST_WHOLE = 1e15  # beyond it a float is no longer exact
_NOT_FOR_SIGNS = frozenset({"general", "becoming", "planned", "question"})


def finish(notes: Notes, drafts: Iterable[Draft], kinds: dict[str, MarkerKind]) -> list[Finding]:
    """The findings that the drafts amount to, in the order of the drafts."""
    kept = _merged(notes, [draft for draft in drafts if _counts(notes, draft)])
    values = {draft.value_at for draft in kept}
    times = [(draft, moment_of(notes, draft, values), since_when(notes, draft, kept, kinds)) for draft in kept]
    times = [(draft, _shared(notes, place, times), since) for place, (draft, _, since) in enumerate(times)]
    return [
        _finding(notes, draft, _ended_by_another(notes, draft, moment, since, times), since, kinds)
        for draft, moment, since in times
    ]


def _shared(notes: Notes, place: int, times: list[tuple[Draft, Moment, date | None]]) -> Moment:
    """The day of the value before, for one beside it of which a newer one follows.

    ("DNA negative in 2023, ALT 20. Now DNA 900, ALT 65".)
    """
    draft, moment, since = times[place]
    if place == 0 or moment != Moment() or since is not None or "now" in notes.cues[draft.value_at]:
        return moment
    before, its, _ = times[place - 1]
    beside = notes.sentence_of[before.value_at] == notes.sentence_of[draft.value_at]
    if not beside or its.day is None or before.marker == draft.marker:
        return moment
    again = [(other, then) for other, then, _ in times[place + 1 :] if other.marker == draft.marker]
    newer = any((then.day or notes.as_of) > its.day and _is_told(notes, other, then) for other, then in again)
    return replace(moment, day=its.day) if newer else moment


def _is_told(notes: Notes, draft: Draft, moment: Moment) -> bool:
    return moment.day is not None or "now" in notes.cues[draft.value_at]


def _ended_by_another(
    notes: Notes, draft: Draft, moment: Moment, since: date | None, times: list[tuple[Draft, Moment, date | None]]
) -> Moment:
    """What held for long is over where a number of that time contradicts it: "undetectable for years, 2500 in May"."""
    ended = since is not None and any(
        other.marker == draft.marker
        and notes.persons[other.value_at] == notes.persons[draft.value_at]
        and contradicts(draft.interpretation, other.number)
        and its.day is not None
        and its.day >= since
        for other, its, _ in times
    )
    return replace(moment, never_current=True) if ended else moment


def _counts(notes: Notes, draft: Draft) -> bool:
    if draft.number is None and draft.interpretation is None:
        return False
    cues = notes.cues[draft.value_at] | notes.cues[draft.start]
    if draft.marker in COINFECTIONS and (draft.interpretation is None or _is_only_tested(notes, draft, cues)):
        return False
    if cues & _NEVER or _tells_the_norm(notes, draft) or _is_asked(notes, draft, cues) or _of_the_source(notes, draft):
        return False
    mine = bool(cues & _MINE)
    if draft.number is not None:
        return mine or "general" not in cues
    if is_unsure(notes, draft):
        return False
    barred = cues & _NOT_FOR_SIGNS - ({"planned"} if "is_planned" in cues else set())
    return not barred or (mine and barred <= {"question", "general"})


def _of_the_source(notes: Notes, draft: Draft) -> bool:
    """Whose blood it was: "a needle from an HBsAg positive patient", "source HBsAg positive", and not the writer."""
    if draft.number is not None:
        return False
    behind = notes.term("described_person", draft.end)
    article = notes.ending("article", draft.start)
    met = notes.ending("dealing_with", article.start if article else draft.start)
    return notes.ending("blood_source", draft.start) is not None or (
        behind is not None and (met is not None or behind.rule.kind == "source")
    )


def _is_only_tested(notes: Notes, draft: Draft, cues: frozenset[str]) -> bool:
    """``no HIV, HBsAg positive``, ``tested for HIV, HBsAg positive``: the sign behind another name is of that one."""
    names = [name for place in range(draft.start, draft.end) if (name := notes.term("name", place)) is not None]
    return bool(cues & {"uncertain", "negation"}) and sum(name.rule.category == "marker" for name in names) > 1


def _tells_the_norm(notes: Notes, draft: Draft) -> bool:
    """``ALT up to 40 is normal``, ``ALT over 40 means damage``: what is so in general, and nobody's result."""
    if draft.number is None or draft.number.comparator not in _LIMITS:
        return False
    said = draft.interpretation == "normal" and draft.number.comparator == "<="
    return said or notes.covering("norm_after", draft.number.end) is not None


def _is_asked(notes: Notes, draft: Draft, cues: frozenset[str]) -> bool:
    """``How low must ALT go, 20? 30?``: numbers that are put forward, not told."""
    if draft.number is None or notes.word(draft.number.end) != "?":
        return False
    start, _ = notes.sentences[notes.sentence_of[draft.start]]
    owned = any(notes.covering("ownership", place) for place in range(start, draft.start))
    opening = notes.term("question_start", start)
    openly = "question" in cues and opening is not None and opening.rule.kind == "open"
    alone = not draft.named and draft.number.start == start
    return alone or (openly and not owned)


def _merged(notes: Notes, drafts: Iterable[Draft]) -> list[Draft]:
    """One result, not two, is "HBeAg: 1197 COI, HBeAg result: Positive"."""
    result: list[Draft] = []
    latest: dict[str, Draft] = {}
    for draft in drafts:
        before = latest.get(draft.marker)
        if before is not None and draft.named and _completes(notes, before, draft):
            _take_over(before, draft)
            continue
        if before is not None and draft.named and _in_log(notes, before, draft):
            draft.same_as_before = True
        latest[draft.marker] = draft
        result.append(draft)
    return result


def _completes(notes: Notes, before: Draft, draft: Draft) -> bool:
    if notes.persons[before.value_at] != notes.persons[draft.value_at] or before.implied or draft.implied:
        return False
    if notes.sentence_of[draft.start] - notes.sentence_of[before.start] > 1:
        return False
    if any(before.end <= place < draft.start for place in notes.whens):
        return False
    if draft.number is None and draft.interpretation == before.interpretation and before.number is not None:
        return True  # "HBeAg (-0.42), so the e antigen is negative"
    sign_only, number_only = (before, draft) if before.number is None else (draft, before)
    if contradicts(sign_only.interpretation, number_only.number):
        return False
    return sign_only.number is None and number_only.number is not None and number_only.interpretation is None


def _in_log(notes: Notes, before: Draft, draft: Draft) -> bool:
    """The same value once more as a logarithm, on the next line of a report."""
    near = notes.sentence_of[draft.start] - notes.sentence_of[before.start] <= 1
    dated = any(before.end <= place < draft.start for place in notes.whens)
    both = before.number is not None and draft.number is not None
    return near and not dated and both and draft.number.unit_kind == "log" and before.number.unit_kind != "log"


def _take_over(before: Draft, draft: Draft) -> None:
    before.interpretation = before.interpretation or draft.interpretation
    if before.number is None:
        before.number, before.unit, before.doubt = draft.number, draft.unit, draft.doubt
        before.reference_high, before.flag = draft.reference_high, draft.flag
    before.widen(draft.start, draft.end)


def _finding(notes: Notes, draft: Draft, moment: Moment, since: date | None, kinds: dict[str, MarkerKind]) -> Finding:
    start, end = notes.begins[draft.start], notes.ends[draft.end - 1]
    place = {"start": start, "end": end, "text": notes.text[start:end], "person": notes.persons[draft.value_at]}
    if moment.either:
        notes.abouts[end] = moment.either
    if draft.same_as_before:
        notes.restated.add(end)
    if moment.never_current:
        notes.never_current.add(end)
    time = {"date": _iso(moment.day), "since": _iso(since)}
    if kinds[draft.marker].kind == "coinfection":
        value = draft.interpretation == "positive"
        return Finding("condition", draft.marker, value=value, **place, **time)
    number = draft.number
    value = None if number is None else number.low if number.high is None else (number.low, number.high)
    return Finding(
        "marker", draft.marker, **place, **time,
        value=_whole(value), unit=draft.unit, comparator=number.comparator if number else None,
        interpretation=draft.interpretation, reference_high=draft.reference_high, flag=draft.flag,
        doubt=draft.doubt, implied=draft.implied, before_treatment=is_before_treatment(notes, draft),
        current=not (draft.same_as_before or moment.never_current),
    )  # fmt: skip


def _whole(value: float | tuple[float, float] | None) -> float | tuple[float, float] | None:
    if isinstance(value, tuple):
        return (_whole(value[0]), _whole(value[1]))
    return int(value) if value is not None and value < _LARGEST_WHOLE and value == int(value) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
