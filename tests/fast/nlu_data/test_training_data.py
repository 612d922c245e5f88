"""The structure of the training examples: complete, varied, in step with topics, domain and held-out questions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hepb.yaml_files import parse_yaml

ROOT = Path(__file__).parents[3]


def read(path: Path) -> Any:
    return parse_yaml(path.read_text("utf8"), path.name)


NLU = sorted((ROOT / "data" / "nlu").glob("*.yml"))
TOPICS = read(ROOT / "assistant" / "nlu" / "topics.yaml")
CONTRACT_TOPICS = {
    "vaccine_and_immunity", "everyday_transmission", "serology_interpretation", "how_to_treat_which_drug",
    "mother_to_child_pregnancy", "cure_or_turn_negative", "diet", "symptoms", "work_school_discrimination",
    "viral_load",
    "basic_facts_what_is", "liver_enzymes_function", "cost_insurance_hospital", "coinfection_comorbidity",
    "sex_and_marriage", "carrier_or_phase_meaning", "treat_now_or_not", "fertility_having_children",
    "lifestyle_exercise_sleep", "cirrhosis_fibrosis", "exposure_prevention", "herbal_folk_remedies_supplements",
    "prognosis_severity_lifespan", "side_effects_and_resistance", "monitoring_and_tests", "alcohol_smoking",
    "named_antivirals", "stopping_or_missing_treatment", "blood_donation", "liver_cancer_afp",
    "other_medicines_and_surgery", "emotional_distress", "immunosuppression_reactivation", "phase_story", "other",
}  # fmt: skip


def read_blocks(file: Path) -> dict[str, list[str]]:
    blocks = read(file)["nlu"]
    return {block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()] for block in blocks}


EXAMPLES = {intent: lines for file in NLU for intent, lines in read_blocks(file).items()}
FROZEN = {
    intent: block
    for path in sorted((ROOT / "tests" / "data" / "questions_frozen").glob("*.yml"))
    for intent, block in read(path).items()
}
URGENT = read(ROOT / "data" / "urgent" / "messages.yml")
QUESTIONS = {intent for intents in TOPICS.values() for intent, topic in intents.items() if topic and topic != "other"}
LEAST, MOST = 20, 40
LEAST_OF_A_QUESTION = 8
LEAST_URGENT = 400


def plain(text: str) -> str:
    return text.lower().strip(" ?.!")


def test_training_data_holds_the_intents_of_its_topic_file():
    wrong = {file.stem: set(read_blocks(file)) ^ set(TOPICS[file.stem]) for file in NLU}
    assert {topic: intents for topic, intents in wrong.items() if intents} == {}


def test_training_data_has_a_file_for_every_topic_file():
    assert {file.stem for file in NLU} == set(TOPICS)


def test_training_data_has_examples_enough_and_not_too_many():
    least = {intent: LEAST_OF_A_QUESTION if intent in QUESTIONS else LEAST for intent in EXAMPLES}
    assert {intent: len(lines) for intent, lines in EXAMPLES.items() if not least[intent] <= len(lines) <= MOST} == {}


def test_training_data_has_examples_enough_for_every_topic():
    counts = Counter()
    for intents in TOPICS.values():
        for intent, topic in intents.items():
            counts[topic] += len(EXAMPLES[intent]) if topic else 0
    assert {topic: count for topic, count in counts.items() if topic and count < LEAST} == {}


def test_topics_answer_150_questions():
    assert len(QUESTIONS) >= 150


def test_training_data_is_varied(every):
    def is_varied(examples):
        assert len({len(example.split()) for example in examples}) >= 3
        assert len({example.split()[0].lower() for example in examples}) >= 5

    every(EXAMPLES.items(), is_varied)


def test_training_data_has_no_example_twice():
    counts = Counter(plain(example) for lines in EXAMPLES.values() for example in lines)
    assert not [example for example, count in counts.items() if count > 1]


def test_training_data_marks_no_entities_by_accident():
    assert not [e for lines in EXAMPLES.values() for e in lines if "](" in e or "]{" in e or e.startswith("/")]


def test_topics_use_the_ids_of_the_contract():
    used = {topic for intents in TOPICS.values() for topic in intents.values() if topic}
    assert used <= CONTRACT_TOPICS


def test_domain_knows_every_trained_intent():
    domain = read(ROOT / "domain.yml")
    intents = {i if isinstance(i, str) else next(iter(i)) for i in domain["intents"]}
    assert set(EXAMPLES) <= intents


def test_frozen_questions_cover_every_intent_four_times():
    assert set(FROZEN) == {*EXAMPLES, "nlu_fallback"}
    assert not [intent for intent, block in FROZEN.items() if len(block.splitlines()) < 4]
    assert sum(len(block.splitlines()) for block in FROZEN.values()) >= 600


def test_frozen_questions_are_never_trained_on():
    trained = {plain(example) for lines in EXAMPLES.values() for example in lines}
    assert not [q for block in FROZEN.values() for q in block.splitlines() if plain(q) in trained]


@pytest.mark.parametrize(
    "name", ["urgent_held_out.yml", "urgent_everyday.yml", "near_out_of_scope.yml", "questions_later.yml"]
)
def test_measuring_sets_are_never_trained_on(name):
    trained = {plain(example) for lines in EXAMPLES.values() for example in lines}
    trained |= {plain(row) for block in URGENT.values() for row in block.splitlines()}
    measured = read(ROOT / "tests" / "data" / name)
    assert not [row for block in measured.values() for row in block.splitlines() if plain(row) in trained]


def test_later_questions_name_intents_that_are_trained():
    labels = {intent for label in read(ROOT / "tests/data/questions_later.yml") for intent in label.split(", ")}
    assert labels <= set(EXAMPLES)


def test_urgent_examples_are_many_and_none_stands_twice():
    rows = [plain(row) for block in URGENT.values() for row in block.splitlines()]
    assert len(rows) == len(set(rows))
    assert {kind: len(block.splitlines()) >= LEAST_URGENT for kind, block in URGENT.items()} == {
        "urgent_symptom": True, "self_harm": True, "ordinary": True,
    }  # fmt: skip
