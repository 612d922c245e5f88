"""Real files through the real processes: a slip is read, and whatever else somebody sends is refused with a code."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
from slip_files import READ, bomb, page, photo, picture, png_that_claims, raw_pdf, scanned, slip, stream

from assistant.slips import limits
from assistant.slips.days import SampleDay
from assistant.slips.reading import SlipReader
from hepb.errors import SlipError

TODAY = date(2026, 11, 28)


def read(content):
    return asyncio.run(SlipReader().read(content, TODAY))


def test_slip_pdf_is_read_value_by_value():
    found = read(slip())
    assert [value.words for value in found.values] == READ
    assert (found.days, found.is_picture) == ((SampleDay("", (date(2026, 10, 5),)),), False)


COLUMNS = (
    ("Test", "01 Mar 2025", "05 Oct 2026", "Unit", "Reference"),
    ("HBV DNA", "180000", "450", "IU/mL", "Not detected"),
    ("ALT", "120", "31", "U/L", "7 - 35"),
)
DATED = ["HBV DNA 180000 IU/mL", "HBV DNA 450 IU/mL", "ALT 120 U/L", "ALT 31 U/L"]


def test_slip_with_dated_columns_gives_each_value_its_date():
    found = read(slip(lines=COLUMNS))
    assert [value.words for value in found.values] == DATED
    assert [value.written for value in found.values] == ["01 Mar 2025", "05 Oct 2026"] * 2
    assert [day.days for day in found.days] == [(date(2025, 3, 1),), (date(2026, 10, 5),)]


@pytest.mark.tesseract
def test_photo_with_dated_columns_gives_each_value_its_date():
    found = read(photo(slip(lines=COLUMNS), scale=3, angle=1, blur=0.5))
    assert [value.words for value in found.values] == DATED
    assert [value.written for value in found.values] == ["01 Mar 2025", "05 Oct 2026"] * 2


def with_script(paper):
    paper._doc.Catalog.OpenAction = "<< /S /JavaScript /JS (app.alert(1)) >>"


GOOD = slip()
RESOURCE = b"""{"resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-10-05",
 "subject": {"reference": "Patient/%d"}, "code": {"coding": [{"system": "http://loinc.org", "code": "1742-6"}]},
 "valueQuantity": {"value": 67, "unit": "U/L"}}"""


def bundle(*resources):
    entries = b", ".join(b'{"resource": %s}' % resource for resource in resources)
    return b'{"resourceType": "Bundle", "type": "collection", "entry": [%s]}' % entries


CIRCLE = raw_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>")
HIDDEN = raw_pdf(page(), b"<< /S /J#61vaScript /J#53 (1) >>", catalog="/Pages 2 0 R /OpenAction 4 0 R")
CARRIED = raw_pdf(page(), b"<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream")
BOMB = raw_pdf(page(more="/Contents 4 0 R"), stream(bomb(1500, layers=2), "[/FlateDecode /FlateDecode]"))
BOMBS = raw_pdf(page(more="/Contents [" + "4 0 R " * 400 + "]"), stream(bomb(8)))
HOSTILE = {
    "a program": (b"MZ\x90\x00" + b"\x00" * 100, "P002"),
    "an archive": (b"PK\x03\x04" + b"\x00" * 100, "P002"),
    "a web page": (b"<html><script>alert(1)</script></html>", "P002"),
    "a drawing with scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "P002"),
    "another kind of picture": (picture(kind="GIF"), "P002"),
    "nothing": (b"", "P002"),
    "a PDF behind other bytes": (b"GIF89a" + GOOD, "P002"),
    "too large": (b"%PDF-1.7" + b" " * limits.LARGEST_FILE, "P001"),
    "locked": (slip(owner="somebody"), "P003"),
    "only a head": (b"%PDF-1.7\n", "P004"),
    "cut off": (GOOD[: len(GOOD) // 3], "P004"),
    "a page tree in a circle": (CIRCLE, "P004|P009|P010|P012"),
    "nested deep": (raw_pdf(page(more="/Resources " + "[" * 20000 + "]" * 20000)), "P004|P006|P007"),
    "many pages": (slip(pages=limits.MOST_PAGES + 1), "P005"),
    "a huge page": (slip(size=(20000, 20000)), "P006"),
    "a script": (slip(edit=with_script), "P008"),
    "a script by another name": (HIDDEN, "P008"),
    "a program to start": (raw_pdf(page(), b"<< /S /Launch /F (x) >>"), "P008"),
    "another file within": (CARRIED, "P008"),
    "a bomb": (BOMB, "P004|P007"),
    "a bomb of many parts": (BOMBS, "P007|P010"),
    "a picture that is none": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "P004"),
    "a picture cut off": (picture()[:200], "P004"),
    "a picture that promises too much": (png_that_claims(60000, 60000), "P006"),
    "a picture that promises endless height": (png_that_claims(1, 2**31 - 1), "P006"),
    "a dot": (picture(size=(1, 1)), "P006"),
    "data of another kind": (b'{"ALT": 20}', "P014"),
    "data cut off": (RESOURCE[:100], "P014"),
    "data nested deep": (b'{"resourceType": ' + b"[" * 1_000_000, "P004|P014"),
    "data with a key twice": (RESOURCE.replace(b'"status"', b'"status": "final", "status"'), "P014"),
    "data of two patients": (bundle(RESOURCE % 1, RESOURCE % 2), "P013"),
    "data without end": (bundle(*(RESOURCE % 1 for _ in range(9000))), "P006"),
    "data without a result": (bundle(), "P010"),
    "a photo cut off": (picture(kind="JPEG")[:300], "P004"),
}  # fmt: skip


def test_fhir_resource_is_read_value_by_value():
    found = read(b"\xef\xbb\xbf\n " + bundle(RESOURCE % 1))
    assert [(value.words, value.written) for value in found.values] == [("ALT 67 U/L", "2026-10-05")]
    assert found.days == (SampleDay("2026-10-05", (date(2026, 10, 5),)),)


@pytest.mark.parametrize(("content", "codes"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_with_a_code(content, codes):
    with pytest.raises(SlipError) as refused:
        read(content)
    assert refused.value.code in codes.split("|")


def test_reading_goes_on_after_a_hostile_file():
    reader = SlipReader()

    async def several():
        tasks = [reader.read(content, TODAY) for content in (GOOD, HOSTILE["cut off"][0], GOOD, GOOD)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, second, *rest = asyncio.run(several())
    assert [value.words for value in first.values] == READ
    assert isinstance(second, SlipError)
    assert rest == [first, first]


def test_reading_sends_away_who_would_wait_too_long():
    reader = SlipReader()

    async def many():
        tasks = [reader.read(GOOD, TODAY) for _ in range(limits.LONGEST_QUEUE + 1)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    codes = [one.code for one in asyncio.run(many()) if isinstance(one, SlipError)]
    assert codes == ["P011"]


def test_photo_without_tesseract_is_answered_and_a_pdf_is_read_all_the_same(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SlipError, match="P009"):
        read(picture())
    assert [value.words for value in read(GOOD).values] == READ


@pytest.mark.tesseract
def test_pdf_that_is_a_scan_is_recognised():
    found = read(scanned(GOOD))
    assert [value.words for value in found.values] == READ
    assert found.is_picture


@pytest.mark.tesseract
@pytest.mark.parametrize(("lies", "marked"), [(90, False), (180, False), (270, True)])
def test_photo_on_its_side_or_upside_down_is_turned(lies, marked):
    found = read(photo(GOOD, scale=3, angle=2, blur=0.6, lies=lies, marked=marked))
    assert [value.words for value in found.values] == READ


@pytest.mark.tesseract
def test_pdf_that_is_a_scan_on_its_side_is_turned():
    assert [value.words for value in read(scanned(GOOD, lies=90)).values] == READ


@pytest.mark.tesseract
def test_photo_with_a_broken_mark_of_the_camera_is_turned_by_its_letters():
    content = photo(GOOD, scale=3, lies=90, marked=True)
    broken = content.replace(b"Exif\x00\x00MM\x00*", b"Exif\x00\x00MM\xff*")
    assert broken != content
    assert [value.words for value in read(broken).values] == READ
