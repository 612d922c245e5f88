"""Every completion of what a record leaves open, and what trying them all says is missing."""

from __future__ import annotations

import itertools
import math

from generated import AGES, ALT, APRI, CHILD_BELOW, DNA, HBSAG_LEVEL, HELD_DOWN_BY, STIFFNESS, VIRUSES, YES_NO
from hypothesis import assume
from naive import COMPARE, NaiveGuideline, guideline_names, share

GUIDELINES = [NaiveGuideline(name) for name in guideline_names()]
COUNTED = [guideline for guideline in GUIDELINES if guideline.counted]
MOST_COMPLETIONS = 3000
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


def joint_answers(patient, dims):
    """What the counted guidelines say together, for every choice of what one of them reads; and what they read."""
    together = read_by(COUNTED, dims)
    joint = {choice: [] for choice in itertools.product(*(range(len(values)) for _, values in together.values()))}
    for guideline in COUNTED:
        answers = answers_of(guideline, patient, dims)
        own_choice = translation(together, read_by([guideline], dims))
        for choice, given in joint.items():
            given.append(answers[own_choice(choice)])
    return together, {choice: share(answers) for choice, answers in joint.items()}
