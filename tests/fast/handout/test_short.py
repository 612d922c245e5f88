"""The hand-out in short: small enough for a QR code that holds the text itself and is read as a telephone reads it."""

import re
from datetime import date

import numpy as np
import pytest
import zxingcpp

from actions.dialogue import Dialogue
from assistant.handout.qr import qr_code
from assistant.handout.short import MOST_BYTES, make_short
from assistant.handout.speaking import Speaker
from assistant.responses import all_responses

TODAY = date(2025, 6, 30)
TOLERANT = {
    "age": 24,
    "sex": "male",
    "observations": [
        {"marker": "HBsAg", "interpretation": "positive", "since": "2001-01-01"},
        {"marker": "HBeAg", "interpretation": "positive"},
        {"marker": "HBV_DNA", "value": 3.2e8, "unit": "IU/mL", "date": "2025-02-03"},
        {"marker": "ALT", "value": 22, "unit": "U/L"},
    ],
}
FULL = {
    **TOLERANT,
    "conditions": {"pregnant": True, "diabetes": True, "coinfection": ["HIV", "HDV"], "family_history_hcc": True},
    "observations": [
        *TOLERANT["observations"],
        *({"marker": "ALT", "value": 80 + n, "unit": "U/L", "date": f"2024-{1 + n:02}-03"} for n in range(12)),
        *({"marker": "platelets", "value": 150, "unit": "10^9/L", "date": f"2024-{1 + n:02}-03"} for n in range(12)),
    ],
}
SIGN = {"signs": ["vomiting_blood"]}


@pytest.fixture
def short():
    return lambda record, **dialogue: make_short(record, Dialogue(**dialogue), Speaker(all_responses()), TODAY)


def squares(code):
    """The picture that the path draws, several points to a square."""
    picture = np.full((code["size"], code["size"]), 255, dtype=np.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", code["path"]):
        picture[int(y), int(x) : int(x) + int(length)] = 0
    return np.kron(picture, np.ones((4, 4), dtype=np.uint8))


def test_short_names_phase_guidelines_and_results(short):
    lines = short(TOLERANT).splitlines()
    assert "2025-06-30" in lines[0]
    assert lines[1] == "Your results fit the phase called immune tolerance."
    assert any(line.startswith("Regular tests") and "WHO 2024" in line for line in lines)
    wanted = [
        "HBsAg: positive (since 2001)",
        "HBeAg: positive",
        "HBV DNA: 320,000,000 IU/mL (2025-02-03)",
        "ALT: 22 U/L",
    ]
    assert [line for line in wanted if line not in lines] == []
    assert "education only" in lines[-1]


def test_short_explains_the_mark_behind_a_guideline(short):
    assert "* This rests on a rule that no clinician has checked yet." in short(TOLERANT)


def test_short_never_grows_beyond_a_code_and_says_when_something_is_left_out(short):
    text = short(FULL)
    assert len(text.encode()) <= MOST_BYTES
    assert "more than fits" in text
    assert "HBV DNA: 320,000,000 IU/mL" in text, "the decisive results go first"
    assert "more than fits" not in short(TOLERANT)


def test_short_begins_with_what_needs_care_today_and_whose_it_is(short):
    lines = short(FULL, person="mother", **SIGN).splitlines()
    assert "someone else" in lines[1]
    assert lines[2] == "GET CARE TODAY"


def test_short_with_nothing_known_names_no_phase(short):
    assert "cannot name a phase yet" in short({})


@pytest.mark.parametrize("record", [{}, TOLERANT, FULL], ids=["nothing", "tolerant", "full"])
def test_qr_code_holds_the_text_itself(short, record):
    text = short(record)
    [found] = zxingcpp.read_barcodes(squares(qr_code(text)))
    assert found.text == text


def test_qr_code_is_as_large_as_it_says():
    assert qr_code("ü ≥ 2,000")["size"] == squares(qr_code("ü ≥ 2,000")).shape[0] // 4
