"""What is said about parts of a resource that are not used, or are used with a doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LEFT_OUT = {
    "answer_unknown": "the answer {value} is not known",
    "answers_disagree": "the codes of the answer mean different things",
    "code_unknown": "no code of a test that is known: {value}",
    "codes_disagree": "the codes name different tests: {value}",
    "coinfection_disagrees": "results for {value} contradict each other; say it as a condition",
    "coinfection_partly": "a record denies co-infections (HIV, HCV, HDV) only all together; known: {value}",
    "comparator_unknown": "the comparator {value} is not known",
    "date_in_future": "the date {value} is after the day of the assessment",
    "date_unreadable": "the date {value} is no FHIR date",
    "entry_deleted": "the entry deletes a resource",
    "focus": "the result is about somebody or something else than the patient",
    "implicit_rules": "rules that this program does not know (implicitRules) change the meaning",
    "modifier_extension": "an extension that this program does not know changes the meaning (modifierExtension)",
    "no_value": "there is no value",
    "no_word": "nothing says whether this test for another virus is positive or negative",
    "not_in_file": "the reference {value} leads to nothing in this file",
    "refused": "{value}",
    "report_withdrawn": "its report is {value}",
    "resource_not_read": "resources of this type are not read: {value}",
    "several_values": "there is more than one value: {value}",
    "several_versions": "the resource stands here more than once with different content",
    "status_missing": "there is no status",
    "status_not_final": "the status is {value}",
    "subject_not_patient": "the subject is no patient: {value}",
    "text_not_read": "the text of the report is not read: {value}",
    "unit_disagrees": "unit and code of the unit, or the unit and the code of the test, do not fit: {value}",
    "unit_unknown": "the unit {value} is not known for {marker}",
    "value_kind": "a value of this kind is not read: {value}",
    "value_not_understood": "the value {value} is not understood",
}
"""Notes on what is not used. The words are for the people who connect systems."""
MARKED = {
    "antibody_only": "counts as a co-infection; an antibody alone can be left from an infection that is over",
    "birth_date_partial": "the birth date has no day, so the age is not known: {value}",
    "birth_date_unusable": "the birth date {value} gives no age from 0 to 120",
    "code_unverified": "the meaning of LOINC {value} was written down from memory and is not yet checked",
    "date_missing": "there is no date: counts as of the day of the assessment",
    "date_of_issue": "there is no date of the sample: the day of issue is used",
    "date_of_report": "there is no date of its own: the one of the report is used",
    "date_partial": "the date {value} has no day: its first day is used",
    "interpretation_unknown": "the interpretation {value} is not known and not used",
    "more_pages": "the Bundle has further pages: results may be missing",
    "patient_not_in_file": "the patient {value} is not in this file: age and sex are not known from it",
    "patients_disagree": "several Patient resources of this person differ: what differs is not used",
    "period": "the value holds for a period: its end is used",
    "preliminary": "preliminary: the laboratory may still change it",
    "reference_not_used": "the reference range is not used: {value}",
    "sex_not_told": "the gender {value} does not tell the sex that limits of ALT go by",
    "subject_missing": "names no patient: taken for the one of this file",
    "unit_missing": "there is no unit",
}
"""Notes on what is used all the same (or on what a used result lacks)."""


@dataclass(frozen=True, slots=True)
class Note:
    """One remark. ``used`` tells whether the part it speaks of counts in the answer."""

    place: str
    note: str
    value: str = ""
    marker: str = ""

    @property
    def used(self) -> bool:
        """Whether the part counts in the answer."""
        return self.note in MARKED

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: ``place``, ``note``, ``used``, ``text``."""
        words = MARKED if self.used else LEFT_OUT
        text = words[self.note].format(value=self.value or "none", marker=self.marker)
        return {"place": self.place, "note": self.note, "used": self.used, "text": text}


class LeftOutError(Exception):
    """A part cannot be used; ``note`` says why. Ends the reading of that part only and never leaves this package."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.note)
