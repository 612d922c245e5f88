"""The word lists load strictly, and every broken one is refused with its file and key."""

from __future__ import annotations

import pytest

from hepb.errors import KnowledgeError, LexiconError
from hepb.reading import data_files
from hepb.reading.lexicon import expand, load_lexicon, read_lexicon

BROKEN = {
    "unknown rule key": ("rules:\n- {literal: ALT, category: marker, colour: red}", LexiconError, "colour"),
    "unknown top key": ("rule: []", LexiconError, "rule"),
    "duplicate key": ("rules: []\nrules: []", KnowledgeError, "rules"),
    "duplicate key in a rule": ("rules:\n- {literal: ALT, literal: AST, category: marker}", KnowledgeError, "literal"),
    "unknown category": ("rules:\n- {literal: ALT, category: test}", LexiconError, "test"),
    "no literal": ("rules:\n- {category: marker}", LexiconError, "rules[0]"),
    "a word that YAML reads as false": (
        "rules:\n- {literal: no, category: negation, pattern: [no]}",
        LexiconError,
        "False",
    ),
    "open bracket": ("rules:\n- {literal: ALT, category: marker, pattern: ['a [b|c']}", LexiconError, "a [b|c"),
    "unknown macro": ("rules:\n- {literal: ALT, category: marker, pattern: ['{hep} b']}", LexiconError, "{hep}"),
    "unknown marker key": ("markers:\n  ALT: {kind: amount, units: [], limit: 4}", LexiconError, "limit"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_lexicon_refuses(tmp_path, name):
    text, error, named = BROKEN[name]
    path = tmp_path / "reading.xx.yaml"
    path.write_text(text, "utf8")
    with pytest.raises(error) as caught:
        read_lexicon((path,), "xx")
    assert "reading.xx.yaml" in str(caught.value)
    assert named in str(caught.value)


def test_lexicon_ships_every_marker_of_the_contract():
    from hepb.record import COINFECTIONS, MARKERS

    lexicon = load_lexicon("en")
    named = {rule.value for rule in lexicon.rules if rule.category == "marker"}
    assert named == set(MARKERS) | set(COINFECTIONS) == set(lexicon.markers)


def test_lexicon_is_quick_to_load():
    # Alternatives multiply: one careless template makes thousands of spellings and a second of start.
    lexicon = load_lexicon("en")
    assert {rule.literal: len(rule.pattern) for rule in lexicon.rules if len(rule.pattern) > 1000} == {}
    assert sum(len(rule.pattern) for rule in lexicon.rules) < 15_000


def test_lexicon_names_only_conditions_of_the_contract():
    from hepb.record import COINFECTIONS, CONDITIONS

    named = {rule.name for rule in load_lexicon("en").rules if rule.category == "condition"}
    assert named <= set(CONDITIONS) | set(COINFECTIONS) | {"chronic_hepatitis_b"}


def test_data_files_are_those_of_the_language():
    names = {path.name for path in data_files("en")}
    topics = ("markers", "conditions", "situations", "everyday")
    assert names == {"reading.yaml", "reading.en.yaml", *(f"reading-{topic}.en.yaml" for topic in topics)}
    assert {path.name for path in data_files("zh")} == {"reading.yaml"}


def test_templates_expand():
    assert expand("a~b", {}) == ("a b", "a-b", "ab")
    assert expand("[x|y|] z", {}) == ("x z", "y z", "z")
    assert expand("{m} z", {"m": "x|y"}) == ("x z", "y z")
    assert expand("=[-]", {}) == ("[-]",)
