"""The hand-out: one page for the patient and the doctor, from the stored record; as a web page and as PDF."""
