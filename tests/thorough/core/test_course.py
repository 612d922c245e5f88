"""The course of results: what must hold for every history."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from generated import AS_OF, examples
from hypothesis import given
from hypothesis import strategies as st

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.course.order import open_orders
from hepb.errors import RecordError
from hepb.facts import build_facts
from hepb.phase import NAMED
from hepb.record import parse_record
from hepb.timeline import is_order_open

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
