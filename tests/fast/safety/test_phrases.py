"""Phrases of other languages: found as they stand, negation right before them heeded, the file read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from hepb.errors import LexiconError
from hepb.safety.phrases import OTHER_LANGUAGES, fold, parse_phrases
from hepb.safety.urgent import find_urgent
from hepb.yaml_files import parse_yaml, read_knowledge

DATA = Path(__file__).parents[2] / "data"
BLOCKS = parse_yaml((DATA / "urgent_other.yml").read_text("utf8"), "urgent_other.yml")


@pytest.mark.parametrize("kind", BLOCKS)
def test_phrases_are_found_in_other_languages(kind, every):
    def is_found(text):
        assert {sign.kind for sign in find_urgent(text)} == ({kind} - {"ordinary"})

    every([(row, row) for row in BLOCKS[kind].splitlines()], is_found)


def test_phrases_of_every_language_are_found():
    for language, kinds in read_knowledge(f"lexicon/{OTHER_LANGUAGES}").items():
        for kind, signs in ((kind, signs) for kind, signs in kinds.items() if kind != "negations"):
            missed = [p for phrases in signs.values() for p in phrases if kind not in {s.kind for s in find_urgent(p)}]
            assert not missed, language


def test_phrases_are_whole_words_at_their_place():
    phrases = parse_phrases({"es": {"self_harm": {"self_harm": ["quiero morir"]}}}, "good")
    (sign,) = phrases.find("Así: QUIERÓ  morir.")
    assert (sign.start, sign.end) == (5, 18)
    assert not phrases.find("requiero morirme")


def test_phrases_fold_keeps_places():
    assert fold("Éß") == ("ess", [0, 1, 1])


def test_phrases_refuse_what_they_do_not_know():
    with pytest.raises(LexiconError, match=r"es\.danger"):
        parse_phrases({"es": {"danger": {}}}, "broken.yaml")
