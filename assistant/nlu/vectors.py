"""What the components that learn from sentence vectors share: whose vectors, and a model that was stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.message_keys import VECTORS
from hepb.errors import ModelError

Model = TypeVar("Model")


def vector_of(example: Message) -> np.ndarray:
    """The vector of a training example. Raises ModelError (M005) when the encoder gave none."""
    _, sentence_features = example.get_dense_features(TEXT)
    if sentence_features is None:
        raise ModelError("M005")
    return sentence_features.features


def with_vectors(messages: Iterable[Message]) -> Iterator[tuple[Message, np.ndarray]]:
    """The messages with their vectors; one that has none (a payload, blanks) is left out."""
    for message in messages:
        vectors = message.get(VECTORS)
        if vectors is not None:
            yield message, vectors


def load_stored(load: Callable[[Path], Model], storage: ModelStorage, resource: Resource) -> Model:
    """The model that ``load`` reads from where it was stored. Raises ModelError (M003) when there is none."""
    try:
        with storage.read_from(resource) as folder:
            return load(folder)
    except (FileNotFoundError, ValueError):
        raise ModelError("M003", name=resource.name) from None


def trained(model: Model | None, resource: Resource) -> Model:
    """The model of a component. Raises ModelError (M003) when it has not been trained."""
    if model is None:
        raise ModelError("M003", name=resource.name)
    return model
