"""A hand-out of more results than fit on a page; the fast tests look at a typical one."""

import io
from datetime import date

import pdfplumber

from actions.dialogue import Dialogue
from assistant.handout.content import make_sheet
from assistant.handout.pdf import to_pdf
from assistant.handout.speaking import Speaker
from assistant.responses import all_responses

MANY = {
    "age": 41,
    "sex": "female",
    "observations": [
        {"marker": marker, "value": 20 + n, "unit": unit, "date": f"{2000 + n % 25}-01-{1 + n // 25:02}"}
        for n in range(60)
        for marker, unit in (("ALT", "U/L"), ("HBV_DNA", "IU/mL"))
    ],
}


def test_handout_pdf_of_very_many_results_loses_none():
    made = make_sheet(MANY, Dialogue(), Speaker(all_responses()), date(2025, 6, 30))
    pages = pdfplumber.open(io.BytesIO(to_pdf(made))).pages
    assert len(pages) > 1
    plain = " ".join(page.extract_text() for page in pages)
    rows = made.part("results").rows
    assert len(rows) == 120
    assert [row for row in rows if plain.count(row[2]) < 1] == []
    assert sum(plain.count(f"{20 + n} U/L") for n in range(60)) >= 60
