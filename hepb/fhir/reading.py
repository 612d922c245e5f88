"""A FHIR R4 resource of one person becomes a record, with notes on everything that is not used or is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hepb.errors import FhirError, RecordError
from hepb.fhir.notes import Note
from hepb.fhir.persons import person_of
from hepb.fhir.results import Taken, taken_from
from hepb.fhir.walk import contents
from hepb.record import COINFECTIONS
from hepb.rows import parse_json

LARGEST_FILE = 20_000_000
"""Bytes. A thousand results written out at length have a tenth of it."""
MOST_RESULTS = 2000
"""Results of the tests that are read: so many take the assessment a few seconds."""
_MEANS_YES = frozenset({"positive", "detected"})
_MEANS_NO = frozenset({"negative", "undetectable"})


@dataclass(frozen=True)
class FhirReading:
    """``record``: in the form of ``docs/contract.md``, checked. ``notes``: in the order of the file."""

    record: dict[str, Any]
    notes: tuple[Note, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as ``hepb assess --fhir`` prints it."""
        return {"record": self.record, "notes": [note.to_dict() for note in self.notes]}


def parse_fhir(file: bytes) -> Any:
    """The JSON of a file. Raises :class:`FhirError` (F001, F002); no error repeats what the file holds."""
    if len(file) > LARGEST_FILE:
        raise FhirError("F001", limit=LARGEST_FILE)
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FhirError("F002", reason="not UTF-8") from None
    if text.lstrip().startswith("<"):
        raise FhirError("F002", reason="it is XML; export it as JSON")
    try:
        return parse_json(text)
    except RecordError as error:
        reason = "a key stands twice in an object" if error.code == "R005" else "not a JSON object"
        raise FhirError("F002", reason=reason) from None


def read_fhir(resource: Any, as_of: date) -> FhirReading:
    """The record that a resource holds on the day ``as_of``. Raises :class:`FhirError` (F002 to F007)."""
    found = contents(resource)
    person = person_of(found, as_of)
    taken: list[Taken] = []
    notes = [*found.notes, *person.notes]
    for result in found.results:
        for one in taken_from(result, as_of, is_named=person.is_named):
            if isinstance(one, Note):
                notes.append(one)
                continue
            taken.append(one)
            notes.extend(one.notes)
            if len(taken) > MOST_RESULTS:
                raise FhirError("F006", limit=MOST_RESULTS)
    conditions, remarks = _coinfection([one for one in taken if one.test.virus])
    told = {
        "age": person.age,
        "sex": person.sex,
        "as_of": as_of.isoformat(),
        "observations": [one.observation for one in taken if one.test.marker],
        "conditions": conditions,
    }
    record = {key: value for key, value in told.items() if value not in (None, [], {})}
    return FhirReading(record, (*notes, *remarks))


def _coinfection(taken: list[Taken]) -> tuple[dict[str, Any], list[Note]]:
    """What results of other viruses say together. A record denies co-infections only all at once."""
    notes: list[Note] = []
    signs: dict[str, bool] = {}
    for virus in COINFECTIONS:
        results = [one for one in taken if one.test.virus == virus]
        words = {one.observation["interpretation"] for one in results}
        if words and words <= _MEANS_YES:
            signs[virus] = True
            notes += [Note(one.place, "antibody_only") for one in results if one.test.antibody]
        elif words and words <= _MEANS_NO:
            signs[virus] = False
        elif words:
            notes.append(Note(results[0].place, "coinfection_disagrees", virus))
    present = [virus for virus, has_it in signs.items() if has_it]
    if present or len(signs) == len(COINFECTIONS):
        return {"coinfection": present}, notes
    if signs:
        place = next(one.place for one in taken if one.test.virus in signs)
        notes.append(Note(place, "coinfection_partly", ", ".join(f"no {virus}" for virus in signs)))
    return {}, notes
