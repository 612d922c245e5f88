"""The table of intents: topic file and contract topic of each (``topics.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hepb.yaml_files import parse_yaml

TOPICS_FILE = Path(__file__).with_name("topics.yaml")
REFUSALS = "out_of_scope"
"""The topic file whose intents are refused."""
FOLLOW_UPS = "follow_ups"
"""The topic file of questions that hang on what was said last."""
NEVER_OFFERED = frozenset({REFUSALS, "urgent"})
"""Topic files whose intents nobody would be asked about: "Did you mean: I want to die?"."""


@dataclass(frozen=True)
class IntentTopic:
    """``file`` is the stem of the intent's files under ``data/``; ``topic`` the contract's id, None for no question."""

    file: str
    topic: str | None


@cache
def intent_topics() -> Mapping[str, IntentTopic]:
    """Intent to its topic, in the order of the file."""
    table = parse_yaml(TOPICS_FILE.read_text("utf8"), TOPICS_FILE.name)
    return MappingProxyType(
        {intent: IntentTopic(file, topic) for file, intents in table.items() for intent, topic in intents.items()}
    )


def contract_topic(intent: str) -> str | None:
    """The contract's topic id of an intent; None for an intent that asks nothing or is not in the table."""
    entry = intent_topics().get(intent)
    return entry.topic if entry else None


def asks(intent: str) -> bool:
    """Whether an intent asks something, by itself or about what was said last."""
    entry = intent_topics().get(intent)
    return entry is not None and (entry.topic is not None or entry.file == FOLLOW_UPS)


def is_answerable(intent: str) -> bool:
    """Whether an intent is a question that is answered, so that a button can offer it."""
    entry = intent_topics().get(intent)
    return entry is not None and entry.topic is not None and entry.file not in NEVER_OFFERED
