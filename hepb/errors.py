"""Every error that the project raises on purpose, with its code and its text in one place.

HepbError
├── RecordError      a record from outside is not usable; the text names the field, the value and what is allowed
├── FhirError        a FHIR resource from outside is not usable; the text names the place and what is allowed
├── KnowledgeError   a file under ``hepb/knowledge`` is wrong; the text names the file and the key
├── LexiconError     a word list is wrong; the text names the file and the key
├── ModelError       a trained or downloaded model is not the one expected
├── SlipError        a photo, PDF or FHIR resource of a slip is refused or cannot be read
├── ServerError      the servers cannot start, or a setting in the environment is not usable
└── BenchError       a bot under measurement does not do its work, so its figures would be worth nothing

The code stands first in the message, so that a log line or a support question can be looked up here.
No message ever carries what a patient wrote in free text; record errors carry the refused value of one field.
"""

from __future__ import annotations

from typing import ClassVar


class HepbError(Exception):
    """Base of all errors of the project."""

    texts: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(f"{code}: {self.texts[code].format(**values)}")


class RecordError(HepbError):
    """A record from outside is not usable. Raised by :func:`hepb.record.parse_record`."""

    texts: ClassVar[dict[str, str]] = {
        "R001": "{field}: {value} is not allowed; allowed: {allowed}",
        "R002": "not a JSON object: {value}",
        "R003": "{field}: {value} is after as_of ({as_of}); allowed: a date up to that day",
        "R004": "row of over {limit} bytes; allowed: up to that",
        "R005": "key {key!r} stands twice; allowed: once",
        "R006": "not UTF-8: byte {byte} at place {place}; allowed: UTF-8",
    }


class FhirError(HepbError):
    """A FHIR resource from outside is not usable as a whole. Raised by :mod:`hepb.fhir`. Repeats no value of it."""

    texts: ClassVar[dict[str, str]] = {
        "F001": "file of over {limit} bytes; allowed: up to that",
        "F002": "not FHIR as JSON: {reason}",
        "F003": "{place}: {value} is not allowed; allowed: {allowed}",
        "F004": "{place}: resource type {value} is not read; allowed: Observation, DiagnosticReport, Bundle",
        "F005": "results of {count} patients; allowed: one (split the Bundle by patient)",
        "F006": "over {limit} results of the tests that are read; allowed: up to that",
        "F007": "{place}: a Bundle of type history holds old versions beside the new ones; allowed: any other type",
    }


class KnowledgeError(HepbError):
    """A knowledge file is wrong. Raised by :mod:`hepb.loader`."""

    texts: ClassVar[dict[str, str]] = {
        "K001": "{file}: unknown key {key!r}; allowed: {allowed}",
        "K002": "{file}: key {key!r} stands twice",
        "K003": "{file}: {key}: missing {missing!r}",
        "K004": "{file}: {key}: a number needs a unit",
        "K005": "{file}: {key}: {value!r} is not allowed; allowed: {allowed}",
        "K006": "{file}: {key}: source {value!r} is not a key of sources.yaml",
        "K007": "{file}: {key}: source 'unverified' is only allowed with confidence unverified",
        "K008": "{file}: not readable as YAML: {reason}",
        "K009": "{file}: {key}: definition {value!r} does not exist",
        "K010": "{file}: id {value!r} stands twice",
        "K011": "{file}: {key}: {reason}",
        "K012": "{file}: not readable; {variable} in the environment names it",
    }


class LexiconError(HepbError):
    """A word list is wrong. Raised by the readers of ``hepb/knowledge/lexicon``."""

    texts: ClassVar[dict[str, str]] = {
        "L001": "{file}: unknown key {key!r}; allowed: {allowed}",
        "L002": "{file}: key {key!r} stands twice",
        "L003": "{file}: {key}: {value!r} is not allowed; allowed: {allowed}",
    }


class ModelError(HepbError):
    """A trained or downloaded model is not the one expected."""

    texts: ClassVar[dict[str, str]] = {
        "M001": "{file}: sha256 is {found}, expected {expected}",
        "M002": "sentence encoder: cosine to the float32 forward pass is {found}, at least {least} is needed",
        "M003": "{name}: the intent classifier is not trained",
        "M004": "the known sentence {sentence!r} is taken for {found}, expected {expected}",
        "M005": "a training example has no sentence vector: SentenceEncoder must stand before IntentClassifier",
    }


class ServerError(HepbError):
    """The servers cannot start, stopped by themselves, or a setting in the environment is not usable."""

    texts: ClassVar[dict[str, str]] = {
        "S001": "{name}={value} in the environment is not allowed; allowed: {allowed}",
        "S002": "port {port} on {host} is taken; stop the program that uses it or set {name} to another port",
        "S003": "the {server} server did not answer within {seconds} seconds; its last lines stand above",
        "S004": "the {server} server stopped (status {status}); its last lines stand above",
        "S005": "training failed (status {status}); see {log}. Last line: {line}",
        "S006": "the model lacks the responses that the channels need: {names}",
        "S007": "no model is loaded: {reason}",
        "S008": "the channel {channel} is set up in part only; the environment lacks: {names}",
    }


class SlipError(HepbError):
    """A photo or PDF is refused or cannot be read. Raised by :mod:`assistant.slips`. Repeats nothing of the file.

    What a patient reads stands in ``data/responses``: one sentence for each code.
    """

    texts: ClassVar[dict[str, str]] = {
        "P001": "file of over {limit} bytes; allowed: up to that",
        "P002": "the first bytes are those of no PDF, PNG, JPEG or FHIR resource",
        "P003": "the PDF is locked",
        "P004": "the file is broken, or not what its first bytes say",
        "P005": "the PDF has over {limit} pages; allowed: up to that",
        "P006": "the picture or page is too large, too small or too full",
        "P007": "reading it takes too much time or memory",
        "P008": "the PDF carries scripts, other files or actions",
        "P009": "tesseract is not installed, so pictures cannot be read",
        "P010": "no result of a test that is read was found",
        "P011": "too many files are being read",
        "P012": "the picture is too unclear",
        "P013": "the FHIR resource holds results of several patients",
        "P014": "the JSON is no FHIR R4 resource that is read",
    }


class BenchError(HepbError):
    """A bot under measurement does not do its work, so its figures would be worth nothing."""

    texts: ClassVar[dict[str, str]] = {
        "B001": "{bot}: ended or gave no answer within {seconds} seconds. Last line: {line}",
        "B002": "{bot}: a turn failed: {reason}",
        "B003": "{bot}: of {turns} turns {said} were stored and {acted} ran a custom action; all must",
        "B004": "{bot}: training failed (status {status}). Last line: {line}",
        "B005": "{file} holds no recorded figures of the bots; run the bench once without --core",
    }
