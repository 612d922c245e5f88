"""The hand-out says what the record and its result say: the sheet, its page and its PDF."""

import html
import io
import re
from datetime import date

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFont as Font

from actions.dialogue import Dialogue
from assistant.handout.content import make_sheet
from assistant.handout.page import to_html
from assistant.handout.pdf import _LOOKALIKES, SMALLEST_SIZE, to_pdf
from assistant.handout.questions import MOST
from assistant.handout.speaking import Speaker
from assistant.responses import all_responses
from hepb.loader import knowledge

TODAY = date(2025, 6, 30)
A4 = (595, 842)
ALT = {"marker": "ALT", "value": 58, "unit": "U/L", "date": "2025-06-02"}
LOAD = {"marker": "HBV_DNA", "value": 12000, "unit": "IU/mL", "date": "2025-06-02"}
TYPICAL = {
    "age": 41,
    "sex": "female",
    "observations": [
        {"marker": "HBsAg", "interpretation": "positive", "since": "2010-01-01"},
        {"marker": "HBeAg", "interpretation": "negative", "date": "2025-06-02"},
        {"marker": "anti_HBe", "interpretation": "positive", "date": "2025-06-02"},
        LOAD,
        {**LOAD, "value": 640, "date": "2024-06-11"},
        ALT,
        {**ALT, "value": 24, "date": "2024-06-11"},
        {"marker": "platelets", "value": 210, "unit": "10^9/L", "date": "2025-06-02"},
    ],
    "conditions": {"cirrhosis": "none", "on_treatment": False},
}


@pytest.fixture
def speaker():
    return Speaker(all_responses())


@pytest.fixture(scope="module")
def typical_pdf():
    return to_pdf(make_sheet(TYPICAL, Dialogue(), Speaker(all_responses()), TODAY))


@pytest.fixture(scope="module")
def typical_page(typical_pdf):
    """The one page of that file, read."""
    [page] = read(typical_pdf)
    return page


@pytest.fixture
def sheet(speaker):
    def make(record, **dialogue):
        return make_sheet(record, Dialogue(**dialogue), speaker, TODAY)

    return make


def said(sheet):
    """Everything on the sheet as one text."""
    parts = (
        (part.heading, *part.sentences, *part.points, *part.head, *part.notes, *sum(part.rows, ()))
        for part in sheet.parts
    )
    return "\n".join((sheet.title, *sheet.lines, *(line for part in parts for line in part), *sheet.footer))


def read(content):
    """The pages of a PDF file."""
    import pdfplumber

    return pdfplumber.open(io.BytesIO(content)).pages


def words_of(text):
    return re.sub(r"\W+", "", text)


def test_handout_shows_every_result_with_its_unit_and_day(sheet):
    rows = sheet(TYPICAL).part("results").rows
    assert ("HBV DNA (viral load)", "12,000 IU/mL", "2025-06-02") in rows
    assert ("HBV DNA (viral load)", "640 IU/mL", "2024-06-11") in rows
    assert ("ALT (liver enzyme)", "58 U/L", "2025-06-02") in rows
    assert len(rows) == len(TYPICAL["observations"])
    [person] = sheet(TYPICAL).part("person").sentences
    assert person.startswith("Age: 41 years · Sex: female")


def test_handout_says_what_it_does_not_know_of_a_result(sheet):
    rows = (
        sheet({"observations": [{"marker": "HBV_DNA", "value": 8000}, {"marker": "ALT", "value": 40}]})
        .part("results")
        .rows
    )
    assert ("HBV DNA (viral load)", "8,000, unit not given", "no date given") in rows
    assert ("ALT (liver enzyme)", "40, no unit given, read as U/L", "no date given") in rows


def test_handout_holds_all_that_the_issue_asks_for(sheet):
    made = sheet(TYPICAL)
    assert [part.name for part in made.parts] == [
        "results", "person", "phase", "map", "why", "advice", "guidelines", "missing", "next", "questions",
        "signs", "sources",
    ]  # fmt: skip
    assert "2025-06-30" in made.lines[0]
    assert "grey zone" in made.part("phase").sentences[0]
    assert made.part("map").picture["between"] == ["inactive_carrier", "immune_active_hbeag_negative"]
    assert "Your HBV DNA of 12,000 IU/mL is at or above 2,000 IU/mL." in made.part("why").points
    titles = [knowledge().guideline(name).title for name in knowledge().shown]
    assert [row[0].removesuffix(" (older)") for row in made.part("guidelines").rows] == titles
    assert all(any(line.startswith(f"{title}: ") for line in made.part("sources").sentences) for title in titles)
    assert 0 < len(made.part("questions").points) <= MOST
    assert "emergency number" in made.part("signs").sentences[0]


def test_handout_marks_what_no_clinician_has_checked(sheet):
    part = sheet(TYPICAL).part("guidelines")
    assert any(row[1].endswith("*") for row in part.rows)
    assert part.notes == ("* This rests on a rule that no clinician has checked yet.",)


def test_handout_of_somebody_else_says_whose_results_they_are(sheet):
    assert any("someone else" in line for line in sheet(TYPICAL, person="mother").lines)
    assert not any("someone else" in line for line in sheet(TYPICAL).lines)
    assert sheet(TYPICAL, person="mother").part("phase").sentences[0].startswith("These results")
    assert sheet(TYPICAL).part("phase").sentences[0].startswith("Your results")


