"""Bringing a slip to the page in a real Chromium: a PDF by keyboard alone, a photo, corrections, refusals."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from bringing import drop_slip
from selenium.webdriver.common.keys import Keys

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
from slip_files import HEADS, photo, slip

from hepb.yaml_files import parse_yaml

pytestmark = [pytest.mark.live, pytest.mark.browser]
BUNDLES = Path(__file__).parents[2] / "cases" / "fhir" / "bundles.yaml"

LINES = (
    HEADS,
    ("HBsAg", "Positive", "", "", "Negative"),
    ("HBeAg", "Positive", "", "", "Negative"),
    ("HBV DNA", "320000000", "", "IU/mL", "Not detected"),
    ("ALT", "22", "", "U/L", "7 - 35"),
)


@pytest.fixture
def file(tmp_path):
    def written(content, name="slip.pdf"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return written


def bring(page, path):
    page.run("root.getElementById('slip-file').hidden = false")
    page.all("#slip-file")[0].send_keys(path)


def asked(page):
    page.wait("#slip-review[open] .slip-value")
    return page.texts("#slip-values strong")


def decide(page, name, decision):
    names = [text.rstrip(": ") for text in page.texts("#slip-values strong")]
    value = page.all("#slip-values .slip-value")[names.index(name)]
    page.tap(value.find_element("css selector", f"[data-decision={decision}]"))


def focused(page):
    return page.run("return root.activeElement.textContent || root.activeElement.id")


def test_slip_pdf_by_keyboard_alone_reaches_a_phase(page, file):
    bring(page, file(slip(lines=LINES)))
    assert asked(page) == ["Date of the sample:", "HBsAg:", "HBeAg:", "HBV DNA:", "ALT:"]
    assert page.texts("#slip-values q")[0] == "HBsAg Positive Negative"
    assert page.texts("#slip-values .slip-value")[3].startswith("HBV DNA: 320,000,000 IU/mL")
    assert page.all(".patient") == [], "nothing counts yet"
    for _ in range(60):
        if focused(page) == "Use these values":
            break
        if focused(page) == "Right" and page.run("return root.activeElement.getAttribute('aria-pressed')") == "false":
            page.press(Keys.SPACE)
        page.press(Keys.TAB)
    assert page.texts("#slip-state") == ["5 of 5 decided"]
    page.press(Keys.ENTER)
    page.answered()
    assert page.texts(".patient .bubble")[0].splitlines()[0] == "On 2026-10-05: HBsAg positive"
    page.say_and_hear_the_phase("I am 24, male, and I have had hepatitis B since birth")
    assert "immune tolerance" in page.wait(".section-phase").text.lower()


COLUMNS = (
    ("Test", "01 Mar 2025", "04/05/2026", "Unit", "Reference"),
    ("HBV DNA", "180000", "450", "IU/mL", "Not detected"),
    ("ALT", "120", "31", "U/L", "7 - 35"),
)


def test_slip_with_dated_columns_is_told_with_the_date_of_each_value(page, file):
    bring(page, file(slip(lines=COLUMNS)))
    day = "Date of the values below:"
    assert asked(page) == [day, "HBV DNA:", "ALT:", day, "HBV DNA:", "ALT:"]
    assert [button.text for button in page.all(".slip-of-day [data-decision]")] == [
        "Right", "Change", "2026-04-05", "2026-05-04", "Change",
    ], "a date of several values is never left out"  # fmt: skip
    for value in page.all("#slip-values .slip-value"):
        value.find_elements("css selector", "[data-decision=keep]")[-1].click()
    page.all("#slip-use")[0].click()
    page.answered()
    assert page.texts(".patient .bubble")[0].splitlines() == [
        "On 2025-03-01: HBV DNA 180000 IU/mL", "On 2025-03-01: ALT 120 U/L",
        "On 2026-05-04: HBV DNA 450 IU/mL", "On 2026-05-04: ALT 31 U/L",
    ]  # fmt: skip
    rows = page.texts(".section-understood")[0]
    for told in ("180,000 IU/mL", "2025-03-01", "450 IU/mL", "2026-05-04"):
        assert told in rows


def test_slip_fhir_bundle_reaches_a_phase(page, file):
    bundle = parse_yaml(BUNDLES.read_text("utf8"), BUNDLES.name)[0]["resource"]
    bring(page, file(json.dumps(bundle).encode(), "results.json"))
    day = "Date of the values below:"
    assert asked(page) == ["age:", "sex:", day, "HBsAg:", "HBeAg:", "HBV DNA:", day, "ALT:"]
    for value in page.all("#slip-values .slip-value"):
        value.find_element("css selector", "[data-decision=keep]").click()
    page.all("#slip-use")[0].click()
    page.answered()
    assert "On 2026-10-05: HBV DNA 320000000 IU/mL" in page.texts(".patient .bubble")[0]
    page.say_and_hear_the_phase("I have had it since birth")
    assert "immune tolerance" in page.wait(".section-phase").text.lower()


def test_slip_fhir_of_two_people_is_refused_in_plain_words(page, file):
    person = {"resourceType": "Patient", "gender": "male"}
    entries = [{"resource": {**person, "id": name}} for name in ("a", "b")]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    bring(page, file(json.dumps(bundle).encode(), "results.json"))
    page.wait_until(lambda: "more than one person" in page.run("return root.getElementById('groups').textContent"))


def test_slip_nothing_counts_before_all_is_decided_and_left_out_stays_out(page, file):
    bring(page, file(slip(lines=LINES)))
    asked(page)
    page.click("#slip-use")
    assert "Date of the sample" in page.texts("#slip-state")[0]
    for name in ("Date of the sample", "HBsAg", "HBeAg"):
        decide(page, name, "keep")
    decide(page, "HBV DNA", "leave")
    decide(page, "ALT", "change")
    field = page.run("return root.activeElement")
    field.clear()
    page.click("#slip-use")
    field.send_keys("banana")
    page.click("#slip-use")
    assert "ALT" in page.texts("#slip-state")[0], "no result at all"
    field.clear()
    assert page.all("#slip-review[open]"), "an empty correction is none"
    field.send_keys("52 U/L")
    page.click("#slip-use")
    page.answered()
    said = page.texts(".patient .bubble")[0]
    assert "On 2026-10-05: ALT 52 U/L" in said
    assert "DNA" not in said
    assert not any("320" in text for text in page.texts(".section-understood"))


def test_slip_given_up_leaves_nothing(page, file):
    bring(page, file(slip(lines=LINES)))
    asked(page)
    page.press(Keys.ESCAPE)
    page.wait_until(lambda: page.texts("#status") == ["Nothing of your file was used."])
    assert page.all(".patient") == []
    assert page.all("#slip-values li") == []


def test_slip_that_is_none_is_answered_in_plain_words(page, file):
    bring(page, file(b"MZ program", "slip.pdf"))
    page.wait_until(lambda: "neither" in page.run("return root.getElementById('groups').textContent"))
    assert page.all("#slip-review[open]") == []


@pytest.mark.tesseract
def test_slip_photo_is_read_and_confirmed(page, file):
    bring(page, file(photo(slip(lines=LINES), angle=2, blur=0.5, shade=0.3), "slip.jpg"))
    assert asked(page) == ["Date of the sample:", "HBsAg:", "HBeAg:", "HBV DNA:", "ALT:"]
    assert page.all("#slip-picture")[0].is_displayed()
    for name in ("Date of the sample", "HBsAg", "HBeAg", "HBV DNA", "ALT"):
        decide(page, name, "keep")
    page.click("#slip-use")
    page.answered()
    assert page.texts(".patient .bubble")[0].splitlines() == [
        "On 2026-10-05: HBsAg positive", "On 2026-10-05: HBeAg positive",
        "On 2026-10-05: HBV DNA 320000000 IU/mL", "On 2026-10-05: ALT 22 U/L",
    ]  # fmt: skip


def test_slip_dropped_on_the_page_is_read_and_a_drop_never_leaves_the_page(page, file):
    drop_slip(page, slip(lines=LINES))
    assert len(asked(page)) == 5
