"""Graph component: sets the final intent, the topics and the findings that count (:mod:`assistant.nlu.routing`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.fingerprint import digest_of, own_modules
from assistant.nlu.fitting import BOUND_FILE
from assistant.nlu.intent_classifier import IntentClassifier
from assistant.nlu.margin_classifier import MarginClassifier
from assistant.nlu.message_keys import (
    GUESSES,
    MARGINS,
    OFFERS,
    PAYLOAD_PREFIX,
    READING,
    SENTENCES,
    TOPICS,
    URGENT,
    URGENT_SIGNS,
)
from assistant.nlu.offers import OfferLimits
from assistant.nlu.result_reader import ResultReader
from assistant.nlu.routing import FALLBACK, Heard, Route, Thresholds, route


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MessageRouter(GraphComponent):
    """Stands last in the pipeline. Overwrites ``intent`` and puts it first in ``intent_ranking``."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's interface
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> MessageRouter:
        """Take the thresholds from config.yml, which says how they were measured: there is no default."""
        return cls(thresholds_of(config))

    @classmethod
    def required_components(cls) -> list[type]:
        """What it decides on comes from these."""
        return [ResultReader, IntentClassifier, MarginClassifier]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:  # noqa: ARG003
        """Change with the rules, which live beside this class."""
        return digest_of([*own_modules(), BOUND_FILE])

    def process(self, messages: list[Message]) -> list[Message]:
        """Route each message; payloads belong to Rasa, blanks are not understood."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith(PAYLOAD_PREFIX):
                message.set(TOPICS, [], add_to_output=True)
                continue
            guesses = message.get(GUESSES)
            if not guesses:
                _write(message, Route(FALLBACK, 1.0))
                continue
            findings = message.get(READING)["findings"]
            heard = Heard(
                text,
                message.get(SENTENCES),
                guesses[0],
                guesses[1:],
                message.get(MARGINS),
                findings,
                message.get(URGENT),
            )
            _write(message, route(heard, self._thresholds))
        return messages


def thresholds_of(config: Mapping[str, Any]) -> Thresholds:
    """The thresholds of the router's part of config.yml."""
    offers = OfferLimits(config["certain"], config["rival"], config["near_enough"])
    names = ("confidence", "nearest", "urgent", "despite", "ordinary", "refused", "statement")
    return Thresholds(**{name: config[name] for name in names}, offers=offers)


def _write(message: Message, decision: Route) -> None:
    intent = {INTENT_NAME_KEY: decision.intent, PREDICTED_CONFIDENCE_KEY: decision.confidence}
    ranking = [r for r in message.get(INTENT_RANKING_KEY) or [] if r[INTENT_NAME_KEY] != decision.intent]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *ranking], add_to_output=True)
    message.set(TOPICS, list(decision.topics), add_to_output=True)
    message.set(OFFERS, list(decision.offers), add_to_output=True)
    message.set(URGENT, decision.urgent, add_to_output=True)
    if not decision.urgent:
        message.set(URGENT_SIGNS, [], add_to_output=True)
    message.set(READING, {**(message.get(READING) or {}), "findings": list(decision.findings)}, add_to_output=True)
