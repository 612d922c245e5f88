"""Every button's payload is one that the dialogue takes, and is bound to its question."""

import json

import names
from written import RESPONSES

from actions.order import PLACES
from actions.questions import question_of
from actions.turn import _BUTTONS_OF
from hepb.questions import catalogue
from hepb.record import COINFECTIONS, CONDITIONS, MARKERS


def payloads():
    for name, variations in RESPONSES.items():
        for variation in variations:
            for button in variation.get("buttons", ()):
                yield name, button["payload"]


def test_payloads_are_choices_with_items_that_the_dialogue_takes():
    items = {*MARKERS, *CONDITIONS, *COINFECTIONS, "age", "sex", "HBV_DNA_unit", "HBV_DNA_sign", "ALT_lasting"}
    items |= {"confirm", "continue", *PLACES}
    for name, payload in payloads():
        assert payload.startswith("/choose{"), name
        assert set(json.loads(payload.removeprefix("/choose"))) <= items | {"none", "unknown", "question"}, name


def test_button_carries_its_question():
    """A button without it would answer nothing, and one with a fixed id could answer for another response."""
    bare = [name for name, payload in payloads() if json.loads(payload[7:]).get("question") != "{question}"]
    assert sorted(bare) == ["utter_after_urgent", "utter_kept_for_later"]


def test_question_offers_a_button_for_each_item_and_for_not_knowing(every):
    every([(question.id, question) for question in catalogue()], offers_its_buttons)


def offers_its_buttons(question):
    offered = {
        item
        for name, payload in payloads()
        if name == f"utter_ask_{question.spoken}"
        for item in json.loads(payload[7:])
    } - {"question"}
    assert "unknown" in offered
    if question.kind == "checklist":
        assert "none" in offered
        assert offered - {"none", "unknown"} == {b for item in question.items for b in _BUTTONS_OF.get(item, (item,))}


def test_no_button_asks_in_words_of_one_language_for_its_meaning():
    assert all(payload.isascii() for _, payload in payloads())


TITLES = {name: variations[0]["text"] for name, variations in RESPONSES.items() if name.startswith("utter_question_")}


def test_question_on_a_button_is_a_short_question_of_its_own():
    """That each answerable intent has one, and no other intent, holds in test_responses."""
    assert len(TITLES) >= 150
    assert {name: text for name, text in TITLES.items() if len(text.split()) > 8 or not text.endswith("?")} == {}
    assert len(set(TITLES.values())) == len(TITLES)


def test_question_on_a_button_is_demanded_of_answerable_intents_only():
    needed = set(names.needed())
    assert question_of("ask_alcohol") in needed
    assert question_of("next_test") in needed
    for intent in ("self_harm", "ask_other_disease", "greet", "is_that_bad", "provide_results"):
        assert question_of(intent) not in needed
        assert question_of(intent) not in TITLES
