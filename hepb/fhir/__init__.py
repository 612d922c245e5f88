"""FHIR R4 resources become a record: Observation, DiagnosticReport and Bundle, of one person.

    parse_fhir(file: bytes) -> dict                            raises FhirError: too large, not JSON
    read_fhir(resource: dict, as_of: date) -> FhirReading      raises FhirError: other resources, wrong types, patients

Nothing is guessed. What cannot be used, and what is used with a doubt, is a note with its place in the resource.
"""
