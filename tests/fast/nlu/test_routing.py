"""The last word on a message: urgent, results, questions, intent, fallback."""

from __future__ import annotations

import pytest

from assistant.nlu.guessing import Guess
from assistant.nlu.offers import OfferLimits
from assistant.nlu.routing import Heard, Thresholds, route
from assistant.nlu.sentences import is_bare_value, is_question, split_sentences

OFFERS = OfferLimits(certain=0.6, rival=0.08, nearest=0.40)
LIMITS = Thresholds(
    confidence=0.25, nearest=0.45, urgent=0.0, despite=0.7, ordinary=-1.2, refused=0.0, statement=0.6, offers=OFFERS
)
ORDINARY = {"urgent_symptom": -1.0, "self_harm": -1.0, "refused": -1.0}
ALT = {"kind": "marker", "name": "ALT", "value": 64}


def guess(intent: str, confidence: float = 0.9, nearest: float = 0.8) -> Guess:
    return Guess(((intent, confidence), ("thanks", 1 - confidence)), nearest)


def hear(*parts: tuple[str, Guess], findings=(), urgent=None, whole: Guess | None = None, margins=()) -> Heard:
    sentences = [sentence for sentence, _ in parts]
    guesses = [g for _, g in parts]
    rows = margins or [ORDINARY] * (1 + len(parts))
    return Heard(" ".join(sentences), sentences, whole or guesses[0], guesses, rows, findings, urgent)


def sounds(text: str, urgent=None, **margins: float) -> str | None:
    row = {**ORDINARY, **margins}
    return route(hear((text, guess("thanks")), urgent=urgent, margins=[row, row]), LIMITS).urgent


def test_routing_puts_urgent_signs_before_results_and_keeps_the_topics():
    heard = hear(("What is ALT?", guess("ask_what_is_alt")), findings=[ALT], urgent="urgent_symptom")
    decision = route(heard, LIMITS)
    assert (decision.intent, decision.confidence, decision.urgent) == ("urgent_symptom", 1.0, "urgent_symptom")
    assert decision.topics == ("ask_what_is_alt",)


def test_routing_takes_the_classifier_as_second_detector_where_the_rules_find_nothing():
    text = "the days are long and grey"
    assert sounds(text, self_harm=0.1) == "self_harm"
    assert sounds(text, self_harm=-0.1) is None
    assert sounds(text, self_harm=0.1, urgent_symptom=0.9) == "self_harm"


@pytest.mark.parametrize("text", ["no yellow eyes", "can hepatitis cause yellow eyes?", "I had yellow eyes as a child"])
def test_routing_wants_the_classifier_surer_where_the_rules_took_a_sign_back(text):
    assert sounds(text, urgent_symptom=0.6) is None
    assert sounds(text, urgent_symptom=0.8) == "urgent_symptom"


def test_routing_drops_a_symptom_but_never_a_thought_of_self_harm_that_sounds_ordinary():
    text = "jaundice clinic, second floor"
    assert sounds(text, urgent="urgent_symptom", urgent_symptom=-1.1) == "urgent_symptom"
    assert sounds(text, urgent="urgent_symptom", urgent_symptom=-1.3) is None
    assert sounds(text, urgent="self_harm", self_harm=-2.0) == "self_harm"


def test_routing_hears_an_urgent_sentence_in_a_long_message():
    parts = [("ALT is 30.", guess("provide_results")), ("It all ends tonight.", guess("thanks"))]
    rows = [ORDINARY, ORDINARY, {**ORDINARY, "self_harm": 0.4}]
    assert route(hear(*parts, margins=rows), LIMITS).urgent == "self_harm"


def test_routing_reads_results_and_keeps_the_question():
    heard = hear(("My ALT is 64.", guess("provide_results")), ("Can I drink?", guess("ask_alcohol")), findings=[ALT])
    decision = route(heard, LIMITS)
    assert (decision.intent, decision.topics, decision.findings) == ("provide_results", ("ask_alcohol",), [ALT])


def test_routing_hears_no_question_in_a_sentence_that_only_gives_results():
    """What was taken for a question about a negative HBsAg would contradict the result."""
    text = "HBsAg pos, anti-HBc pos, anti-HBs neg"
    found = [{"kind": "marker", "name": "HBsAg", "text": "HBsAg pos"}]
    decision = route(hear((text, guess("ask_hbsag_negative")), findings=found), LIMITS)
    assert (decision.intent, decision.topics) == ("provide_results", ())
    asked = route(hear((f"{text}, what does it mean?", guess("ask_what_is_hbsag")), findings=found), LIMITS)
    assert asked.topics == ("ask_what_is_hbsag",)


