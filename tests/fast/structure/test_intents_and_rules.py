"""Intents, rules, actions and domain name the same things, so that no turn is unmatched."""

from pathlib import Path

from hepb.yaml_files import parse_yaml

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"
TOPICS = parse_yaml((ROOT / "assistant/nlu/topics.yaml").read_text(), "topics.yaml")
DOMAIN = parse_yaml((ROOT / "domain.yml").read_text(), "domain.yml")
INTENTS = {intent for intents in TOPICS.values() for intent in intents}
MADE_BY_US = {"choose", "nlu_fallback"}
BUILT_IN_ACTIONS = {"action_restart"}
ANSWERED_BY_RASA_FIRST = {"urgent_symptom": "utter_urgent_symptom", "self_harm": "utter_self_harm"}


def rules():
    for path in sorted((DATA / "rules").glob("*.yml")):
        for rule in parse_yaml(path.read_text(), path.name)["rules"]:
            yield path.stem, rule


def actions_of(rule):
    return [step["action"] for step in rule["steps"] if "action" in step]


def test_domain_names_the_intents_of_the_topics():
    assert set(DOMAIN["intents"]) == INTENTS | MADE_BY_US


def test_every_intent_has_exactly_one_rule():
    intents = [step["intent"] for _, rule in rules() for step in rule["steps"] if "intent" in step]
    assert sorted(intents) == sorted(INTENTS | MADE_BY_US)


def test_rule_stands_in_the_file_of_its_topic():
    topic_of = {intent: topic for topic, intents in TOPICS.items() for intent in intents}
    for file, rule in rules():
        intent = rule["steps"][0]["intent"]
        assert topic_of.get(intent, file) == file, f"the rule of {intent} belongs to data/rules/{topic_of[intent]}.yml"


def test_rule_calls_one_action_and_utters_only_before_it():
    for _, rule in rules():
        intent, actions = rule["steps"][0]["intent"], actions_of(rule)
        expected = ANSWERED_BY_RASA_FIRST.get(intent)
        assert actions[:-1] == ([expected] if expected else [])
        assert actions[-1].startswith("action_")


def test_starting_over_and_deleting_end_in_a_restart():
    restarting = {rule["steps"][0]["intent"] for _, rule in rules() if actions_of(rule)[-1] == "action_restart"}
    assert restarting == {"restart", "delete_my_data"}


def test_every_action_has_one_file_of_its_name_and_a_rule():
    files = {path.stem for path in (ROOT / "actions").glob("action_*.py")}
    called = {actions_of(rule)[-1] for _, rule in rules()} - BUILT_IN_ACTIONS
    assert set(DOMAIN["actions"]) == files == called


def test_core_fallback_is_an_action_of_the_domain():
    policies = parse_yaml((ROOT / "config.yml").read_text(), "config.yml")["policies"]
    assert policies[0]["core_fallback_action_name"] in DOMAIN["actions"]


def test_domain_holds_no_prose_and_no_slot_that_steers():
    assert "responses" not in DOMAIN
    assert all(slot["influence_conversation"] is False for slot in DOMAIN["slots"].values())


def test_session_never_forgets_by_itself():
    assert DOMAIN["session_config"] == {"session_expiration_time": 0, "carry_over_slots_to_new_session": True}
