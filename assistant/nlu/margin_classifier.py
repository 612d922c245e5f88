"""Graph component: how surely text and sentences are urgent or to be refused (:mod:`assistant.nlu.margins`)."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.fingerprint import digest_of, own_modules
from assistant.nlu.margins import EXAMPLE_FILES, MarginModel, described, label_of, margin_examples
from assistant.nlu.message_keys import MARGINS, SENTENCES
from assistant.nlu.sentence_encoder import SentenceEncoder
from assistant.nlu.subjects import FILES as SUBJECT_FILES
from assistant.nlu.vectors import load_stored, trained, vector_of, with_vectors
from assistant.weights import ENCODER_DIR


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MarginClassifier(GraphComponent):
    """Sets ``margins``; learns from ``data/urgent``, ``data/refused`` and all examples of intents."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: MarginModel | None = None
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``strength``: scikit-learn's C; ``width``: its gamma; ``subjects``: their share beside a sentence vector;
        ``max_tokens``: the encoder's.
        """
        return {"strength": 10.0, "width": 1.0, "subjects": 0.4, "max_tokens": 96}

    @classmethod
    def required_components(cls) -> list[type]:
        """The vectors come from the sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that Rasa checks for before training."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:  # noqa: ARG003
        """Change with its own examples and word lists, which Rasa knows nothing of."""
        return digest_of([*own_modules(), *EXAMPLE_FILES, *SUBJECT_FILES])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> MarginClassifier:
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
    ) -> MarginClassifier:
        """Load the trained classifier. Raises ModelError (M003) when it was never trained."""
        return cls(config, model_storage, resource, load_stored(MarginModel.load, model_storage, resource))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on its own examples and on the vectors of all others, and store the arrays."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        labels, texts = zip(*margin_examples(), strict=True)
        encoded = shared_encoder(ENCODER_DIR, self._config["max_tokens"]).encode_many(texts)
        vectors = np.concatenate([encoded, *map(vector_of, examples)])
        vectors = described(vectors, [*texts, *(e.get(TEXT) for e in examples)], self._config["subjects"])
        labels = [*labels, *(label_of(e.get(INTENT)) for e in examples)]
        self._model = MarginModel.train(vectors, labels, self._config["strength"], self._config["width"])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the margins of each message; one without vectors (a payload, blanks) is left alone."""
        for message, vectors in with_vectors(messages):
            rows = described(vectors, [message.get(TEXT), *message.get(SENTENCES)], self._config["subjects"])
            message.set(MARGINS, trained(self._model, self._resource).margins(rows))
        return messages