def test_routing_takes_a_question_about_a_value_for_a_question_only():
    decision = route(hear(("Is an ALT of 64 high?", guess("ask_what_is_alt")), findings=[ALT]), LIMITS)
    assert (decision.intent, decision.findings) == ("ask_what_is_alt", ())


@pytest.mark.parametrize(("text", "comparator"), [("ALT 64 is that bad?", None), ("ALT 64 what does that mean", "~")])
def test_routing_keeps_a_value_that_is_told_and_then_asked_about(text, comparator):
    told = {**ALT, "start": 0, "end": 6, "comparator": comparator}
    assert route(hear((text, guess("ask_what_is_alt")), findings=[told]), LIMITS).intent == "provide_results"


def test_routing_keeps_the_value_of_a_question_about_oneself():
    decision = route(hear(("Is my ALT of 64 high?", guess("ask_what_is_alt")), findings=[ALT]), LIMITS)
    assert (decision.intent, decision.topics) == ("provide_results", ("ask_what_is_alt",))


def test_routing_names_at_most_three_topics_in_order_and_each_once():
    asked = ["ask_alcohol", "ask_vaccine", "ask_alcohol", "ask_symptoms", "ask_units"]
    heard = hear(*((f"What about {intent}?", guess(intent)) for intent in asked))
    assert route(heard, LIMITS).topics == ("ask_alcohol", "ask_vaccine", "ask_symptoms")


def test_routing_hears_no_topic_in_a_statement_beside_a_question():
    heard = hear(("I live in town.", guess("ask_pregnancy", 0.5)), ("Can I drink?", guess("ask_alcohol")))
    assert route(heard, LIMITS).topics == ("ask_alcohol",)


def test_routing_refuses_only_when_nothing_else_is_asked():
    weather = ("How is the weather?", guess("out_of_scope"))
    assert route(hear(weather), LIMITS).intent == "out_of_scope"
    assert route(hear(weather, ("Can I drink?", guess("ask_alcohol"))), LIMITS).topics == ("ask_alcohol",)


@pytest.mark.parametrize(("confidence", "nearest"), [(0.2, 0.8), (0.9, 0.4)])
def test_routing_falls_back_below_either_threshold(confidence, nearest):
    decision = route(hear(("hmm so", guess("ask_alcohol", confidence, nearest))), LIMITS)
    assert (decision.intent, decision.topics) == ("nlu_fallback", ())


def test_routing_takes_the_question_of_the_whole_where_its_sentences_ask_less_surely():
    parts = [("Five hours a night,", guess("thanks", 0.9)), ("is that enough?", guess("ask_symptoms", 0.5))]
    decision = route(hear(*parts, whole=guess("ask_sleep_and_rest", 0.7)), LIMITS)
    assert (decision.intent, decision.topics) == ("ask_sleep_and_rest", ("ask_sleep_and_rest",))
    assert decision.confidence == 0.7
    assert route(hear(*parts, whole=guess("ask_sleep_and_rest", 0.4)), LIMITS).topics == ("ask_symptoms",)
    assert route(hear(*parts, whole=guess("provide_results", 0.9)), LIMITS).topics == ("ask_symptoms",)
    several = [*parts, ("Can I drink?", guess("ask_alcohol", 0.5))]
    assert route(hear(*several, whole=guess("ask_sleep_and_rest", 0.7)), LIMITS).topics == ("ask_symptoms", "ask_alcohol")  # fmt: skip  # noqa: E501


def test_routing_hears_no_question_in_results_that_only_sound_like_one():
    parts = [("HBeAg positive.", guess("provide_results")), ("ALT 22.", guess("provide_results"))]
    heard = hear(*parts, findings=[ALT], whole=guess("ask_what_is_hbeag", 0.5))
    assert route(heard, LIMITS).topics == ()


def ranked(*pairs: tuple[str, float], nearest: float = 0.8) -> Guess:
    return Guess(pairs, nearest)


UNSURE = (("ask_coffee_tea", 0.4), ("thanks", 0.2), ("ask_alcohol", 0.15), ("ask_what_to_eat", 0.1), ("ask_raw_food", 0.09))  # fmt: skip  # noqa: E501


