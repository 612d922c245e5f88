"""Each repair of Rasa, and what Rasa does without it."""

import asyncio
import logging
import subprocess
import sys

import pytest

from assistant.settings import ROOT

# Rasa's imports warn of many things; those are its own.
pytestmark = pytest.mark.filterwarnings("ignore")

ANSWERS = [
    ({"events": [], "responses": []}, True),
    ({"events": [{"event": "slot", "timestamp": None, "name": "record", "value": {"a": 1}}], "responses": []}, True),
    ({"events": [{"event": "restart"}, {"event": "followup", "name": "action_listen"}], "responses": []}, True),
    ({"events": [{"event": "slot", "value": 1}], "responses": []}, False),
    ({"events": [{"name": "record"}], "responses": []}, False),
    ({"events": [{"event": "no such event"}], "responses": []}, False),
    ({"events": {}, "responses": []}, False),
    ({"events": [], "responses": ["text"]}, False),
    ([], False),
]


def run_python(code):
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_repairs_no_tensorflow_in_the_server(model, tmp_path):
    code = f"""
import os, sys
os.environ["DATA_DIR"] = {str(tmp_path)!r}
from assistant import repairs
repairs.apply_all()
import rasa.core.run
from rasa.core.agent import Agent
agent = Agent.load({str(model)!r})
print("tensorflow" in sys.modules, agent.domain is not None)
"""
    assert run_python(code) == ["False", "True"]


def test_repairs_tensorflow_comes_when_it_is_wanted():
    code = """
import sys
from assistant.repairs import without_tensorflow
without_tensorflow.apply()
import rasa.core.agent
before = "tensorflow" in sys.modules
import rasa.utils.train_utils
from rasa.utils.train_utils import update_confidence_type
print(before, "tensorflow" in sys.modules, callable(update_confidence_type))
"""
    assert run_python(code) == ["False", "True", "True"]


@pytest.fixture(scope="module")
def agent(model):
    """The model, loaded in this process with the repairs, with Rasa's store in memory."""
    from assistant import repairs

    repairs.apply_all()
    from rasa.core.agent import Agent

    return Agent.load(model)


def test_repairs_graph_gives_what_dask_gives(agent, monkeypatch):
    from rasa.engine.graph import GraphSchema
    from rasa.engine.runner.dask import DaskGraphRunner

    runner = agent.processor.graph_runner
    texts = ["hello", "my ALT is 22 U/L", "what is ALT?", ""]
    ours = [asyncio.run(agent.parse_message(text)) for text in texts]
    planned = []
    plan = GraphSchema.minimal_graph_schema
    monkeypatch.setattr(GraphSchema, "minimal_graph_schema", lambda *args: planned.append(1) or plan(*args))
    assert asyncio.run(agent.parse_message("hello")) == ours[0]
    assert planned == [], "the plan is made once"
    monkeypatch.setattr(type(runner), "run", DaskGraphRunner.run)
    assert [asyncio.run(agent.parse_message(text)) for text in texts] == ours
    assert planned, "Rasa plans at each run"


@pytest.mark.parametrize(("answer", "valid"), ANSWERS)
def test_repairs_action_answers_are_checked_as_before(agent, answer, valid):
    from fastjsonschema import JsonSchemaException
    from jsonschema import ValidationError, validate
    from rasa.core.actions.action import RemoteAction

    from assistant.repairs.action_answer import check_answer

    def accepts(check, error):
        try:
            check()
        except error:
            return False
        return True

    schema = RemoteAction.action_response_format_spec()
    assert accepts(lambda: check_answer(answer), JsonSchemaException) is valid
    assert accepts(lambda: validate(answer, schema), ValidationError) is valid


