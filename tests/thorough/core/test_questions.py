"""What the chat asks, step by step: no item that could not, alone, still change what the guidelines say together."""

from __future__ import annotations

from dataclasses import replace

from completions import dimensions, exactly_missing, joint_answers
from generated import examples, patients
from hypothesis import given

from hepb.assess import assess
from hepb.questions import catalogue, next_question, open_questions
from hepb.record import parse_record

ITEMS = {question.id: set(question.items) for question in catalogue()}


def decisive(patient):
    """The items for which some completion of all others leaves the joint answer to this item alone; by trying all."""
    return exactly_missing(*joint_answers(patient, dimensions(patient)))


@examples(25)
@given(patients(most_left_out=5))
def test_every_question_of_an_interview_asks_only_what_can_change_the_answer(patient):
    asked = []
    while question := next_question(assess(parse_record(patient.record())), asked):
        assert set(question.items) <= decisive(patient), (question.id, asked)
        asked.append(question.id)
        patient = replace(patient, left_out=patient.left_out - set(question.items))


@examples(15)
@given(patients(most_left_out=5))
def test_nothing_that_can_change_the_answer_is_left_unasked(patient):
    """What has a question is asked in the end, unless another answer has settled it."""
    asked = []
    while question := next(open_questions(assess(parse_record(patient.record())), asked), None):
        asked.append(question.id)
        patient = replace(patient, left_out=patient.left_out - set(question.items))
    left = decisive(patient) - set().union(*(ITEMS[name] for name in asked))
    assert left <= {"alt_cause_excluded"}  # asked only of someone who has another cause


def test_questions_of_the_catalogue_have_items_of_their_own():
    """An item of two questions could be asked twice; only fatty liver is, as a cause and as a condition."""
    items = [item for question in catalogue() for item in question.items]
    assert {item for item in items if items.count(item) > 1} == {"steatosis"}
