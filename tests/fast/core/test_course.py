"""The course of results: what must hold for every history, every limit of its rules, and what its file refuses."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
import yaml
from generated import AS_OF, examples
from hypothesis import given
from hypothesis import strategies as st

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.course.order import open_orders
from hepb.course.rules import read_course
from hepb.errors import KnowledgeError, RecordError
from hepb.facts import build_facts
from hepb.knowledge_file import read_file
from hepb.phase import NAMED
from hepb.record import parse_record
from hepb.timeline import is_order_open
from hepb.yaml_files import knowledge_folder, parse_yaml, read_knowledge

MANY = examples(25)
VALUES = {
    "HBsAg": ("positive", "positive", "negative"),
    "HBeAg": ("positive", "negative", "borderline"),
    "anti_HBe": ("positive", "negative"),
    "HBV_DNA": ("not detected", "<20", 300, 1900, 15000, 90000, 2.0e6, 3.0e8),
    "ALT": (18, 24, 30, 36, 60, 80, 180, 400),
}
UNITS = {"HBV_DNA": "IU/mL", "ALT": "U/L"}
DAYS = tuple((AS_OF - timedelta(days=days)).isoformat() for days in (0, 50, 130, 300, 420, 900, 2000))


@st.composite
def results(draw, days=DAYS):
    marker = draw(st.sampled_from(tuple(VALUES)))
    item = {"marker": marker, "value": draw(st.sampled_from(VALUES[marker])), "date": draw(st.sampled_from(days))}
    return item | ({"unit": UNITS[marker]} if marker in UNITS and item["value"] != "not detected" else {})


@st.composite
def histories(draw):
    return {
        "as_of": AS_OF.isoformat(),
        "age": draw(st.sampled_from((19, 35, None))),
        "sex": draw(st.sampled_from(("male", "female", None))),
        "observations": [
            {"marker": "HBsAg", "value": "positive", "since": "2000-01-01"},
            *draw(st.lists(results(), max_size=10)),
        ],
        "conditions": draw(st.sampled_from(({}, {"on_treatment": True}, {"stopped_treatment": True}))),
    }


def course(record):
    return assess(parse_record(record)).course


def events(*items, **record):
    observations = [dict(zip(("marker", "value", "date", "unit"), item, strict=False)) for item in items]
    found = course({"as_of": AS_OF.isoformat(), "sex": "male", "age": 40, "observations": observations, **record})
    return [event.name for event in found.events if event.now]


# --- what holds for every history -----------------------------------------------------------------------------------
@MANY
@given(histories(), st.randoms(use_true_random=False))
def test_course_does_not_depend_on_the_order_in_the_record(record, random):
    mixed = list(record["observations"])
    random.shuffle(mixed)
    assert course({**record, "observations": mixed}) == course(record)


@MANY
@given(histories())
def test_course_value_between_two_equal_ones_changes_no_event(record):
    """Of two values alike that follow each other, the same value once more between them tells nothing new."""
    by_day = {(item["marker"], item.get("date")): item for item in record["observations"]}
    record = {**record, "observations": list(by_day.values())}
    before = course(record)
    for marker in VALUES:
        dated = [item for item in record["observations"] if item["marker"] == marker and "date" in item]
        dated.sort(key=lambda item: item["date"])
        for one, two in itertools.pairwise(dated):
            first, last = date.fromisoformat(one["date"]), date.fromisoformat(two["date"])
            if one["value"] == two["value"] and first < last:
                between = {**one, "date": (first + (last - first) / 2).isoformat()}
                after = course({**record, "observations": [*record["observations"], between]})
                assert after.events == before.events


@MANY
@given(histories(), results(((AS_OF + timedelta(days=1)).isoformat(),)))
def test_course_value_of_the_future_is_refused(record, item):
    with pytest.raises(RecordError, match="R003"):
        parse_record({**record, "observations": [*record["observations"], item]})


@MANY
@given(histories())
def test_course_never_contradicts_the_phase(valid_result, record):
    result = assess(parse_record(record))
    valid_result(result)
    phase, found = result.phase, result.course
    if found.moving:
        assert found.moving[0] != phase.phase
        assert found.moving[1] in {phase.likely, phase.phase, *(phase.between or ())}
        assert not (phase.likely and found.moving[1] != phase.likely)
    if found.phases and found.phases[-1].end == AS_OF:
        assert found.phases[-1].phase == phase.phase
    assert all(one.phase != two.phase and one.end < two.start for one, two in itertools.pairwise(found.phases))
    assert ("reactivation" in result.warnings) is found.has("reactivation")


@MANY
@given(histories())
def test_course_of_a_day_is_the_phase_that_was_answered_then(record):
    """Each phase gone through is the one that a record of that day would have had."""
    then = [stretch for stretch in course(record).phases if stretch.end < AS_OF and stretch.phase in NAMED]
    for stretch in then:
        known = [i for i in record["observations"] if "since" in i or i["date"] <= stretch.end.isoformat()]
        old = assess(parse_record({**record, "age": None, "as_of": stretch.end.isoformat(), "observations": known}))
        assert old.phase.phase == stretch.phase


@MANY
@given(histories())
def test_course_is_no_event_of_a_single_day_but_a_flare(record):
    record["observations"] = [item for item in record["observations"] if item["marker"] != "HBsAg"]
    days = {item["date"] for item in record["observations"]}
    if len(days) < 2:
        assert [event for event in course(record).events if not event.name.startswith("flare")] == []


@MANY
@given(histories(), st.data())
def test_course_date_is_asked_exactly_when_the_order_changes_something(record, data):
    """Two values without a date: both orders are told outright and answered; they differ, or nothing is asked.

    Values that can both be true of one sample are read together.
    """
    marker = data.draw(st.sampled_from(("ALT", "HBV_DNA", "HBeAg")))
    pair = data.draw(st.lists(st.sampled_from(VALUES[marker]), min_size=2, max_size=2, unique_by=str))
    unit = {"unit": UNITS[marker]} if marker in UNITS else {}
    told = [{"marker": marker, "value": value, **(unit if value != "not detected" else {})} for value in pair]
    others = [item for item in record["observations"] if item["marker"] != marker]

    def answered(items):
        result = assess(parse_record({**record, "observations": [*others, *items]}))
        decisions = [(d.decision, d.so_far) for d in (result.decisions[key] for key in compiled().knowledge.counted)]
        told = result.course.events, result.course.phases, result.course.moving
        return result.phase.phase, result.phase.between, result.phase.likely, result.alarms, told, decisions

    first, second = (
        answered([{**told[old], "sequence": 1}, {**told[new], "sequence": 2}]) for old, new in ((0, 1), (1, 0))
    )
    read = parse_record({**record, "observations": [*others, *told]})
    asked = open_orders(compiled(), build_facts(read, compiled().space))
    contradict = is_order_open(item for item in read.observations if item.marker == marker)
    assert (asked != ()) is (contradict and first != second)


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
