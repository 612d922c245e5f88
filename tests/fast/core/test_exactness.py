"""Strict and so-far decisions and what is missing, against trying out every completion of a person's unknowns."""

from __future__ import annotations

import itertools
import math

from generated import (
    AGES,
    ALT,
    APRI,
    CHILD_BELOW,
    DNA,
    HBSAG_LEVEL,
    HELD_DOWN_BY,
    NUMBERS_ABSENT,
    STIFFNESS,
    VIRUSES,
    YES_NO,
    examples,
    patients,
)  # fmt: skip
from hypothesis import assume, given
from naive import COMPARE, NaiveGuideline, guideline_names, share

from hepb.assess import assess
from hepb.record import parse_record

GUIDELINES = [NaiveGuideline(name) for name in guideline_names()]
ADULT = 18
MOST_COMPLETIONS = 3000
ABSENT = {
    **dict.fromkeys(("pregnant", *YES_NO), False),
    "infection_over_6_months": True,
    **NUMBERS_ABSENT,
    "cirrhosis": "none",
    "immunosuppression": "none",
}
CAUSES = ("alcohol", "hepatotoxic_drugs", "steatosis")
KEYS = {"AST": "APRI"}
OPEN = {
    "HBeAg": ("positive", "negative"),
    "HBV_DNA": DNA,
    "ALT": ALT,
    "AST": APRI,
    "age": AGES,
    "sex": ("male", "female"),
    "inflammation_grade": range(5),
    "stiffness_kpa": STIFFNESS,
    **dict.fromkeys(("pregnant", *YES_NO), (False, True)),
}
EXACT = examples(40)


def dimensions(patient):
    """Per item that the record leaves open, the keys of the person that it decides and their possible values."""
    out = patient.left_out
    found = {name: ((KEYS.get(name, name),), [(value,) for value in OPEN[name]]) for name in OPEN if name in out}
    if "coinfection" in out:
        found["coinfection"] = VIRUSES, list(itertools.product((False, True), repeat=3))
    if "HBV_DNA" not in out:
        found.pop("dna_test_unavailable", None)  # a known viral load was tested
    if ("sex" not in out and patient.person["sex"] == "male") or is_known_child(patient):
        found.pop("pregnant", None)
    if is_known_child(patient):
        found.pop("alcohol", None)
    if len(sexes(patient)) == 1:
        found.pop("sex", None)
    return found | surface_antigen(patient) | held_down(patient) | scarring(patient) | doubts_about_alt(patient)


def is_known_child(patient):
    return "age" not in patient.left_out and patient.person["age"] < CHILD_BELOW


def surface_antigen(patient):
    """Its sign, and its level, which nobody gives."""
    signs = ("positive", "negative") if "HBsAg" in patient.left_out else (patient.person["HBsAg"],)
    return {"HBsAg": (("HBsAg", "HBsAg_level"), list(itertools.product(signs, HBSAG_LEVEL)))}


def held_down(patient):
    """Immunosuppression and its kind: who names the kind has it."""
    out, found = patient.left_out, {}
    names_kind = patient.person["immunosuppression"] != "none" and "immunosuppression_type" not in out
    if "immunosuppression" in out:
        kinds = ("planned", "current") if names_kind else ("none", "planned", "current")
        found["immunosuppression"] = ("immunosuppression",), [(kind,) for kind in kinds]
    if not names_kind:
        found["immunosuppression_type"] = ("immunosuppression_type",), [(kind,) for kind in HELD_DOWN_BY]
    return found


def scarring(patient):
    """Stage and cirrhosis, each of which says something of the other."""
    person, out, found = patient.person, patient.left_out, {}
    both = {"cirrhosis", "fibrosis_stage"} <= out
    if "fibrosis_stage" in out:
        stages = range(5) if both else range(4) if person["cirrhosis"] == "none" else (4,)
        found["fibrosis_stage"] = ("fibrosis_stage",), [(stage,) for stage in stages]
    if "cirrhosis" in out:
        kinds = ("none", "compensated", "decompensated")
        kinds = kinds if both else kinds[1:] if person["fibrosis_stage"] == 4 else kinds[:1]
        found["cirrhosis"] = ("cirrhosis",), [(kind,) for kind in kinds]
    return found


