"""Whole conversations against the running servers, through our own channel, custom actions included.

Each file under ``transcripts`` holds conversations of a few lines. A turn is what the patient does (``patient``: words,
``press``: the payloads of buttons, ``press_again``: those of the question before) and what the assistant then says:
``says`` names responses that come in this order, others may stand between them; ``first`` names the one that comes
before all; ``never`` names some that must not come. A response is recognised by its own words, so no transcript holds a
sentence of the assistant.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

from assistant.responses import all_responses

HERE = Path(__file__).parent
RESPONSES = all_responses()
TURN_KEYS = {"patient", "press", "press_again", "says", "first", "never", "rows", "forgets"}


def conversations():
    for path in sorted((HERE / "transcripts").glob("*.yml")):
        for item in yaml.safe_load(path.read_text()):
            yield pytest.param(item["turns"], id=f"{path.stem}: {item['name']}")


def pattern(words):
    """A pattern for the words of a response, whatever stands at its placeholders."""
    parts = re.split(r"{\w+}", words)
    return re.compile(".*".join(re.escape(part.strip()) for part in parts), re.DOTALL)


def is_said(response, message):
    """Whether a message of the channel is this response."""
    for variation in RESPONSES[response]:
        card = variation.get("custom")
        if card and message["card"]:
            return all(_fits(value, message["card"].get(key)) for key, value in card.items() if isinstance(value, str))
        if "text" in variation and message["text"] and pattern(variation["text"]).fullmatch(message["text"].strip()):
            return True
    return False


def _fits(value, said):
    return isinstance(said, str) and pattern(value).fullmatch(said.strip()) is not None


def titles(payload):
    """The words on the button with this payload."""
    if "ask" in payload:
        return {RESPONSES[f"utter_question_{payload['ask'].removeprefix('ask_')}"][0]["text"]}
    return {
        button["title"]
        for variations in RESPONSES.values()
        for variation in variations
        for button in variation.get("buttons", ())
        if _items(button["payload"]) == payload
    }


def _items(payload):
    """What a button says, without the question that it is bound to."""
    return {item: value for item, value in json.loads(payload.removeprefix("/choose")).items() if item != "question"}


def press(conversation, turn, payloads):
    tokens = []
    for payload in payloads:
        words = [pattern(title) for title in titles(payload)]
        fitting = [b["choice"] for b in turn.buttons if any(word.fullmatch(b["title"]) for word in words)]
        assert fitting, f"no button for {payload} among {[button['title'] for button in turn.buttons]}"
        tokens.append(fitting[0])
    return conversation.choose(tokens)


def act(conversation, step, turn, before):
    """Do what the patient does in a step."""
    if "press" in step:
        return press(conversation, turn, step["press"])
    if "press_again" in step:
        return press(conversation, before, step["press_again"])
    return conversation.say(step["patient"])


def names(messages):
    """The responses said, for a readable failure."""
    return [next((name for name in RESPONSES if is_said(name, message)), message["text"]) for message in messages]


def check(step, turn):
    messages = list(turn.messages)
    assert turn.problem is None
    if "first" in step:
        assert is_said(step["first"], messages[0]), names(messages)
    place = 0
    for response in step.get("says", ()):
        place = next((i + 1 for i in range(place, len(messages)) if is_said(response, messages[i])), None)
        assert place, f"{response} does not come, or not in this order, in {names(messages)}"
    for response in step.get("never", ()):
        assert not any(is_said(response, message) for message in messages), names(messages)
    rows = {message["card"]["label"]: message["card"]["value"] for message in messages if message["card"]
            and message["card"]["card"] == "understood"}  # fmt: skip
    for label, value in step.get("rows", {}).items():
        assert rows.get(label) == value, rows


@pytest.mark.parametrize("turns", list(conversations()))
def test_conversation(conversation, turns):
    turn = before = None
    for step in turns:
        assert set(step) <= TURN_KEYS, f"a turn has only {TURN_KEYS}"
        before, turn = turn, act(conversation, step, turn, before)
        check(step, turn)
        if step.get("forgets"):
            assert [line for line in conversation.transcript() if line["from"] == "patient"] == []