def test_handout_with_nothing_known_says_so_and_names_no_phase(sheet):
    made = sheet({})
    assert "No result is known yet" in made.part("results").sentences[0]
    assert made.part("map") is None
    assert made.part("guidelines") is None
    assert made.part("sources") is None
    assert "cannot name a phase yet" in made.part("phase").sentences[0]
    assert "HBsAg is still missing" in made.part("missing").points[0]


def test_handout_begins_with_what_needs_care_today(sheet):
    made = sheet({**TYPICAL, "observations": [*TYPICAL["observations"], {**ALT, "value": 900, "date": "2025-06-20"}]})
    assert made.parts[0].name == "urgent"
    assert "900 U/L" in made.parts[0].sentences[0]
    assert "see a doctor today" in made.parts[0].sentences[0]
    assert sheet(TYPICAL, signs=("vomiting_blood",)).parts[0].name == "urgent"
    assert sheet(TYPICAL).parts[0].name == "results"


def test_handout_of_treatment_and_of_no_infection_shows_no_map(sheet):
    treated = sheet({**TYPICAL, "conditions": {"on_treatment": True}})
    assert treated.part("map") is None
    assert "Is my medicine working, and what if I miss a dose?" in treated.part("questions").points
    negative = sheet(
        {"observations": [{"marker": m, "interpretation": "negative"} for m in ("HBsAg", "anti_HBc", "anti_HBs")]}
    )
    assert negative.part("map") is None
    assert negative.part("questions").points[0] == "Do I need the vaccine, or another dose?"


def test_handout_asks_nothing_back(sheet):
    for record in (TYPICAL, {}, {"observations": [{"marker": "ALT", "value": 40}]}):
        assert "Tell me" not in said(sheet(record))


def test_handout_page_takes_nothing_for_markup(sheet, speaker, monkeypatch):
    monkeypatch.setattr(
        "assistant.handout.content.clinic", lambda: type("Clinic", (), {"name": "<b onclick='x'>A & B</b>"})
    )
    page = to_html(sheet(TYPICAL), speaker)
    assert "<b onclick" not in page
    assert "&lt;b onclick=&#x27;x&#x27;&gt;A &amp; B&lt;/b&gt;" in page


def test_handout_page_holds_every_word_of_the_sheet_and_no_inline_style_or_script(sheet, speaker):
    made = sheet(TYPICAL)
    page = to_html(made, speaker)
    plain = words_of(html.unescape(re.sub(r"<[^>]+>", "", page)))
    assert [line for line in said(made).split("\n") if words_of(line) not in plain] == []
    assert "style=" not in page
    assert re.findall(r"<script[^>]*>[^<]", page) == []
    assert '<th scope="row">ALT (liver enzyme)</th><td>58 U/L</td><td><time>2025-06-02</time></td>' in page


def test_handout_pdf_of_a_typical_record_is_one_page_with_every_word(sheet, typical_page):
    made, page = sheet(TYPICAL), typical_page
    assert (round(page.width), round(page.height)) == A4
    plain = words_of(page.extract_text())
    for wanted in ("12,000 IU/mL", "58 U/L", "2025-06-02", "grey zone", "WHO 2024", "Questions to ask the doctor"):
        assert words_of(wanted) in plain
    left, right = (page.crop((x, 0, x + page.width / 2, page.height)) for x in (0, page.width / 2))
    columns = words_of(left.extract_text()) + words_of(right.extract_text()) + plain
    lost = [line for part in made.parts for line in part.points if words_of(line)[:30] not in columns]
    assert lost == []


def test_handout_pdf_text_lies_inside_the_page_and_is_not_too_small(sheet, typical_page):
    for page in (typical_page, *read(to_pdf(sheet({})))):
        assert min(char["size"] for char in page.chars) >= SMALLEST_SIZE
        assert min(char["x0"] for char in page.chars) > 20
        assert max(char["x1"] for char in page.chars) < page.width - 20
        assert max(char["bottom"] for char in page.chars) < page.height - 20


def test_handout_pdf_is_the_same_for_the_same_record(sheet, typical_pdf):
    assert to_pdf(sheet(TYPICAL)) == typical_pdf


def test_handout_font_has_every_letter_of_the_responses():
    letters = set(TTFont(Font("Vera", "Vera.ttf").face.filename).getBestCmap())
    texts = {name: str(variations).translate(_LOOKALIKES) for name, variations in all_responses().items()}
    lacking = {name: {c for c in text if ord(c) not in letters} for name, text in texts.items()}
    assert {name: found for name, found in lacking.items() if found} == {}


def test_speaker_says_the_variation_of_the_language():
    variations = [
        {"text": "Hello {name}"},
        {"text": "你好 {name}", "condition": [{"type": "slot", "name": "language", "value": "zh"}]},
    ]
    assert Speaker({"utter_x": variations}).named("utter_x", name="A") == "Hello A"
    assert Speaker({"utter_x": variations}, "zh").named("utter_x", name="A") == "你好 A"
    assert Speaker({"utter_x": variations}, "fr").named("utter_x", name="A") == "Hello A"
