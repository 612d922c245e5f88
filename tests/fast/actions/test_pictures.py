"""What is to be drawn is what the record and the result say, and nothing else."""

import json

import pytest

from actions.pictures import chart, guidelines, phase_map
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.record import parse_record

CARRIER = [
    {"marker": "HBsAg", "interpretation": "positive", "since": "2001-01-01"},
    {"marker": "HBeAg", "interpretation": "negative"},
]
QUIET = [*CARRIER, {"marker": "HBV_DNA", "value": 300, "unit": "IU/mL"}, {"marker": "ALT", "value": 20, "unit": "U/L"}]


def person(*observations, **conditions):
    record = parse_record(
        {"as_of": "2025-06-30", "age": 41, "sex": "female", "observations": [*observations], "conditions": conditions}
    )
    return record, assess(record)


def alt(value, day=None, unit="U/L", **more):
    return {"marker": "ALT", "value": value, "unit": unit, "date": day, **more}


def dna(value, day=None, unit="IU/mL", **more):
    return {"marker": "HBV_DNA", "value": value, "unit": unit, "date": day, **more}


def drawn_chart(*observations, **conditions):
    return chart(*person(*CARRIER, *observations, **conditions), knowledge())


def series(picture, marker):
    return next(part for part in picture["series"] if part["marker"] == marker)


@pytest.mark.parametrize(
    ("observations", "conditions", "expected"),
    [
        (QUIET, {}, ("inactive_carrier", None)),
        ([*CARRIER, dna(12000), alt(20)], {}, ("indeterminate", ["inactive_carrier", "immune_active_hbeag_negative"])),
        (CARRIER, {}, ("unknown", None)),
        ([], {}, ("unknown", None)),
    ],
)
def test_phase_map_shows_the_phase_of_the_result(observations, conditions, expected):
    _, result = person(*observations, **conditions)
    picture = phase_map(result)
    assert (picture["phase"], picture["between"]) == expected


@pytest.mark.parametrize(
    ("observations", "conditions"),
    [
        (QUIET, {"on_treatment": True}),
        (QUIET, {"cirrhosis": "compensated"}),
        (QUIET, {"infection_over_6_months": False}),
        ([{"marker": "HBsAg", "interpretation": "negative"}], {}),
        ([], {"recent_exposure": True}),
    ],
)
def test_phase_map_is_none_where_no_phase_applies(observations, conditions):
    assert phase_map(person(*observations, **conditions)[1]) is None


def test_guidelines_shows_every_guideline_that_the_patient_hears_of():
    _, result = person(*QUIET)
    rows = guidelines(result, knowledge())["rows"]
    assert [row["title"] for row in rows] == [knowledge().guideline(name).title for name in knowledge().shown]
    for name, row in zip(knowledge().shown, rows, strict=True):
        decision = result.decisions[name]
        assert row["answer"] == (decision.so_far if row["so_far"] else decision.decision)
        assert row["so_far"] == (decision.decision == "unknown" != decision.so_far)
        assert row["counted"] == (name in knowledge().counted)


def test_guidelines_is_none_where_none_speaks_of_the_case():
    assert guidelines(person(*QUIET, on_treatment=True)[1], knowledge()) is None
    assert guidelines(person({"marker": "HBsAg", "interpretation": "negative"})[1], knowledge()) is None
    assert guidelines(person(recent_exposure=True)[1], knowledge()) is None


def test_chart_needs_two_days_of_one_marker():
    assert drawn_chart(alt(30), dna(500)) is None
    assert drawn_chart(alt(30, "2024-01-01"), alt(31, "2024-01-01")) is None
    assert drawn_chart(alt(30, "2024-01-01"), dna(500, "2025-01-01")) is None
    assert drawn_chart(alt(30, "2024-01-01"), alt(31)) is not None, "a result without a date is of today"
    assert drawn_chart(alt("normal", "2024-01-01"), alt("normal", "2025-01-01")) is None, "a word is no number to draw"


