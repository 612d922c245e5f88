"""Every answer names where it comes from, by a key that exists."""

import re

import pytest
from written import FILES, ROOT

from hepb.loader import knowledge
from hepb.yaml_files import knowledge_folder, read_knowledge


@pytest.mark.parametrize("topic", ["lab_tests", "phases", "treatment", "situations", "basics"])
def test_every_answer_names_its_source(topic):
    lines = (ROOT / "data" / "responses" / f"{topic}.yml").read_text().splitlines()
    bare = [line for line in lines if line.startswith("  utter_answer_") and "# source: " not in line]
    assert bare == []


def test_every_source_is_known():
    """A key of sources.yaml, the source text, or plainly unverified; notes stand in brackets."""
    known = {*read_knowledge("sources.yaml"), "story", "unverified"}
    comments = [(path.name, line) for path in FILES for line in path.read_text().splitlines() if " # source: " in line]
    assert comments
    keys = [
        (name, key.strip())
        for name, line in comments
        for key in re.sub(r"\([^)]*\)", "", line.split("# source: ")[1]).split(",")
    ]
    assert [(name, key) for name, key in keys if key not in known] == []


def test_alarm_waits_for_a_sign_that_the_lexicon_finds():
    files = [read_knowledge(f"lexicon/{path.name}") for path in (knowledge_folder() / "lexicon").glob("urgent.*.yaml")]
    signs = {name for data in files for name in data.get("signs", ())}
    wanted = {alarm.with_sign for alarm in knowledge().alarms} - {None}
    assert wanted
    assert wanted <= signs
