"""What a clinic sets: who leads, who counts, the laboratory's limits; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hepb.assess import assess
from hepb.clinic import Clinic, Contact, clinic, read_clinic, with_clinic
from hepb.compiler import compile_knowledge
from hepb.errors import KnowledgeError
from hepb.loader import load_knowledge
from hepb.record import parse_record
from hepb.yaml_files import knowledge_folder

ROOT = Path(__file__).parents[3]
SHIPPED = load_knowledge(knowledge_folder())
PERSON = {
    "age": 24,
    "sex": "male",
    "as_of": "2026-11-22",
    "observations": [
        {"marker": "HBsAg", "value": "positive", "since": "2020-01-01"},
        {"marker": "HBeAg", "value": "negative"},
        {"marker": "HBV_DNA", "value": 50000, "unit": "IU/mL"},
        {"marker": "ALT", "value": 42, "unit": "U/L"},
    ],
}
SET = """
name: Liver clinic
contacts:
  clinic: {name: Liver clinic, telephone: "555 0100", hours: Mon-Fri 8-16}
  emergency: {name: Emergency room, telephone: "+1 555-0199"}
leading_guideline: who-2024
counted_guidelines: [who-2024, easl-2025]
upper_limits:
  ALT: {male: 45, female: 34, unit: U/L}
"""


def decided(settings, person=PERSON):
    return assess(parse_record(person), compile_knowledge(with_clinic(SHIPPED, settings)))


def test_clinic_file_is_read_whole():
    found = read_clinic(SET, "clinic.yml")
    assert found.contacts == {
        "clinic": Contact("Liver clinic", "555 0100", "Mon-Fri 8-16"),
        "emergency": Contact("Emergency room", "+1 555-0199"),
    }
    assert (found.name, found.leading, found.counted) == ("Liver clinic", "who-2024", ("who-2024", "easl-2025"))
    assert found.alt_limits == {"male": 45, "female": 34}


def test_clinic_file_of_the_project_sets_nothing():
    assert read_clinic(ROOT.joinpath("clinic.yml").read_text("utf8"), "clinic.yml") == Clinic()
    assert with_clinic(SHIPPED, Clinic()) is SHIPPED


def test_clinic_chooses_which_guidelines_count(valid_result):
    result = valid_result(decided(Clinic(counted=("who-2024", "easl-2025"))))
    assert sum(result["consensus"]["counts"].values()) == 2
    assert set(result["decisions"]) == {guideline.id for guideline in SHIPPED.guidelines}


def test_clinic_chooses_which_guideline_leads(valid_result):
    assert valid_result(decided(Clinic(leading="who-2024")))["leading"] == "who-2024"
    assert valid_result(decided(Clinic()))["leading"] is None


def test_clinic_limits_count_only_where_a_guideline_goes_by_the_laboratory():
    before, after = decided(Clinic()), decided(Clinic(alt_limits={"male": 45, "female": 34}))
    assert (before.decisions["easl-2025"].so_far, after.decisions["easl-2025"].so_far) == ("treat", "monitor")
    assert before.decisions["who-2024"] == after.decisions["who-2024"]


def test_clinic_settings_that_change_answers_change_the_digest():
    digests = {
        with_clinic(SHIPPED, settings).sha256
        for settings in (
            Clinic(),
            Clinic(leading="who-2024"),
            Clinic(counted=("who-2024",)),
            Clinic(alt_limits={"male": 45, "female": 34}),
        )
    }
    assert len(digests) == 4
    assert with_clinic(SHIPPED, Clinic(name="Liver clinic")).sha256 == SHIPPED.sha256


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leeding_guideline: who-2024", "leeding_guideline"),
        ("upper_limits: {ALT: {male: 41, female: 33}}", "unit"),
        ("upper_limits: {ALT: {male: 4100, female: 33, unit: U/L}}", "100"),
        ("contacts: {emergency: {name: Emergency room, telephone: call us}}", "telephone"),
        ("contacts: {emergency: {name: Emergency room, telephon: 555}}", "it has name, telephon"),
        ("counted_guidelines: []", "counted_guidelines"),
        ("- a list", "object"),
    ],
)
def test_clinic_file_with_a_fault_is_refused_by_name(text, words):
    with pytest.raises(KnowledgeError, match=r"K011: clinic\.yml") as refused:
        read_clinic(text, "clinic.yml")
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "settings", [Clinic(leading="who-1924", file="here.yml"), Clinic(counted=("who-2024", "who-1924"), file="here.yml")]
)
def test_clinic_naming_an_unknown_guideline_is_refused(settings):
    with pytest.raises(KnowledgeError, match=r"K005: here\.yml.*who-1924"):
        with_clinic(SHIPPED, settings)


def test_clinic_file_named_in_the_environment_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("CLINIC_FILE", str(tmp_path / "nothing.yml"))
    with pytest.raises(KnowledgeError, match=r"K012.*nothing\.yml"):
        clinic.__wrapped__()
