"""What the whole text says counts where its question says too little, or names another infection."""

import pytest

from assistant.nlu.guessing import Guess
from assistant.nlu.offers import OfferLimits
from assistant.nlu.routing import Heard, Thresholds, route

OFFERS = OfferLimits(certain=0.6, rival=0.08, nearest=0.40)
LIMITS = Thresholds(
    confidence=0.25, nearest=0.45, urgent=0.0, despite=0.7, ordinary=-1.2, refused=0.0, statement=0.6, offers=OFFERS
)
ORDINARY = {"urgent_symptom": -1.0, "self_harm": -1.0, "refused": -1.0}


def guess(intent, confidence=0.9):
    return Guess(((intent, confidence), ("thanks", 1 - confidence)), 0.8)


def hear(*parts, whole=None, findings=()):
    sentences, guesses = zip(*parts, strict=True)
    return Heard(" ".join(sentences), sentences, whole or guesses[0], guesses, [ORDINARY] * (1 + len(parts)), findings)


def test_routing_refuses_a_question_that_names_another_infection():
    text = "my girlfriend has chlamydia, do I need treatment too"
    assert route(hear((text, guess("ask_treat_now"))), LIMITS).topics == ("ask_other_sti",)
    assert route(hear((text + ", with hep B", guess("ask_treat_now"))), LIMITS).topics == ("ask_treat_now",)
    assert route(hear((text, guess("thanks"))), LIMITS).intent == "thanks"


@pytest.mark.parametrize(("confidence", "asked"), [(0.3, "ask_statins"), (0.2, "is_that_bad")])
def test_routing_takes_the_whole_text_for_what_a_follow_up_hangs_on(confidence, asked):
    parts = [("He put me on a statin", guess("thanks")), ("is it okay?", guess("is_that_bad", 0.98))]
    whole = guess("ask_statins", confidence)
    assert route(hear(*parts, whole=whole), LIMITS).topics == (asked,)


@pytest.mark.parametrize(("confidence", "asked"), [(0.7, "ask_statins"), (0.5, "is_that_bad")])
def test_routing_asks_more_of_the_whole_text_where_the_follow_up_may_hang_on_a_result(confidence, asked):
    told = {"kind": "marker", "name": "ALT", "value": 64, "text": "ALT 64"}
    parts = [("Statin, ALT 64", guess("thanks")), ("is it okay?", guess("is_that_bad", 0.98))]
    whole = guess("ask_statins", confidence)
    assert route(hear(*parts, whole=whole, findings=[told]), LIMITS).topics == (asked,)
