"""An answer that people without hepatitis B ask for as well does not take for granted that who asks has it."""

import re

from assistant.evaluation.wording import response_files
from assistant.nlu.topics import intent_topics
from hepb.yaml_files import parse_yaml

OF_EVERYBODY = {
    "vaccine_and_immunity",
    "everyday_transmission",
    "exposure_prevention",
    "sex_and_marriage",
    "fertility_having_children",
    "mother_to_child_pregnancy",
    "other_medicines_and_surgery",
    "basic_facts_what_is",
}
"""Topics about which partners, parents, nurses and people who do not know ask."""
OF_CARRIERS = {
    "utter_answer_infectious_when_undetectable",
    "utter_answer_medicine_in_pregnancy",
    "utter_answer_newly_diagnosed",
    "utter_answer_after_birth",
    "utter_answer_tell_partner",
}
"""Their questions say that who asks, or is spoken of, has the virus."""
PRESUMES = re.compile(
    r"your (own )?(hepatitis|virus|infection|viral load|liver doctor)|(?<!if )you (have|carry) (hepatitis|the virus)|"
    r"(around|live with|close to) you|your (partner|family|household)\b|protects you now",
    re.IGNORECASE,
)


def answers():
    names = {
        f"utter_answer_{intent.removeprefix('ask_')}"
        for intent, entry in intent_topics().items()
        if entry.topic in OF_EVERYBODY
    }
    for path in response_files():
        for name, variations in parse_yaml(path.read_text("utf8"), path.name)["responses"].items():
            if name in names - OF_CARRIERS:
                yield from ((name, variation["text"]) for variation in variations)


def test_answers_for_everybody_presume_no_infection(every):
    def presumes_nothing(text):
        assert not PRESUMES.search(text)

    every(answers(), presumes_nothing)


def test_presumption_is_found():
    told = ("Ask about your hepatitis B.", "Tell them that you have hepatitis B.", "It protects the people around you.")
    assert all(PRESUMES.search(text) for text in told)
    assert not PRESUMES.search("If you have hepatitis B, ask for a test.")