def test_routing_offers_two_rivals_of_an_answer_that_is_not_certain():
    decision = route(hear(("is green tea fine?", ranked(*UNSURE))), LIMITS)
    assert (decision.intent, decision.offers) == ("ask_coffee_tea", ("ask_alcohol", "ask_what_to_eat"))


@pytest.mark.parametrize(
    "guesses",
    [
        (("ask_coffee_tea", 0.6), ("ask_alcohol", 0.3)),  # certain
        (("ask_coffee_tea", 0.5), ("ask_alcohol", 0.07)),  # no rival comes near
        (("thanks", 0.5), ("ask_alcohol", 0.3)),  # small talk
        (("out_of_scope", 0.5), ("ask_alcohol", 0.3)),  # a refusal stays one
        (("ask_dose_or_prescription", 0.5), ("ask_tenofovir", 0.3)),
        (("ask_coffee_tea", 0.5), ("express_distress", 0.4)),  # nobody is asked about a feeling
    ],
)
def test_routing_offers_no_rival_where_none_is_wanted(guesses):
    decision = route(hear(("is green tea fine?", ranked(*guesses))), LIMITS)
    assert (decision.intent, decision.offers) == (guesses[0][0], ())


def test_routing_offers_the_likeliest_questions_in_place_of_a_weak_answer():
    weak = tuple((intent, confidence / 4) for intent, confidence in UNSURE)
    decision = route(hear(("tea maybe", ranked(*weak))), LIMITS)
    assert (decision.intent, decision.topics) == ("nlu_fallback", ())
    assert decision.offers == ("ask_coffee_tea", "ask_alcohol", "ask_what_to_eat")


@pytest.mark.parametrize(("first", "nearest"), [("ask_coffee_tea", 0.39), ("out_of_scope", 0.8), ("thanks", 0.8)])
def test_routing_offers_nothing_for_what_is_far_off_refused_or_talk(first, nearest):
    decision = route(hear(("hm", ranked((first, 0.2), ("ask_alcohol", 0.19), nearest=nearest))), LIMITS)
    assert (decision.intent, decision.offers) == ("nlu_fallback", ())


def test_routing_offers_the_questions_beyond_three():
    asked = ["ask_alcohol", "ask_vaccine", "ask_symptoms", "ask_units", "ask_insects"]
    parts = [(f"What about {intent}?", guess(intent)) for intent in asked]
    assert route(hear(*parts), LIMITS).offers == ("ask_units", "ask_insects")
    assert route(hear(("My ALT is 64.", guess("provide_results")), *parts, findings=[ALT]), LIMITS).offers == (
        "ask_units",
        "ask_insects",
    )


def test_routing_hears_a_follow_up_beside_results():
    decision = route(hear(("My ALT is 64.", guess("provide_results")), ("Is that bad?", guess("is_that_bad")), findings=[ALT]), LIMITS)  # fmt: skip  # noqa: E501
    assert (decision.intent, decision.topics) == ("provide_results", ("is_that_bad",))


def test_routing_asks_again_what_an_urgent_guess_could_mean_besides():
    mixed = Guess((("urgent_symptom", 0.7), ("ask_symptoms", 0.25), ("thanks", 0.05)), 0.8)
    assert route(hear(("can hepatitis cause yellow eyes?", mixed)), LIMITS).intent == "ask_symptoms"


@pytest.mark.parametrize("text", ["45", "about 45", "2.3e4 IU/mL", "< 20"])
def test_sentences_know_a_bare_value(text):
    assert is_bare_value(text)


@pytest.mark.parametrize("text", ["yes", "what is 45?", "my doctor told me 45 times", "?"])
def test_sentences_know_what_is_no_bare_value(text):
    assert not is_bare_value(text)


def test_sentences_split_at_ends_and_before_a_question_but_not_in_numbers():
    text = "ALT is 3.2, HBeAg negative. I'm fine!\nMy DNA is 2,000, what does that mean? Thanks"
    assert split_sentences(text, 16) == (
        "ALT is 3.2, HBeAg negative.", "I'm fine!", "My DNA is 2,000", "what does that mean?", "Thanks",
    )  # fmt: skip


def test_sentences_keep_the_questions_of_a_long_message():
    text = "One here. Two here. Can I drink? Three here. Is it safe?"
    assert split_sentences(text, 2) == ("Can I drink?", "Is it safe?")


