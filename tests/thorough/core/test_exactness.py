"""Strict and so-far decisions and what is missing, against trying out every completion of a person's unknowns."""

from __future__ import annotations

from completions import CAUSES, GUIDELINES, answers_of, dimensions, exactly_missing, joint_answers, one, read_by
from generated import NUMBERS_ABSENT, YES_NO, examples, patients
from hypothesis import given
from naive import share

from hepb.assess import assess
from hepb.record import parse_record

ADULT = 18
ABSENT = {
    **dict.fromkeys(("pregnant", *YES_NO), False),
    "infection_over_6_months": True,
    **NUMBERS_ABSENT,
    "cirrhosis": "none",
    "immunosuppression": "none",
}
EXACT = examples(40)


def silence_is_absence(patient, dims):
    """The dimensions once everything that nobody mentioned is absent: conditions, findings of a score
    or scan, and being a child."""
    narrowed = dict(dims)
    for name, (keys, values) in dims.items():
        if name in {"coinfection", "AST"}:
            narrowed[name] = keys, values[:1]
        elif name in ABSENT:
            absent = (ABSENT[name],)
            narrowed[name] = keys, [absent if absent in values else values[0]]
        elif name == "age":
            narrowed[name] = keys, [value for value in values if value[0] >= ADULT]
    if not any(patient.person[name] and name not in patient.left_out for name in CAUSES):
        narrowed.pop("alt_cause_excluded", None)
    return narrowed


@examples(1)
@given(patients())
def test_generated_people_have_everything_that_a_guideline_reads(patient):
    """A subject that is new in the guidelines must be among what the tests of this file try out."""
    tried = {key for keys, _ in dimensions(patient).values() for key in keys}
    read = {key for guideline in GUIDELINES for key in guideline.reads if isinstance(key, str)}
    assert read - tried - set(patient.person) == set()


@EXACT
@given(patients())
def test_decisions_and_missing_are_those_of_every_completion(patient):
    dims = dimensions(patient)
    result = assess(parse_record(patient.record()))
    for guideline in GUIDELINES:
        read, answers = read_by([guideline], dims), answers_of(guideline, patient, dims)
        found = result.decisions[guideline.id]
        assert found.decision == one(set(answers.values())), guideline.id
        assert set(found.missing) == exactly_missing(read, answers), guideline.id
    asked = set(result.missing) - set(result.phase.missing)
    assert asked == exactly_missing(*joint_answers(patient, dims)) - set(result.phase.missing)


@EXACT
@given(patients(most_left_out=8))
def test_so_far_is_the_answer_if_what_nobody_mentioned_were_absent(patient):
    dims = silence_is_absence(patient, dimensions(patient))
    result = assess(parse_record(patient.record()))
    for guideline in GUIDELINES:
        expected = one(set(answers_of(guideline, patient, dims).values()))
        assert result.decisions[guideline.id].so_far == expected, guideline.id
    so_far = [result.decisions[guideline.id].so_far for guideline in GUIDELINES if guideline.counted]
    assert result.consensus.so_far == ("unknown" if "unknown" in so_far else share(so_far))


@EXACT
@given(patients())
def test_consensus_counts_and_shares_the_strict_decisions(patient):
    result = assess(parse_record(patient.record()))
    strict = [result.decisions[guideline.id].decision for guideline in GUIDELINES if guideline.counted]
    assert result.consensus.decision == ("unknown" if "unknown" in strict else share(strict))
    assert result.consensus.counts == {
        word: strict.count(word) for word in ("treat", "consider", "monitor", "unknown", "not_applicable")
    }