def test_repairs_rules_are_found_as_before_but_compared_once(agent, monkeypatch):
    from rasa.core.policies.rule_policy import RulePolicy

    from assistant.repairs.rule_lookup import possible_keys

    policy = agent.processor.graph_runner._instantiated_nodes["run_RulePolicy0"]._component
    rules = policy.lookup["rules"]
    listening = {"prev_action": {"action_name": "action_listen"}}
    intents = [*agent.domain.intents, "no such intent"]
    turns = [[{}, {**listening, "user": {"intent": intent}}] for intent in intents]
    turns += [
        [*turn, {"user": turn[1]["user"], "prev_action": {"action_name": "action_take_results"}}] for turn in turns
    ]
    turns += [[{}, {**listening, "user": {"text": "hello"}}], [{}], []]
    for states in turns:
        assert policy._get_possible_keys(rules, states) == possible_keys(policy, rules, states)
    assert any(policy._get_possible_keys(rules, states) for states in turns)
    compared = []
    monkeypatch.setattr(RulePolicy, "_is_rule_applicable", lambda *_: compared.append(1))
    policy._get_possible_keys(rules, turns[0])
    assert compared == []


def test_repairs_action_calls_go_through_ours(agent):
    from rasa.core.actions.action import action_for_name_or_text

    from assistant.repairs.action_call import SpeakingRemoteAction

    custom = next(name for name in agent.domain.user_actions if name.startswith("action_"))
    assert isinstance(action_for_name_or_text(custom, agent.domain, None), SpeakingRemoteAction)


def test_repairs_store_errors_reach_the_caller(agent):
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore

    class Broken(InMemoryTrackerStore):
        async def retrieve(self, sender_id):  # noqa: ARG002 - Rasa's signature
            raise OSError("disk")

    repaired = Agent(domain=agent.domain, tracker_store=Broken(agent.domain)).tracker_store
    with pytest.raises(OSError, match="disk"):
        asyncio.run(repaired.retrieve("a"))
    assert asyncio.run(FailSafeTrackerStore(Broken(agent.domain)).retrieve("a")) is None, "Rasa swallows it"


def test_repairs_payloads_are_no_placeholders(agent, caplog):
    from assistant.repairs.placeholders import interpolate_or_name, interpolate_text

    payload = '/choose{"cirrhosis": true}'
    with caplog.at_level(logging.DEBUG):
        assert interpolate_or_name(payload, {"a": "b"}) == payload
    bound = '/choose{"none": true, "question": "{question}"}'
    assert interpolate_or_name(bound, {"question": "age"}) == '/choose{"none": true, "question": "age"}'
    assert caplog.records == []
    assert interpolate_or_name("Your ALT is {value}.", {"value": "22"}) == "Your ALT is 22."
    with caplog.at_level(logging.DEBUG):
        assert interpolate_or_name("Your ALT is {value}, 73519.", {"a": "b"}) == "Your ALT is {value}, 73519."
    assert "value" in caplog.text
    assert "73519" not in caplog.text
    assert interpolate_text is not interpolate_or_name


def test_repairs_kept_answers_are_rasas_own():
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event, UserUttered
    from rasa.shared.utils.common import all_subclasses

    from assistant.repairs.kept_answers import kept_is_empty, kept_resolve_by_type, resolve_by_type

    names = [event.type_name for event in all_subclasses(Event)]
    assert [kept_resolve_by_type(name) for name in names] == [resolve_by_type(name) for name in names]
    assert kept_resolve_by_type("new", UserUttered) is UserUttered
    with pytest.raises(ValueError, match="Unknown event name"):
        kept_resolve_by_type("new")
    domains = [Domain.empty(), Domain.from_dict({"intents": ["greet"]}), Domain.load(str(ROOT / "domain.yml"))]
    assert [kept_is_empty(domain) for domain in domains] == [True, False, False]


def test_repairs_kept_answers_search_only_once(monkeypatch):
    import rasa.shared.utils.common

    from assistant.repairs.kept_answers import kept_resolve_by_type, resolve_by_type

    search, searched = rasa.shared.utils.common.all_subclasses, []
    monkeypatch.setattr(rasa.shared.utils.common, "all_subclasses", lambda kind: searched.append(kind) or search(kind))
    for resolve, searches in ((resolve_by_type, True), (kept_resolve_by_type, False)):
        resolve("user")
        searched.clear()
        resolve("user")
        assert bool(searched) is searches
