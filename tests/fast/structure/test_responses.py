"""Every response that can be said exists once, every one that exists can be said, and its placeholders are known."""

import re
from collections import Counter

from names import PATIENT_VALUES, TOPICS, needed, sayable
from written import FILES, RESPONSES, ROOT

from actions.facts import NEEDED
from actions.saying import RESERVED


def prose(variation):
    """Every string of a variation that a patient reads."""
    if isinstance(variation, dict):
        for key, value in variation.items():
            if key not in {"payload", "condition", "metadata", "card"}:
                yield from prose(value)
    elif isinstance(variation, list):
        for item in variation:
            yield from prose(item)
    elif isinstance(variation, str):
        yield variation


ALL_PROSE = [(name, text) for name, variations in RESPONSES.items() for text in prose(variations)]


def test_response_stands_only_once():
    keys = Counter(
        match for path in FILES for match in re.findall(r"^  (utter_\w+):", path.read_text(), flags=re.MULTILINE)
    )
    assert [name for name, times in keys.items() if times > 1] == []
    assert set(keys) == set(RESPONSES), "a response is not indented by two spaces"


IN_WORDS = re.compile(
    r"\b(once|twice|about|every|for|(one|two|three|four|five|six|ten|twelve) \w+) an? (day|week|month|year)"
)


def test_no_interval_is_written_in_words():
    assert all(
        IN_WORDS.search(words) for words in ("about twice a year", "given for about a year", "three times a day")
    )
    assert [name for name, text in ALL_PROSE if IN_WORDS.search(text)] == []


def test_every_response_that_can_be_said_exists():
    assert sorted(set(needed()) - set(RESPONSES)) == []


def test_every_response_can_be_said():
    assert sorted(set(RESPONSES) - set(sayable())) == []


def test_every_response_has_a_variation_without_condition():
    lacking = [name for name, variations in RESPONSES.items() if all("condition" in item for item in variations)]
    assert lacking == []


def test_every_default_variation_is_the_only_one():
    """Of several, Rasa would say one at random."""
    several = [
        name for name, variations in RESPONSES.items() if sum("condition" not in item for item in variations) > 1
    ]
    assert several == []


def test_placeholders_are_known():
    known = PATIENT_VALUES | {number for numbers in NEEDED.values() for number in numbers}
    assert not known & RESERVED
    wrong = {(name, found) for name, text in ALL_PROSE for found in re.findall(r"{(\w+)}", text) if found not in known}
    assert wrong == set()


def test_numbers_from_the_knowledge_are_given_where_they_are_needed():
    """What is in actions.facts.NEEDED is exactly what the responses ask for."""
    shared = {number for numbers in NEEDED.values() for number in numbers}
    asked = {}
    for name, text in ALL_PROSE:
        asked.setdefault(name, set()).update(set(re.findall(r"{(\w+)}", text)) & shared)
    assert {name: numbers for name, numbers in asked.items() if numbers} == {
        name: set(numbers) for name, numbers in NEEDED.items()
    }


UNIT_NAMES = re.compile(r"log10 (IU|copies)/mL|10\^9/L|FIB-4")


def test_no_number_is_written_into_a_sentence():
    """Numbers belong to hepb/knowledge; a sentence holds their placeholder."""
    plain = [(name, UNIT_NAMES.sub("", re.sub(r"{\w+}", "", text))) for name, text in ALL_PROSE]
    assert [(name, text) for name, text in plain if re.search(r"\d", text)] == []


def test_topics_have_the_same_name_in_every_folder():
    answering = {topic for topic in TOPICS if topic != "flow"}
    assert answering <= {path.stem for path in FILES}
    assert set(TOPICS) == {path.stem for path in (ROOT / "data" / "rules").glob("*.yml")}
