"""The strict loader: what it refuses, in which words, and that a guideline is added without code."""

from __future__ import annotations

import functools
import operator
import shutil
from pathlib import Path

import pytest

from hepb import knowledge_file
from hepb.assess import assess
from hepb.compiler import compile_knowledge, compiled
from hepb.errors import KnowledgeError
from hepb.loader import load_guideline, load_knowledge
from hepb.record import parse_record
from hepb.yaml_files import check_knowledge, parse_yaml, read_knowledge

HERE = Path(__file__).parent
BROKEN = sorted(HERE.glob("broken/*.yaml"))
WHOLE = HERE / "whole-guideline.yaml"


def load(path):
    return load_guideline(path.name, path.read_text("utf8"), compiled().knowledge.sources)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_file_is_refused_with_file_key_and_code(path):
    first_line = path.read_text("utf8").splitlines()[0]
    words = first_line.removeprefix("# must say: ").split(" | ")
    with pytest.raises(KnowledgeError) as refused:
        load(path)
    message = str(refused.value)
    assert refused.value.code == path.stem[:4]
    assert [word for word in (path.stem[:4], path.name, *words) if word not in message] == []
    assert "\n" not in message


def test_broken_files_cover_every_code_of_the_loader():
    elsewhere = {"K011", "K012"}  # shown in test_assays_and_questions_are_held_against_their_schemas and test_clinic.py
    assert {path.stem[:4] for path in BROKEN} == set(KnowledgeError.texts) - elsewhere


def test_whole_file_that_the_broken_ones_come_from_is_accepted():
    assert load(WHOLE).id == "test-2030"


def places(data, path=()):
    """Every place in a nested value."""
    yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*path, key))


@pytest.mark.parametrize("junk", [None, [], {}, 7], ids=repr)
def test_junk_anywhere_is_refused_or_read_but_never_crashes(junk, monkeypatch):
    """Only a KnowledgeError may leave the loader, whatever stands in whatever place."""
    file = {"whole": parse_yaml(WHOLE.read_text("utf8"), WHOLE.name)}
    monkeypatch.setattr(knowledge_file, "parse_yaml", lambda _text, _name: file["whole"])
    refused = 0
    for *way, last in list(places(file))[1:]:
        inner = functools.reduce(operator.getitem, way, file)
        kept, inner[last] = inner[last], junk
        try:
            load_guideline("junk.yaml", "", compiled().knowledge.sources)
        except KnowledgeError:
            refused += 1
        inner[last] = kept
    assert refused > 30


# --- a guideline more -----------------------------------------------------------------------------------------------
def person(**changes):
    observations = [{"marker": "HBsAg", "value": "positive"}, {"marker": "HBV_DNA", "value": 701, "unit": "IU/mL"},
                    {"marker": "ALT", "value": 46, "unit": "U/L", "since": "2026-07-22"}]  # fmt: skip
    return parse_record({"age": 30, "sex": "male", "as_of": "2026-11-22", "observations": observations, **changes})


def test_fifth_guideline_is_evaluated_without_code(folder, valid_result):
    shutil.copy(WHOLE, folder / "guidelines" / "test-2030.yaml")
    what = compile_knowledge(load_knowledge(folder))
    result = assess(person(), what)
    valid_result(result)
    assert set(result.decisions) == {*(guideline.id for guideline in compiled().knowledge.guidelines), "test-2030"}
    assert result.decisions["test-2030"].so_far == "treat"
    assert result.decisions["test-2030"].rule == "test-2030.high"
    woman = assess(person(sex="female", conditions={"stiffness_kpa": 9.6}), what).decisions["test-2030"]
    assert (woman.so_far, woman.rule) == ("treat", "test-2030.high")
    scarred = person(observations=[{"marker": "HBsAg", "value": "positive"}], conditions={"stiffness_kpa": 9.6})
    missing = assess(scarred, what).decisions["test-2030"]
    assert missing.decision == "unknown"
    assert {"HBV_DNA", "ALT"} <= set(missing.missing)


def test_superseded_guideline_is_shown_and_not_counted(folder):
    shutil.copy(WHOLE, folder / "guidelines" / "test-2030.yaml")
    result = assess(person(), compile_knowledge(load_knowledge(folder)))
    assert sum(result.consensus.counts.values()) == len(compiled().knowledge.counted)


def test_counted_guideline_is_counted(folder):
    text = WHOLE.read_text("utf8").replace("status: superseded", "status: counted")
    folder.joinpath("guidelines", "test-2030.yaml").write_text(text, "utf8")
    result = assess(person(), compile_knowledge(load_knowledge(folder)))
    assert sum(result.consensus.counts.values()) == len(compiled().knowledge.counted) + 1


def test_changed_threshold_is_one_line(change):
    limit = "ALT: {{male: {0}, female: {0}, unit: U/L}}"
    folder = change("guidelines/easl-2025.yaml", limit.format(40), limit.format(50))
    high = {"marker": "HBV_DNA", "value": 5000, "unit": "IU/mL"}
    record = person(observations=[*({"marker": m, "value": v} for m, v in (("HBsAg", "positive"), ("ALT", 46))), high])
    assert assess(record).decisions["easl-2025"].so_far == "treat"
    assert assess(record, compile_knowledge(load_knowledge(folder))).decisions["easl-2025"].so_far == "monitor"


def test_rule_id_of_another_guideline_is_refused(folder):
    text = WHOLE.read_text("utf8").replace("id: test-2030.high", "id: easl-2025.dna-alt")
    folder.joinpath("guidelines", "test-2030.yaml").write_text(text, "utf8")
    with pytest.raises(KnowledgeError, match=r"K010.*easl-2025\.dna-alt"):
        load_knowledge(folder)


def test_knowledge_has_another_digest_when_a_file_changes(folder):
    before = load_knowledge(folder).sha256
    path = folder / "phases.yaml"
    path.write_text(path.read_text("utf8") + "# a word more\n", "utf8")
    assert load_knowledge(folder).sha256 != before
    assert before == compiled().knowledge.sha256


def test_every_rule_has_a_source_a_place_and_a_confidence():
    for guideline in compiled().knowledge.guidelines:
        for rule in guideline.rules():
            assert rule.provenance.source
            assert rule.provenance.place
            unverified = rule.provenance.source == ("unverified",)
            assert not unverified or rule.provenance.confidence == "unverified"


@pytest.mark.parametrize(
    ("name", "change", "code", "words"),
    [
        ("assays", {"bogus_key": 1}, "K011", "bogus_key"),
        ("assays", {"old_result": {"value": 12, "unit": "months"}}, "K011", "old_result"),
        ("assays", {"old_result": {"value": 12, "source": ["WHO15"]}}, "K011", "old_result"),
        ("assays", {"old_result": {"value": 12, "unit": "months", "source": ["NOBODY"]}}, "K006", "NOBODY"),
        ("questions", {"at_most": {"value": 6}}, "K011", "at_most"),
        ("durations", {"postpartum": {"value": 6, "unit": "months"}}, "K011", "postpartum"),
    ],
)
def test_assays_and_questions_are_held_against_their_schemas(name, change, code, words):
    data = {**read_knowledge(f"{name}.yaml"), **change}
    with pytest.raises(KnowledgeError) as refused:
        check_knowledge(data, f"{name}.yaml", name, read_knowledge("sources.yaml"))
    assert refused.value.code == code
    assert words in str(refused.value)
