"""The course of results: every limit of its rules, and what its file refuses."""

from __future__ import annotations

import pytest
import yaml
from generated import AS_OF

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.course.rules import read_course
from hepb.errors import KnowledgeError
from hepb.knowledge_file import read_file
from hepb.record import parse_record
from hepb.yaml_files import knowledge_folder, parse_yaml, read_knowledge


def course(record):
    return assess(parse_record(record)).course


def events(*items, **record):
    observations = [dict(zip(("marker", "value", "date", "unit"), item, strict=False)) for item in items]
    found = course({"as_of": AS_OF.isoformat(), "sex": "male", "age": 40, "observations": observations, **record})
    return [event.name for event in found.events if event.now]


# --- every limit of the rules ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("sex", "limit"), [("male", 35), ("female", 25), (None, 25)])
@pytest.mark.parametrize(("times", "name"), [(5, "flare_over_5"), (10, "flare_over_10")])
def test_course_flare_begins_over_its_limit(sex, limit, times, name):
    for value, over in ((times * limit - 1, False), (times * limit, False), (times * limit + 1, True)):
        assert (name in events(("ALT", value, None, "U/L"), sex=sex)) is over


@pytest.mark.parametrize(("value", "raised"), [(34, False), (35, False), (36, True)])
def test_course_alt_is_raised_over_the_limit(value, raised):
    found = events(("ALT", 20, "2026-01-01", "U/L"), ("ALT", value, "2026-06-01", "U/L"))
    assert found == (["alt_raised"] if raised else [])


def test_course_alt_of_unknown_sex_is_raised_over_both_limits():
    assert events(("ALT", 20, "2026-01-01", "U/L"), ("ALT", 30, "2026-06-01", "U/L"), sex=None) == []
    assert events(("ALT", 20, "2026-01-01", "U/L"), ("ALT", 36, "2026-06-01", "U/L"), sex=None) == ["alt_raised"]


@pytest.mark.parametrize(("value", "rebound"), [(599, False), (600, True), (601, True)])
def test_course_rebound_is_ten_times_the_lowest_value(value, rebound):
    loads = [("HBV_DNA", 60, "2025-01-01", "IU/mL"), ("HBV_DNA", value, "2026-06-01", "IU/mL")]
    assert events(*loads, conditions={"on_treatment": True}) == (["viral_rebound"] if rebound else [])
    assert events(*loads) == []


@pytest.mark.parametrize(("first", "moves"), [("2025-10-02", True), ("2025-10-01", False), ("2025-09-30", False)])
def test_course_phase_is_settled_after_the_months_of_the_knowledge(first, moves):
    def day(alt, load, when):
        return [("ALT", alt, when, "U/L"), ("HBV_DNA", load, when, "IU/mL")]

    signs = [("HBsAg", "positive"), ("HBeAg", "negative")]
    items = [*signs, *day(80, 90000, "2024-01-01"), *day(80, 90000, "2024-06-01"), *day(20, 90, first),
             *day(20, 90, "2026-10-01")]  # fmt: skip
    observations = [dict(zip(("marker", "value", "date", "unit"), item, strict=False)) for item in items]
    found = course({"as_of": AS_OF.isoformat(), "sex": "male", "age": 40, "observations": observations})
    assert (found.moving is not None) is moves


# --- the file -------------------------------------------------------------------------------------------------------
def whole():
    return parse_yaml(knowledge_folder().joinpath("course.yaml").read_text("utf8"), "course.yaml")


def test_course_file_is_part_of_the_knowledge():
    assert {rule.name for rule in compiled().knowledge.course.events} >= {"flare_over_5", "hbeag_loss", "viral_rebound"}


def changed(**parts):
    data = whole()
    data["events"][0] = {**data["events"][0], **parts}
    return data


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ({**whole(), "bogus": 1}, "K001", "bogus"),
        ({**whole(), "settings": {}}, "K003", "settled"),
        (changed(bogus=1), "K001", "events[0].bogus"),
        (changed(marker="ABC"), "K005", "ABC"),
        (changed(during="HBeAg is positive"), "K005", "one comparison of ALT"),
        (changed(during="ALT > 1 x ULN for 3 months"), "K005", "one comparison of ALT"),
        (changed(during="ALT > 5"), "K004", "during"),
        (changed(before="ALT > 1 x ULN"), "K005", "before and after, during, or rise"),
        (changed(source=["NOBODY"]), "K006", "NOBODY"),
        (changed(source="unverified", confidence="P"), "K007", "events[0]"),
        ({**whole(), "events": [{**whole()["events"][-1], "rise": {"value": 10}}]}, "K004", "rise"),
        ({**whole(), "events": [{**whole()["events"][-1], "rise": {"value": 10, "unit": "kPa"}}]}, "K005", "x lowest"),
        ({**whole(), "transitions": [{**whole()["transitions"][0], "to": "resolved"}]}, "K005", "resolved"),
    ],
)
def test_course_file_is_read_strictly(data, code, words):
    with pytest.raises(KnowledgeError) as refused:
        read_course(read_file("course.yaml", yaml.dump(data, Dumper=yaml.CSafeDumper), read_knowledge("sources.yaml")))
    assert refused.value.code == code
    assert words in str(refused.value)
    assert "course.yaml" in str(refused.value)