def doubts_about_alt(patient):
    """Whether another cause was excluded, and how long ALT has been raised."""
    found = {"ALT_repeat": durations(patient)}
    if patient.person["alt_cause_excluded"] is not True and any(
        patient.person[name] or name in patient.left_out for name in CAUSES
    ):
        found["alt_cause_excluded"] = ("alt_cause_excluded",), [(False,), (True,)]
    return found


def durations(patient):
    """How long ALT may have been over each limit that asks for time: at least as long as it was shown to be."""
    limits = sorted({limit for guideline in GUIDELINES for sex in sexes(patient) for limit in guideline.lasting[sex]})
    person = patient.person
    per_limit = []
    for op, limit in limits:
        shown = person["shown_months"] if "ALT" not in patient.left_out and COMPARE[op](person["ALT"], limit) else 0
        per_limit.append([months for months in (0, 3, 6) if months >= shown])
    return tuple(limits), list(itertools.product(*per_limit))


def sexes(patient):
    """Which sexes are possible: who says that she is pregnant is a woman."""
    person, out = patient.person, patient.left_out
    is_open = "sex" in out and ("pregnant" in out or not person["pregnant"])
    return ("male", "female") if is_open else (person["sex"],)


def completions(patient, dims):
    """Every complete person that fits the record, each with the choice made per item."""
    names = list(dims)
    base = dict(patient.person)
    if "dna_test_unavailable" in patient.left_out and "HBV_DNA" not in patient.left_out:
        base["dna_test_unavailable"] = False
    if "alt_cause_excluded" not in dims:
        base["alt_cause_excluded"] = True
    for choice in itertools.product(*(range(len(dims[name][1])) for name in names)):
        person = dict(base)
        for name, index in zip(names, choice, strict=True):
            person.update(zip(dims[name][0], dims[name][1][index], strict=True))
        yield choice, person


def one(answers):
    return next(iter(answers)) if len(answers) == 1 else "unknown"


def exactly_missing(names, answers):
    """The items for which some choice of all others leaves more than one answer."""
    found = set()
    for place, name in enumerate(names):
        by_rest = {}
        for choice, answer in answers.items():
            by_rest.setdefault(choice[:place] + choice[place + 1 :], set()).add(answer)
        if any(len(group) > 1 for group in by_rest.values()):
            found.add(name)
    return found


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


def part_of(item, wanted):
    """Of the keys that an item decides the wanted ones, with their possible values."""
    keys, values = item
    places = [place for place, key in enumerate(keys) if key in wanted]
    chosen = dict.fromkeys(tuple(value[place] for place in places) for value in values)
    return tuple(keys[place] for place in places), list(chosen)


def read_by(guidelines, dims):
    """What some of the guidelines read of ``dims``: nothing else changes their answers."""
    wanted = set().union(*(guideline.reads for guideline in guidelines))
    found = {name: part_of(item, wanted) for name, item in dims.items() if wanted.intersection(item[0])}
    assume(math.prod(len(values) for _, values in found.values()) <= MOST_COMPLETIONS)
    return found


def translation(together, own):
    """Turns a choice among what several guidelines read into the choice among what one of them reads."""
    found = []
    for place, (name, (keys, values)) in enumerate(together.items()):
        if name in own:
            own_keys, own_values = own[name]
            where = [keys.index(key) for key in own_keys]
            found.append((place, [own_values.index(tuple(value[i] for i in where)) for value in values]))
    return lambda choice: tuple(indices[choice[place]] for place, indices in found)


def answers_of(guideline, patient, dims):
    """The guideline's answer for every choice of what it reads."""
    return {choice: guideline.decision(person) for choice, person in completions(patient, read_by([guideline], dims))}


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
    together = read_by([guideline for guideline in GUIDELINES if guideline.counted], dims)
    result = assess(parse_record(patient.record()))
    joint = {choice: [] for choice in itertools.product(*(range(len(values)) for _, values in together.values()))}
    for guideline in GUIDELINES:
        read, answers = read_by([guideline], dims), answers_of(guideline, patient, dims)
        found = result.decisions[guideline.id]
        assert found.decision == one(set(answers.values())), guideline.id
        assert set(found.missing) == exactly_missing(read, answers), guideline.id
        if guideline.counted:
            own_choice = translation(together, read)
            for choice, given_answers in joint.items():
                given_answers.append(answers[own_choice(choice)])
    shared = {choice: share(answers) for choice, answers in joint.items()}
    asked = set(result.missing) - set(result.phase.missing)
    assert asked == exactly_missing(together, shared) - set(result.phase.missing)


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
