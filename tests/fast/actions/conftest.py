"""A conversation with the real actions and responses, without Rasa: messages arrive as the NLU hands them on."""

import json
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.responses import all_responses
from hepb.reading import read_text
from hepb.yaml_files import parse_yaml

ROOT = Path(__file__).parents[3]
RULES = {
    rule["steps"][0]["intent"]: rule["steps"][-1]["action"]
    for path in (ROOT / "data" / "rules").glob("*.yml")
    for rule in parse_yaml(path.read_text(), path.name)["rules"]
}
RESPONSES = all_responses()


def action(name):
    """The action of this name, out of the file of this name."""
    module = import_module(f"actions.{name}")
    return next(
        thing() for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == module.__name__
    )


def finding(name, value=None, unit=None, *, kind="marker", text="", **more):
    """One finding as ``hepb.reading.Finding.to_dict`` gives it."""
    empty = dict.fromkeys(("comparator", "interpretation", "date", "since", "reference_high", "flag", "doubt"))
    place = {"start": 0, "end": 1, "text": text or str(value), "person": "self", "current": True}
    return {"kind": kind, "name": name, "value": value, "unit": unit, **empty, **place, **more}


@dataclass
class Chat:
    """One conversation. ``say`` and ``choose`` return what the assistant said; ``slots`` are what Rasa would keep."""

    slots: dict = field(default_factory=lambda: {"record": None, "dialogue": None})
    events: list = field(default_factory=list)
    messages: list = field(default_factory=list)

    def arrive(self, intent, *findings, text="words", topics=(), signs=(), offers=(), imagined=None):
        """A message reaches the tracker, but no action runs (the action server is down)."""
        number = len(self.events) + 1
        reading = {"findings": list(findings), "imagined": imagined}
        parsed = {"intent": {"name": intent}, "reading": reading, "topics": list(topics)}
        parsed |= {"urgent_signs": list(signs), "offers": list(offers)}
        event = {"event": "user", "text": text, "timestamp": float(number), "message_id": f"m{number}"}
        self.events.append({**event, "parse_data": parsed})

    def say(self, intent, *findings, text="words", topics=(), signs=(), offers=(), imagined=None):
        self.arrive(intent, *findings, text=text, topics=topics, signs=signs, offers=offers, imagined=imagined)
        return self.run(RULES[intent])

    def tell(self, text, intent="provide_results", *, as_of=None, topics=()):
        """Say something in words, as the reading hands it on; ``topics`` are the questions heard in it."""
        findings = [item.to_dict() for item in read_text(text, as_of).findings]
        return self.say(intent, *findings, text=text, topics=topics)

    def choose(self, **items):
        """Press buttons of the question asked last, or of the one that ``question`` names."""
        return self.say("choose", text=f"/choose{json.dumps({'question': self.question, **items})}")

    def pick(self, intent):
        """Press a button that asks a question, as the channel hands it on."""
        pressed = next(
            button["payload"] for button in self.buttons if json.loads(button["payload"][7:])["ask"] == intent
        )
        return self.say("choose", text=pressed, topics=[intent])

    @property
    def pictures(self):
        """What is to be drawn, by its kind."""
        return {message["picture"]["kind"]: message["picture"] for message in self.messages if "picture" in message}

    @property
    def buttons(self):
        """The buttons that ask questions, in order."""
        return [button for message in self.messages for button in message["buttons"]]

    @property
    def question(self):
        """What the buttons of the question asked last carry."""
        return next((message["question"] for message in reversed(self.messages) if "question" in message), "")

    def run(self, name):
        dispatcher = CollectingDispatcher()
        tracker = Tracker("patient", self.slots, {}, self.events, False, None, {}, None)
        for event in action(name).run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = json.loads(json.dumps(event["value"]))
        self.messages = dispatcher.messages
        return self

    @property
    def said(self):
        """Names of the responses, in order."""
        return [message["response"] for message in self.messages]

    @property
    def situations(self):
        """Names of the responses about situations, without what they have in common."""
        said = [item["response"] for item in self.messages if item["section"] == "situation"]
        return [name.removeprefix("utter_situation_") for name in said]

    @property
    def sections(self):
        """Sections in order, each once in a row."""
        found = [message["section"] for message in self.messages]
        return [name for place, name in enumerate(found) if place == 0 or found[place - 1] != name]

    def text(self, response):
        """The words of one response as the patient reads them."""
        message = next(message for message in self.messages if message["response"] == response)
        variation = RESPONSES[response][0]
        words = variation.get("text") or " ".join(variation["custom"][key] for key in ("label", "value", "when"))
        return words.format_map(message)

    @property
    def sentences(self):
        """The words of every response but the rows of results, with its placeholders."""
        return [RESPONSES[name][0]["text"] for name in self.said if "text" in RESPONSES[name][0]]

    @property
    def record(self):
        return self.slots["record"]

    @property
    def pending(self):
        return self.slots["dialogue"]["pending"]


@pytest.fixture
def chat():
    return Chat()


@pytest.fixture(scope="session")
def responses():
    return RESPONSES


@pytest.fixture
def found():
    return finding


@pytest.fixture
def tolerant(found):
    """The findings of a person in immune tolerance, ALT left out."""
    return (
        found("age", 24, kind="age"),
        found("sex", "male", kind="sex"),
        found("HBsAg", interpretation="positive", since="2002-01-01"),
        found("HBeAg", interpretation="positive"),
        found("HBV_DNA", 3.2e8, "IU/mL"),
    )
