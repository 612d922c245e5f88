"""Whose results they are: one person, or the file is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hepb.errors import FhirError
from hepb.fhir.days import age_of
from hepb.fhir.elements import Element, short
from hepb.fhir.notes import Note
from hepb.fhir.walk import PATIENT, Contents, subject_names

_KIND = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/[A-Za-z0-9.-]+$")
_SEXES = frozenset({"male", "female"})


@dataclass(frozen=True)
class Person:
    """Age in years and sex of the one person of a file, as far as they are known; whether the file names a person."""

    age: float | None
    sex: str | None
    notes: tuple[Note, ...]
    is_named: bool


def person_of(found: Contents, as_of: date) -> Person:
    """The one person whom the results and Patients of a file mean. Raises :class:`FhirError` (F005) for several."""
    mentioned = [*(subject_names(result.item, result.report) for result in found.results)]
    mentioned += [subject_names(report, None) for report in found.reports]
    named = [names for names in mentioned if names and is_patient(names)]
    count = len(_persons(named, found))
    if count > 1:
        raise FhirError("F005", count=count)
    if not found.patients:
        notes = tuple(Note("subject", "patient_not_in_file", short(min(names))) for names in named[:1])
        return Person(None, None, notes, is_named=bool(named))
    told = [_told(patient, as_of) for patient, _ in found.patients]
    notes = tuple(note for one in told for note in one.notes)
    ages, sexes = {one.age for one in told} - {None}, {one.sex for one in told} - {None}
    if len(ages) > 1 or len(sexes) > 1:
        notes = (*notes, Note(found.patients[1][0].place, "patients_disagree"))
    age = ages.pop() if len(ages) == 1 else None
    return Person(age, sexes.pop() if len(sexes) == 1 else None, notes, is_named=True)


def _told(patient: Element, as_of: date) -> Person:
    age, notes = age_of(patient, as_of)
    gender = patient.text("gender")
    if gender is not None and gender not in _SEXES:
        notes = [*notes, Note(f"{patient.place}.gender", "sex_not_told", short(gender))]
    return Person(age, gender if gender in _SEXES else None, tuple(notes), is_named=True)


def is_patient(names: frozenset[str]) -> bool:
    """Whether a subject is a patient, as far as its reference tells."""
    kinds = [_KIND.search(name) for name in names]
    return all(kind is None or kind[1] == PATIENT for kind in kinds)


def _persons(mentioned: list[frozenset[str]], found: Contents) -> list[set[str]]:
    """The persons, each as the set of names that mean the same one."""
    contained: list[tuple[Element, set[str]]] = []
    groups: list[set[str]] = []
    for patient, names in found.patients:
        if ".contained[" in patient.place:  # the same content is the same person, wherever it is contained
            known = next((told for one, told in contained if one.data == patient.data), None)
            if known is None:
                contained.append((patient, set(names)))
            else:
                known |= names
        else:
            groups.append(set(names) or {patient.place})
    groups += [names for _, names in contained]
    every = [*groups, *map(set, mentioned)]
    bases = {name.rpartition(f"{PATIENT}/")[0] for names in every for name in names if "://" in name}
    if len(bases) == 1:  # only then a relative reference can mean but one
        base = bases.pop()
        every = [{f"{base}{name}" if name.startswith(f"{PATIENT}/") else name for name in names} for names in every]
    return _joined(every)


def _joined(groups: list[set[str]]) -> list[set[str]]:
    """Groups that share a name are one."""
    joined: list[set[str]] = []
    for group in groups:
        apart = [other for other in joined if not other & group]
        joined = [*apart, group.union(*(other for other in joined if other & group))]
    return joined
