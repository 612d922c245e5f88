"""A FHIR R4 resource as a record. Runs confined only."""

from __future__ import annotations

import json
from datetime import date

from assistant.slips.refusal import Refused
from hepb.errors import FhirError
from hepb.fhir.reading import parse_fhir, read_fhir

_CODES = {"F001": "P001", "F005": "P013", "F006": "P006"}
_NO_RESOURCE = "P014"


def fhir(content: bytes) -> bytes:
    """The record of an Observation, a DiagnosticReport or a Bundle as JSON. Raises :class:`Refused`."""
    try:
        record = read_fhir(parse_fhir(content), date.today()).record  # noqa: DTZ011 (the day where the person is)
    except FhirError as error:
        raise Refused(_CODES.get(error.code, _NO_RESOURCE)) from None
    return json.dumps(record).encode()
