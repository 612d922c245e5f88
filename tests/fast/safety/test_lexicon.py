"""The urgent lexicon is read strictly."""

from __future__ import annotations

import copy

import pytest

from hepb.errors import LexiconError
from hepb.safety.lexicon import parse_lexicon
from hepb.safety.spelling import Spelling

GOOD = {
    "language": "en",
    "words": {"eye": {"any": ["eye", "eyes"]}},
    "signs": {"jaundice": {"kind": "urgent_symptom", "patterns": ["@eye ..2 yellow"]}},
    "idioms": ["yellow pages"],
    "contexts": [{"id": "negated", "place": "before", "within": 3, "barrier": "clause", "cues": ["not"]}],
    "sentence_ends": ["."],
    "clause_breaks": ["but"],
}


def test_lexicon_reads_a_good_file():
    (sign,) = parse_lexicon(GOOD, "good").signs
    assert len(sign.patterns[0]) == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(colour="red"), "colour"),
        (lambda d: d["words"]["eye"].update(some=1), "words.eye.some"),
        (lambda d: d["signs"]["jaundice"].update(kind="bad"), "signs.jaundice.kind"),
        (lambda d: d["signs"]["jaundice"].update(patterns=["@ear yellow"]), "@ear"),
        (lambda d: d["contexts"][0].update(place="above"), "contexts.negated.place"),
        (lambda d: d["contexts"][0].update(barrier="wall"), "contexts.negated.barrier"),
        (lambda d: d["contexts"][0].update(kind="other"), "contexts.negated.kind"),
        (lambda d: d["words"]["eye"].update(any=["eye", False]), "words.eye.any"),
    ],
)
def test_lexicon_refuses_what_it_does_not_know(change, words):
    data = copy.deepcopy(GOOD)
    change(data)
    with pytest.raises(LexiconError, match=words):
        parse_lexicon(data, "broken.yaml")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("yelow", "yellow"), ("yelllow", "yellow"), ("yellaw", "yellow"), ("fellow", "fellow"), ("yell", "yell")],
)
def test_spelling_forgives_one_error(typed, meant):
    assert Spelling.of({"yellow"}, {"eyes"}).word_meant(typed) == meant