def test_chart_draws_what_a_result_leaves_possible():
    picture = drawn_chart(
        dna(8e6, "2021-01-01"), dna("<20", "2022-01-01"), dna(">1.7E8", "2022-06-01"),
        dna("not detected", "2023-01-01", None), dna(6000, "2024-01-01", "copies/mL"),
        dna(3.0, "2025-01-01", "log10 IU/mL"),
    )  # fmt: skip
    levels = [(point["low"], point["high"]) for point in series(picture, "HBV_DNA")["points"]]
    assert levels[:4] == [(8e6, 8e6), (0.0, 20.0), (1.7e8, None), (0.0, 0.0)]
    assert levels[4] == (pytest.approx(1000), pytest.approx(6000 / 3.4))
    assert levels[5] == (pytest.approx(1000), pytest.approx(1000))
    assert json.loads(json.dumps(picture, allow_nan=False)) == picture


def test_chart_never_draws_a_viral_load_without_a_unit():
    picture = drawn_chart(dna(8000, "2021-01-01"), dna(9000, "2022-01-01"), dna(7000, "2023-01-01", None))
    [*_, last] = series(picture, "HBV_DNA")["points"]
    assert (last["low"], last["form"], last["value"]) == (None, "no_unit", "7,000")


def test_chart_says_of_an_assumed_unit_that_it_was_assumed():
    picture = drawn_chart(alt(40, "2021-01-01", None), alt(41, "2022-01-01"))
    assert [(point["form"], point["unit"]) for point in series(picture, "ALT")["points"]] == [
        ("assumed", "U/L"),
        ("", "U/L"),
    ]


def test_chart_leaves_out_results_of_which_nobody_knows_the_day():
    picture = drawn_chart(alt(90, sequence=1), alt(40, sequence=2), alt(30, "2022-01-01"), alt(31, "2023-01-01"))
    assert [point["value"] for point in series(picture, "ALT")["points"]] == ["30", "31", "40"]
    assert drawn_chart(alt(90), alt(40), alt(30, "2022-01-01")) is None, "two of today contradict each other"


def test_chart_limits_are_those_of_the_rules_that_apply():
    record, result = person(*CARRIER, alt(22, "2024-01-01"), alt(24, "2025-01-01"), dna(12000, "2025-01-01"))
    limits = {limit["value"]: limit["whose"] for limit in series(chart(record, result, knowledge()), "ALT")["limits"]}
    assert "phases" in limits[knowledge().phase_limits["female"]]
    reasons = {
        (reason.value, knowledge().guideline(name).title)
        for name in knowledge().counted
        for reason in (*result.decisions[name].because, *result.decisions[name].would_change_if)
        if reason.name == "ALT"
    }
    assert reasons
    assert all(title in limits[value] for value, title in reasons if value in limits)
    assert all((value, title) in reasons for value, whose in limits.items() for title in whose if title != "phases")


def tolerance(chat, tolerant, found):
    chat.say("provide_results", *tolerant, found("ALT", 20, "U/L", date="2024-01-01"), found("ALT", 22, "U/L"))
    while chat.pending:
        chat.say("deny")
    return chat


def test_answer_shows_the_pictures_beside_the_sentences_that_they_show(chat, found, tolerant):
    shown = [(m["section"], m["picture"]["kind"]) for m in tolerance(chat, tolerant, found).messages if "picture" in m]
    assert shown == [("phase", "phase_map"), ("phase", "chart"), ("advice", "guidelines")]
    assert all(message["picture"]["language"] is None for message in chat.messages if "picture" in message)


def test_answer_before_a_first_dose_shows_no_strip(chat, found, tolerant):
    planned = found("immunosuppression", "planned", kind="condition")
    chat.say("provide_results", *tolerant, found("ALT", 20, "U/L"), planned)
    chat.say("answer_now")
    assert "utter_next_before_immunosuppression" in chat.said
    assert "guidelines" not in chat.pictures


def test_answer_beside_an_alarm_shows_no_strip_that_would_put_the_doctor_off(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 900, "U/L"))
    chat.say("answer_now")
    assert chat.said.count("utter_advice_alarm") == 1
    assert set(chat.pictures) == {"phase_map"}
