"""Values that a question only imagines."""

import pytest

from hepb.reading import read_text
from hepb.reading.what_if import imagined


@pytest.mark.parametrize(
    ("text", "name", "value", "plain"),
    [
        ("what if my ALT goes to 100?", "ALT", 100, True),
        ("What happens when my viral load climbs up to 20,000 IU/mL?", "HBV_DNA", 20000, True),
        ("and once I'm 40?", "age", 40, True),
        ("what if I turn 31, do I need tablets?", "age", 31, True),
        ("would they treat me if my alt was 80", "ALT", 80, False),
        ("suppose my platelets drop to 90", "platelets", 90, True),
    ],
)
def test_what_if_reads_the_imagined_value(text, name, value, plain):
    found = imagined(text)
    assert [(item.name, item.value) for item in found.findings] == [(name, value)]
    assert found.plain is plain
    assert not [item for item in read_text(text).findings if item.kind == "marker"]


def test_what_if_reads_a_sign_and_several_values():
    assert imagined("what if HBeAg turns negative?").findings[0].interpretation == "negative"
    names = [item.name for item in imagined("what if ALT goes to 60 and my DNA to 3000 IU/mL?").findings]
    assert names == ["ALT", "HBV_DNA"]


@pytest.mark.parametrize("text", ["when I was 40 my ALT was 100", "If ALT is 40 it is normal, they told me"])
def test_what_if_is_not_plain_in_a_story(text):
    assert not imagined(text).plain


def test_what_if_reads_no_story_behind_it():
    assert imagined(f"what if my ALT goes to 100 {'and so on ' * 2000}").findings[0].value == 100


def test_what_if_tells_whose_value_is_imagined():
    assert imagined("what if my husband's ALT is 100").findings[0].person == "partner"


def test_what_if_keeps_a_value_of_what_was_spoken_of_last():
    assert imagined("and if it goes to 400?").of_it == "400"


@pytest.mark.parametrize(
    "text", ["My ALT is 100", "what if my husband leaves me", "what if I get pregnant?", "call me when you can", ""]
)
def test_what_if_finds_nothing_where_no_value_is_imagined(text):
    assert imagined(text) is None
