import importlib.util
from pathlib import Path

import pytest
import yaml

from assistant.bench import script
from assistant.bench.measure import LONG_TURNS, TURNS, WINDOWS
from assistant.bench.script import read_script


def stock_examples():
    # found without importing Rasa
    package = Path(importlib.util.find_spec("rasa").origin).parent
    nlu = yaml.safe_load((package / "cli/initial_project/data/nlu.yml").read_text())["nlu"]
    return {line.removeprefix("- ") for intent in nlu for line in intent["examples"].splitlines()}


def test_script_of_the_stock_bot_is_its_own_examples():
    assert set(read_script("stock").messages) <= stock_examples()


@pytest.mark.parametrize("name", ["assistant", "stock"])
def test_script_has_one_cycle_for_each_conversation_and_window(name):
    assert len(read_script(name).messages) == TURNS
    assert all(last - first + 1 == TURNS for first, last in WINDOWS.values())
    assert max(last for _, last in WINDOWS.values()) == LONG_TURNS


def test_message_brings_a_new_value_in_each_cycle():
    messages = read_script("assistant").messages
    place = next(number for number, text in enumerate(messages, start=1) if "{alt}" in text)
    said = [read_script("assistant").message(place + cycle * len(messages)) for cycle in range(30)]
    assert len(set(said)) == len(said)
    assert all("{" not in text for text in said)


def test_message_repeats_from_cycle_to_cycle():
    stock = read_script("stock")
    assert [stock.message(turn) for turn in (1, 10, 11)] == [stock.messages[0], stock.messages[-1], stock.messages[0]]


def test_alt_values_come_back_late():
    values = {cycle * script.ALT_STEP % script.ALT_SPAN for cycle in range(script.ALT_SPAN)}
    assert len(values) == script.ALT_SPAN
