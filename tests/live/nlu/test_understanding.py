"""The trained pipeline inside Rasa: accuracy on held-out questions, refusals, urgent messages, contract, time."""

from __future__ import annotations

import contextlib
import warnings

import pytest
from threadpoolctl import threadpool_limits

from assistant.evaluation import questions
from assistant.evaluation.floors import broken
from assistant.evaluation.measure import LATER, NEAR, URGENT
from assistant.evaluation.pipeline import Parse, loaded, understanding, urgent_kinds
from assistant.evaluation.sets import frozen_questions, later_questions, near_questions
from assistant.evaluation.urgency import measure_urgency
from assistant.training import train_if_stale
from hepb.errors import ModelError

pytestmark = pytest.mark.live

KNOWN_EXAMPLES = 100


@pytest.fixture(scope="module")
def parse() -> Parse:
    with contextlib.ExitStack() as stack:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Rasa's own, of every start
            parse_loudly = stack.enter_context(loaded(train_if_stale()))
        # As in the server (ENVIRONMENT in assistant/rasa_server.py), whose processor time this is to be.
        stack.enter_context(threadpool_limits(1))

        def parse_message(text):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Rasa's, about intents that no story uses
                return parse_loudly(text)

        yield parse_message


def test_understanding_holds_its_floors_on_held_out_questions(parse):
    judged = questions.judge(understanding(parse), frozen_questions())
    figures = {"questions": questions.figures(judged)}
    assert broken(figures, "questions") == {}, questions.wrong_in_scope(judged)


def test_understanding_answers_later_questions_on_their_subject(parse):
    understand = understanding(parse)
    figures = {name: questions.answered(understand, rows) for name, rows in zip(LATER, later_questions(), strict=True)}
    assert broken({"later": figures}, "later") == {}


@pytest.mark.parametrize("topics", NEAR)
def test_understanding_refuses_near_questions(parse, topics):
    figures = {"near": {topics: questions.refused(understanding(parse), near_questions(topics))}}
    assert broken(figures, f"near.{topics}") == {}


@pytest.mark.parametrize("name", URGENT)
def test_understanding_holds_its_floors_on_urgent_messages(parse, name):
    score = measure_urgency(urgent_kinds(parse), URGENT[name]())
    assert broken({"urgent": {name: score.figures()}}, f"urgent.{name}") == {}, (score.missed, score.alarms)


def test_understanding_reads_results_and_question_of_one_message(parse):
    message = parse("I'm 30, male, HBeAg negative, ALT 64. Can I drink alcohol? How is it spread?")
    assert message["intent"] == {"name": "provide_results", "confidence": 1.0}
    assert message["topics"] == ["ask_alcohol", "ask_how_spread"]
    assert {"ALT", "HBeAg", "age", "sex"} <= {finding["name"] for finding in message["reading"]["findings"]}


def test_understanding_answers_urgent_signs_before_results(parse):
    message = parse("My ALT is 300 and my eyes are yellow. Which phase am I in?")
    assert message["intent"]["name"] == message["urgent"] == "urgent_symptom"
    assert [finding["name"] for finding in message["reading"]["findings"]] == ["ALT"]


def test_understanding_leaves_payloads_to_rasa(parse):
    message = parse('/choose{"cirrhosis": "none"}')
    assert message["intent"]["name"] == "choose"
    assert not message.get("topics")


@pytest.mark.parametrize("text", ["", "   ", "🙂", "医生几点上班", "a" * 4000, "ALT " * 1000])
def test_understanding_survives_odd_messages(parse, text):
    assert parse(text)["intent"]["name"]


def test_understanding_is_the_same_every_time(parse):
    first, second = (parse("is treatment needed when ALT is normal")["intent_ranking"] for _ in range(2))
    assert first == second


def test_known_sentences_stop_a_wrong_model():
    from assistant.nlu.encoder import shared_encoder
    from assistant.nlu.examples import read_examples
    from assistant.nlu.guessing import IntentModel
    from assistant.nlu.intent_classifier import check_known_sentences
    from assistant.weights import ENCODER_DIR

    texts, intents = zip(*read_examples()[:KNOWN_EXAMPLES] + read_examples()[-KNOWN_EXAMPLES:], strict=True)
    model = IntentModel.train((shared_encoder(ENCODER_DIR, 96).encode(texts), texts, intents), 30.0, 0.4, 1)
    check_known_sentences(model, {texts[0]: intents[0]}, 96)
    with pytest.raises(ModelError, match="M004"):
        check_known_sentences(model, {texts[0]: "greet"}, 96)
