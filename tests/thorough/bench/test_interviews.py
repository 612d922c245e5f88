import pytest

from assistant.bench.interviews import (
    _asked_in_order,
    _patients,
    in_order,
    interview,
    measure_interviews,
    most_waited_for,
    unanswered,
)
from hepb.assess import assess
from hepb.questions import catalogue
from hepb.record import parse_record

PATIENTS = _patients(12)


@pytest.mark.parametrize("choose", [in_order, most_waited_for])
def test_interview_asks_no_question_twice_and_none_that_was_answered(choose):
    for person, told in PATIENTS:
        asked = interview(person, told, choose).asked
        assert len(set(asked)) == len(asked)
        assert set(asked) <= {question.id for question in unanswered(person, told)}


def test_interview_ends_with_what_asking_everything_would_give():
    """The joint answer of the counted guidelines where it is settled is the one that the complete record has."""
    for person, told in PATIENTS:
        done = interview(person, told, in_order)
        everything = assess(parse_record(person.record(person.values)))
        if done.is_decided and everything.consensus.decision != "unknown":
            items = {item for question in catalogue() if question.id in done.asked for item in question.items}
            known = assess(parse_record(person.record(told | items)))
            assert known.consensus.decision in {everything.consensus.decision, "unknown"}
            assert not known.deciding


def test_interview_of_someone_who_told_everything_asks_nothing():
    person, _ = PATIENTS[0]
    assert unanswered(person, frozenset(person.values)) == []
    assert _asked_in_order(person, frozenset(person.values)) == 0


def test_measure_interviews_counts_fewer_questions_with_each_filter():
    figures = measure_interviews(12)
    assert 0 < figures["asked"] < figures["asked_in_order"] < figures["whole_catalogue"]
    assert figures["decided_within_limit"] <= figures["decided"] <= 1
