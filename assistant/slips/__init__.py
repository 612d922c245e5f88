"""A laboratory slip as PDF, photo or FHIR resource: what can be read on it, value by value, for the patient to confirm.

    read_slip(file: bytes) -> Slip        raises SlipError: refused or not readable; nothing of the file is kept

The file is only opened in processes of its own, which have limits of time and memory, no network and no right to
write (`confined`). What they print, plain words with their places, becomes lines (`lines`, `columns`), and each line
is read by `hepb.reading` like anything a patient types; a FHIR resource becomes a record, and that values (`records`).
Nothing read here counts before the patient has confirmed it: what is confirmed is sent as a message of the
conversation.
"""
