"""Graph component: read results, conditions and urgent signs from the raw text."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.fingerprint import digest_of, own_modules
from assistant.nlu.message_keys import PAYLOAD_PREFIX, READING, URGENT, URGENT_SIGNS
from hepb.reading import read_text
from hepb.reading.what_if import imagined
from hepb.safety.urgent import find_urgent
from hepb.yaml_files import knowledge_folder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ResultReader(GraphComponent):
    """Sets ``reading`` (the findings of :func:`hepb.reading.read_text` as plain JSON), ``urgent`` and its signs.

    ``reading`` also holds what a question only imagines (:func:`hepb.reading.what_if.imagined`), None where nothing is.

    Works on the raw text: a tokenizer would lose the sign of "HBeAg(-)" and the "<" of "< 20". Sets no entities.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> ResultReader:
        """Make the component; it has nothing to load."""
        reader = cls()
        reader.process([Message.build("ALT 20, no yellow eyes")])  # compiles the rules before a patient waits for them
        return reader

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that Rasa checks for before training."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:  # noqa: ARG003
        """Change with the word lists, which Rasa knows nothing of."""
        lexicon = knowledge_folder() / "lexicon"
        return digest_of([*own_modules(), *lexicon.glob("*.yaml"), *knowledge_folder().glob("assays.yaml")])

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; a button's payload holds no free text and gets empty values."""
        for message in messages:
            text = message.get(TEXT) or ""
            typed = "" if text.startswith(PAYLOAD_PREFIX) else text
            findings = [finding.to_dict() for finding in read_text(typed).findings] if typed else []
            signs = find_urgent(typed) if typed else ()
            what_if = imagined(typed) if typed else None
            reading = {"findings": findings, "imagined": what_if.to_dict() if what_if else None}
            message.set(READING, reading, add_to_output=True)
            message.set(URGENT, signs[0].kind if signs else None, add_to_output=True)
            message.set(URGENT_SIGNS, list(dict.fromkeys(sign.id for sign in signs)), add_to_output=True)
        return messages
