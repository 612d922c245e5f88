"""Graph component: guesses from sentence vectors and words, with the nearest training example as a second witness."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.guessing import Guess, IntentModel
from assistant.nlu.message_keys import GUESSES, SENTENCES
from assistant.nlu.sentence_encoder import SentenceEncoder
from assistant.nlu.vectors import load_stored, trained, vector_of, with_vectors
from assistant.weights import ENCODER_DIR
from hepb.errors import ModelError

_RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets ``intent`` and ``intent_ranking`` of the whole text and a guess for every sentence."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``strength``: scikit-learn's C; ``say_of_words``: how much words count beside vectors.

        ``known_sentences``: checked after every load, sentence to intent.
        """
        return {"strength": 30.0, "say_of_words": 0.4, "random_seed": 1, "known_sentences": {}, "max_tokens": 96}

    @classmethod
    def required_components(cls) -> list[type]:
        """The vectors come from the sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that Rasa checks for before training."""
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> IntentClassifier:
        """Make an untrained classifier, for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> IntentClassifier:
        """Load the trained classifier and check it. Raises ModelError: M003 untrained, M004 classifies wrongly."""
        model = load_stored(IntentModel.load, model_storage, resource)
        check_known_sentences(model, config["known_sentences"], config["max_tokens"])
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples and store the arrays."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        vectors = np.concatenate([vector_of(e) for e in examples])
        texts, intents = ([e.get(key) for e in examples] for key in (TEXT, INTENT))
        options = (self._config[name] for name in ("strength", "say_of_words", "random_seed"))
        self._model = IntentModel.train((vectors, texts, intents), *options)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Guess the intent of each message; a message without vectors (a payload, blanks) is left alone."""
        for message, vectors in with_vectors(messages):
            texts = [message.get(TEXT), *message.get(SENTENCES)]
            guesses = trained(self._model, self._resource).guess(vectors, texts, _RANKING_LENGTH)
            message.set(GUESSES, guesses)
            ranking = [_as_rasa(name, confidence) for name, confidence in guesses[0].ranking]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def check_known_sentences(model: IntentModel, known: dict[str, str], max_tokens: int) -> None:
    """Classify sentences whose intent is certain. Raises ModelError (M004) for the first that comes out wrong.

    Catches an encoder that computes wrongly on this processor as well as weights that do not fit the encoder.
    """
    encoder = shared_encoder(ENCODER_DIR, max_tokens)
    for sentence, intent in known.items():
        guess: Guess = model.guess(encoder.encode([sentence]), [sentence], 1)[0]
        if guess.intent != intent:
            raise ModelError("M004", sentence=sentence, found=guess.intent, expected=intent)


def _as_rasa(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