@pytest.mark.parametrize("text", ["what is ALT", "Can I drink?", "explain HBeAg", "ALT 60?", "乙肝是什么？"])
def test_sentences_know_a_question(text):
    assert is_question(text)


def test_routing_refuses_when_all_kinds_of_refusal_together_are_likeliest():
    split = Guess((("ask_statins", 0.4), ("ask_other_medicines", 0.3), ("ask_other_test", 0.2), ("thanks", 0.1)), 0.8)
    assert route(hear(("my cholesterol is high", split)), LIMITS).intent == "ask_other_medicines"


@pytest.mark.parametrize(("margin", "confidence", "refused"), [(0.7, 0.6, True), (0.5, 0.6, False), (0.5, 0.4, True)])
def test_routing_refuses_by_the_margin_the_more_where_no_question_is_likely(margin, confidence, refused):
    mixed = Guess((("ask_vaccine_schedule", confidence), ("ask_other_infection", 0.3), ("thanks", 0.1)), 0.8)
    row = {**ORDINARY, "refused": margin}
    decision = route(hear(("rabies vaccine schedule", mixed), margins=[row, row]), LIMITS)
    assert decision.intent == ("ask_other_infection" if refused else "ask_vaccine_schedule")
    assert decision.offers == (("ask_vaccine_schedule",) if refused else ())


def test_routing_believes_the_rules_where_the_classifier_did_not_hear_the_sentence():
    parts = [("ALT is 30.", guess("provide_results")), ("I had lunch.", guess("thanks"))]
    rows = [{**ORDINARY, "urgent_symptom": -2.0}] * 3
    heard = hear(*parts, margins=rows, urgent="urgent_symptom")
    assert route(heard, LIMITS).urgent == "urgent_symptom"


@pytest.mark.parametrize("text", ["😀", "❤️👍", "!!"])
def test_routing_does_not_guess_at_emoji(text):
    assert route(hear((text, guess("out_of_scope"))), LIMITS).intent == "nlu_fallback"


def test_routing_refuses_a_question_about_what_is_refused_also_when_a_follow_up_asks_it():
    parts = [("my cholesterol is 260", guess("ask_other_test")), ("is that bad?", guess("is_that_bad"))]
    assert route(hear(*parts), LIMITS).intent == "ask_other_test"


def test_routing_never_answers_for_the_other_sign_than_the_message_tells():
    positive = {"kind": "marker", "name": "HBsAg", "interpretation": "positive", "text": "HBsAg positive"}
    text = "my HBsAg positive, what now?"
    second = ranked(("ask_hbsag_negative", 0.5), ("ask_what_is_hbsag", 0.3))
    assert route(hear((text, second), findings=[positive]), LIMITS).topics == ("ask_what_is_hbsag",)
    alone = ranked(("ask_hbsag_negative", 0.9), ("ask_alcohol", 0.05))
    decision = route(hear((text, alone), findings=[positive]), LIMITS)
    assert "ask_hbsag_negative" not in (*decision.topics, *decision.offers)
    assert "ask_alcohol" not in decision.topics


def test_routing_hears_a_story_beside_a_question_as_no_question():
    story = [("We eat together.", guess("ask_sharing_food")), ("I was ill.", guess("thanks")), ("So it is.", guess("thanks"))]  # fmt: skip  # noqa: E501
    heard = hear(*story, ("May I drink coffee?", guess("ask_coffee_tea")), whole=guess("ask_sharing_food", 0.95))
    assert route(heard, LIMITS).topics == ("ask_coffee_tea",)
    told = hear(*story, whole=guess("ask_sharing_food"))
    assert route(told, LIMITS).topics == ("ask_sharing_food",)


def test_routing_keeps_the_story_that_a_follow_up_hangs_on():
    heard = hear(("We share our food.", guess("ask_sharing_food")), ("Is that bad?", guess("is_that_bad")))
    assert route(heard, LIMITS).topics == ("ask_sharing_food", "is_that_bad")


@pytest.mark.parametrize(
    "sentence",
    ['My friend said: "can I kiss?"', '"can I kiss?" he said', "I want to know if I may kiss", "please tell me more"],
)
def test_sentences_that_quote_or_wish_to_know_ask(sentence):
    assert is_question(sentence)


def test_sentences_end_behind_a_quotation_mark():
    assert split_sentences('He said "can I kiss?" And I am 40.', 16) == ('He said "can I kiss?"', "And I am 40.")
    assert not is_question("She told me of it and I was glad.")
