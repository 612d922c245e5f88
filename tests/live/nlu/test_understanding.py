"""The trained pipeline inside Rasa: accuracy on held-out questions, refusals, urgent messages, contract, time."""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.nlu.topics import intent_topics
from assistant.training import train_if_stale
from hepb.errors import ModelError

pytestmark = pytest.mark.live

DATA = Path(__file__).parents[2] / "data"
FALLBACK = "nlu_fallback"
LEAST_ACCURACY = 0.90
LEAST_REFUSED = 0.80
MOST_WRONGLY_REFUSED = 0.08
LEAST_URGENT = 0.95
MOST_FALSE_ALARMS = 0.05
MOST_CPU_MS = 20.0
KNOWN_EXAMPLES = 30

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def parse() -> Parse:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's own, of every start
        from rasa.core.agent import Agent

        agent = Agent.load(train_if_stale())
    loop = asyncio.new_event_loop()

    def parse_message(text: str) -> dict[str, Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Rasa's, about intents that no story uses
            return loop.run_until_complete(agent.parse_message(text))

    yield parse_message
    loop.close()


def read_rows(file: str) -> list[tuple[str, str]]:
    blocks = yaml.safe_load((DATA / file).read_text("utf8"))
    return [(name, row) for name, block in blocks.items() for row in block.splitlines()]


def refused(intent: str) -> bool:
    return intent == FALLBACK or intent_topics()[intent].file == "out_of_scope"


@pytest.fixture(scope="module")
def frozen(parse) -> list[tuple[str, str, str]]:
    return [(right, understood(parse(text), right), text) for right, text in read_rows("questions_frozen.yml")]


def understood(message: dict[str, Any], right: str) -> str:
    """The intent; of a message that gives a result and asks something, the question counts too."""
    asked_too = message["intent"]["name"] == "provide_results" and right in message["topics"]
    return right if asked_too else message["intent"]["name"]


def test_understanding_of_held_out_questions_holds_its_floor(frozen):
    inside = [row for row in frozen if not refused(row[0])]
    wrong = [row for row in inside if row[0] != row[1]]
    assert 1 - len(wrong) / len(inside) >= LEAST_ACCURACY, wrong


def test_understanding_refuses_what_is_out_of_scope_and_little_else(frozen):
    outside = [row for row in frozen if refused(row[0])]
    inside = [row for row in frozen if not refused(row[0])]
    assert sum(refused(row[1]) for row in outside) / len(outside) >= LEAST_REFUSED
    assert sum(refused(row[1]) for row in inside) / len(inside) <= MOST_WRONGLY_REFUSED


def test_understanding_finds_unseen_urgent_messages(parse):
    found = [(kind, parse(text).get("urgent"), text) for kind, text in read_rows("urgent_unseen.yml")]
    urgent = [row for row in found if row[0] != "ordinary"]
    missed = [row for row in urgent if row[0] != row[1]]
    alarms = [row for row in found if row[0] == "ordinary" and row[1]]
    assert 1 - len(missed) / len(urgent) >= LEAST_URGENT, missed
    assert len(alarms) / (len(found) - len(urgent)) <= MOST_FALSE_ALARMS, alarms


def test_understanding_reads_results_and_question_of_one_message(parse):
    message = parse("I'm 30, male, HBeAg negative, ALT 64. Can I drink beer? How is it spread?")
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


def test_understanding_takes_little_time(parse):
    texts = [text for _, text in read_rows("questions_frozen.yml")][:100]
    start = time.process_time()
    for text in texts:
        parse(text)
    assert (time.process_time() - start) / len(texts) * 1000 < MOST_CPU_MS


def test_known_sentences_stop_a_wrong_model():
    from assistant.nlu.encoder import shared_encoder
    from assistant.nlu.examples import read_examples
    from assistant.nlu.guessing import IntentModel
    from assistant.nlu.intent_classifier import check_known_sentences
    from assistant.weights import ENCODER_DIR

    texts, intents = zip(*read_examples()[:KNOWN_EXAMPLES] + read_examples()[-KNOWN_EXAMPLES:], strict=True)
    model = IntentModel.train(shared_encoder(ENCODER_DIR, 96).encode(texts), intents, 30.0, 1)
    check_known_sentences(model, {texts[0]: intents[0]}, 96)
    with pytest.raises(ModelError, match="M004"):
        check_known_sentences(model, {texts[0]: "greet"}, 96)
