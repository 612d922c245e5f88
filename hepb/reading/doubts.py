"""Signs of which the writer does not know if they are so: they are asked about, not taken."""

from __future__ import annotations

from hepb.reading.drafts import Draft
from hepb.reading.notes import Notes

_AHEAD = 4  # tokens between "not sure" and the test
_LEADING = ("filler", "hypothetical", "own_relation", "question_start", "assertion", "whether")


def is_unsure(notes: Notes, draft: Draft) -> bool:
    """``not sure if HBeAg negative``, ``HBeAg maybe negative``, ``HBsAg positive but not sure``."""
    return _told_before(notes, draft) or _told_behind(notes, draft) or _hedged(notes, draft)


def _told_before(notes: Notes, draft: Draft) -> bool:
    place = draft.start
    while place > draft.start - _AHEAD and any(notes.covering(layer, place - 1) for layer in _LEADING):
        if notes.covering("ignorance", place - 1):
            break
        place -= 1
    told = notes.ending("ignorance", place)
    return told is not None and told.start >= notes.sentences[notes.sentence_of[draft.start]][0]


def _told_behind(notes: Notes, draft: Draft) -> bool:
    """Nothing but "I am not sure" up to the end of its part of the sentence."""
    place = draft.end
    while notes.word(place) == "," or any(notes.covering(layer, place) for layer in ("terminator", "self_pronoun")):
        place += 1
    told = notes.term("ignorance", place) or notes.term("ignorance", place + 1)  # "I am not sure"
    return told is not None and notes.word(told.end)[:1] in {"", ",", ".", ";", "\n"}


def _hedged(notes: Notes, draft: Draft) -> bool:
    return any(notes.covering("hedge", place) for place in range(draft.start - 1, draft.end))
