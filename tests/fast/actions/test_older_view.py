"""What older guidelines say where those that count see it otherwise, from the guidelines that ship."""

from dataclasses import replace

import pytest

from actions.answer import final_answer
from actions.older_view import named, older_view
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.record import parse_record


def record(age=45, **results):
    """A man with HBeAg and a high viral load unless ``results`` say otherwise."""
    given = {"HBsAg": "positive", "HBeAg": "positive", "HBV_DNA": "3.2E8", "ALT": "22", **results}
    observations = [
        {"marker": name, "value": value, "unit": "IU/mL" if name == "HBV_DNA" else None, "since": since(name)}
        for name, value in given.items()
    ]
    return parse_record({"age": age, "sex": "male", "as_of": "2026-11-22", "observations": observations})


def since(marker):
    return "2026-01-01" if marker == "ALT" else None


def said(what):
    """Per response the guidelines it names."""
    return {say.response: say.values.get("guidelines") for say in older_view(assess(what), knowledge())}


def test_tolerance_is_waited_in_by_older_guidelines_where_newer_ones_start():
    """China 2022 treats this man for his age."""
    assert said(record()) == {
        "utter_source_text_monitor": ("APASL 2015*", "China 2015*", "China 2019"),
        "utter_situation_unchecked": None,
    }


def test_tolerance_needs_no_word_where_all_wait():
    assert said(record(age=24)) == {}


def test_clearance_under_twice_the_limit_is_waited_in_by_the_oldest():
    """ALT of 60 is over every limit, and not twice 40."""
    assert said(record(ALT="60")) == {
        "utter_source_text_treat": ("China 2019",),
        "utter_older_guidelines_wait": ("APASL 2015", "China 2015*"),
        "utter_situation_unchecked": None,
    }


def test_clearance_needs_no_word_where_all_treat():
    assert said(record(ALT="96")) == {}


def test_grey_zone_names_those_that_wait_without_the_source_text():
    """No phase, so the source text says nothing; WHO 2024 treats for the ALT of 33."""
    grey = said(record(HBeAg="negative", HBV_DNA="5000", ALT="33"))
    assert grey["utter_older_guidelines_wait"] == ("APASL 2015", "China 2015*", "China 2019")
    assert not [name for name in grey if name.startswith("utter_source_text")]


def test_guideline_that_a_clinic_counts_is_not_an_older_one():
    what = knowledge()
    counted = replace(what, counted=(*what.counted, "china-2015"))
    assert "china-2015" not in {item.id for item in named(assess(record()), counted)}


@pytest.mark.parametrize(("age", "expected"), [(45, True), (24, False)])
def test_named_guideline_has_its_source_printed(age, expected):
    core = record(age=age)
    printed = [
        say.values.get("guideline") for say in final_answer(core, assess(core), knowledge()) if say.section == "sources"
    ]
    assert ("China 2015" in printed) is expected
    assert len(printed) == len(set(printed))
