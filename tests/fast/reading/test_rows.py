"""What `hepb read` prints, and what the package costs to import."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

from hepb.reading import Finding, Reading, read_row, read_text

AS_OF = date(2026, 11, 22)


def test_read_row_follows_the_contract():
    assert read_row("ALT 45 U/L now, 80 in 2019", None, AS_OF) == {
        "id": None,
        "markers": {"ALT": {"value": 45, "unit": "U/L", "comparator": None, "interpretation": None}},
        "others": [
            {"marker": "ALT", "value": 80, "unit": None, "comparator": None, "interpretation": None,
             "date": "2019-01-01", "person": "self"}
        ],
    }  # fmt: skip


def test_what_is_read_can_be_assessed():
    from hepb.record import parse_record

    reading = read_text(
        "I am 34, male, HBsAg positive, HBV DNA 2.3 x 10^4 IU/mL, ALT between 40 and 50 U/L, platelets 180 x10^9/L",
        AS_OF,
    )
    markers = reading.markers()
    record = {
        "age": markers.pop("age")["value"],
        "sex": markers.pop("sex")["value"],
        "as_of": "2026-11-22",
        "observations": [{"marker": name, **row} for name, row in markers.items()],
        "conditions": reading.conditions(),
    }
    assert len(parse_record(record).observations) == 4


def test_reading_reports_coinfection_only_when_it_says_something():
    assert "coinfection" not in read_text("HIV negative", AS_OF).conditions()
    assert read_text("HIV positive, HCV negative", AS_OF).conditions()["coinfection"] == ["HIV"]


def since_of(text, name="ALT"):
    return [f.since for f in read_text(text, AS_OF).findings if f.name == name]


def test_since_is_counted_from_as_of():
    spans = {"my ALT is 96 for eight months": "2026-03-22", "ALT 96, for the past 8 months": "2026-03-22",
             "ALT has been raised for 8 months": "2026-03-22", "ALT 96, raised for 8 months": "2026-03-22",
             "ALT 96 since March": "2026-03-31", "ALT elevated since May": "2026-05-31",
             "my ALT is 96 since March 2024": "2024-03-31", "ALT 96 since 2019": "2019-12-31",
             "For eight months my ALT has been 96": "2026-03-22", "Since March my ALT is 96": "2026-03-31"}  # fmt: skip
    assert {text: since_of(text) for text in spans} == {text: [day] for text, day in spans.items()}


def test_since_of_something_else_is_not_that_of_a_value():
    for text in (
        "ALT 96, carrier since 2010",
        "ALT 96, I have had hepatitis B for 10 years",
        "ALT 96 and I've been on entecavir for 8 months",
        "ALT 96, HBsAg positive since 2010",
        "ALT 20, no alcohol for 8 months",
        "HBsAg positive for 10 years, ALT 96",
        "ALT 96, married for 8 months",
    ):
        assert since_of(text) == [None], text
    assert since_of("ALT was raised for 8 months but is now 30") == ["2026-03-22", None]


def test_year_beside_a_test_dates_its_value():
    for text in ("ALT: 2023-45", "ALT 2023: 45", "ALT 45-2023", "ALT 2023 45"):
        assert [(f.value, f.date) for f in read_text(text, AS_OF).findings] == [(45, "2023-01-01")], text


def test_since_birth_is_counted_from_the_age():
    (finding,) = (f for f in read_text("I'm 24, HBsAg positive since birth", AS_OF).findings if f.name == "HBsAg")
    assert finding.since == "2002-11-22"


def test_limit_and_flag_stand_beside_the_value():
    (finding,) = read_text("ALT 45 (0-40) H", AS_OF).findings
    assert (finding.value, finding.reference_high, finding.flag) == (45, 40.0, "H")


def test_shorthand_is_marked_as_implied():
    findings = read_text("big three positives, HBeAg negative", AS_OF).findings
    assert [(f.name, f.implied) for f in findings] == [
        ("HBsAg", True),
        ("HBeAg", True),
        ("anti_HBc", True),
        ("HBeAg", False),
    ]
    assert read_text("big three positives, HBeAg negative", AS_OF).markers()["HBeAg"]["interpretation"] == "negative"


def test_reading_of_nothing_is_empty():
    assert read_text("") == Reading()
    assert (Reading().markers(), Reading().others(), Reading().conditions()) == ({}, [], {})


def test_finding_survives_json():
    finding = Finding("marker", "ALT", 0, 12, "ALT 40 to 50", (40, 50), comparator="range")
    assert Finding.from_dict(json.loads(json.dumps(finding.to_dict()))) == finding


def test_importing_the_core_does_not_import_spacy():
    code = "import sys, hepb, hepb.reading; print('spacy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )


def test_reading_keeps_no_word_of_a_patient():
    from hepb.reading.pipeline import pipeline

    read_text("my secretname Zyxwvutsrq has ALT 45", AS_OF)
    assert "zyxwvutsrq" not in pipeline("en").vocab.strings
    assert "Zyxwvutsrq" not in pipeline("en").vocab.strings
