"""Graph component: a vector for the whole text and for each of its sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder import Encoder, shared_encoder
from assistant.nlu.fingerprint import digest_of, own_modules
from assistant.nlu.message_keys import PAYLOAD_PREFIX, SENTENCES, VECTORS
from assistant.nlu.sentences import split_sentences
from assistant.weights import BUILT_SHA256, ENCODER_DIR


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """MiniLM vectors: dense sentence features for training, ``sentences`` and ``sentence_vectors`` for guessing."""

    def __init__(self, config: dict[str, Any], name: str, encoder: Encoder) -> None:
        self._name = name
        self._max_sentences: int = config["max_sentences"]
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``max_tokens`` cuts each text; ``max_sentences`` bounds the work for one long message."""
        return {"max_tokens": 96, "max_sentences": 16}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's interface
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Load the checked weights. Raises ModelError (M001) when they are missing or changed."""
        return cls(config, execution_context.node_name, shared_encoder(ENCODER_DIR, config["max_tokens"]))

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that Rasa checks for before training."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def supported_languages() -> list[str] | None:
        """The weights know English only."""
        return ["en"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:  # noqa: ARG003
        """Change with the weights, which lie outside the project's sources."""
        return BUILT_SHA256["model.onnx"] + digest_of(own_modules())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode all examples."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        vectors = self._encoder.encode_many([example.get(TEXT) for example in examples])
        for example, vector in zip(examples, vectors, strict=True):
            example.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message whole and, when it has several sentences, sentence by sentence."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.strip() or text.startswith(PAYLOAD_PREFIX):
                continue
            sentences = split_sentences(text, self._max_sentences)
            single = len(sentences) < 2  # noqa: PLR2004 - one sentence is the whole text
            texts = [text] if single else [text, *sentences]
            vectors = self._encoder.encode(texts)
            message.set(SENTENCES, (text,) if single else sentences)
            message.set(VECTORS, vectors[[0, 0]] if single else vectors)
        return messages
