"""The unit of a viral load: never assumed, and asked for only as far as it is open."""

import pytest


@pytest.mark.parametrize(
    ("told", "unit"),
    [("IU", "IU/mL"), ("copies", "copies/mL"), ("log10 IU", "log10 IU/mL"), ("log10 copies", "log10 copies/mL")],
)
def test_unit_that_is_told_without_its_volume_is_not_asked_again(chat, found, told, unit):
    chat.say("provide_results", found("HBV_DNA", 6.2, told))
    assert chat.record["observations"][0]["unit"] == unit
    assert "utter_ask_hbv_dna_unit" not in chat.said


def test_logarithm_of_a_viral_load_is_asked_for_iu_or_copies_only(chat, found):
    signs = [found(name, interpretation="positive") for name in ("HBsAg", "HBeAg")]
    chat.say("provide_results", *signs, found("HBV_DNA", 4.6, "log10"), found("ALT", 90, "U/L"))
    assert chat.text("utter_understood_HBV_DNA_log").strip() == "HBV DNA (viral load) 4.6 log, IU or copies not given"
    assert chat.said[-1] == "utter_ask_hbv_dna_unit_log"
    chat.say("nlu_fallback", text="IU")
    assert chat.record["observations"][2] == {"marker": "HBV_DNA", "value": 4.6, "unit": "log10 IU/mL"}


def test_unit_of_a_viral_load_is_never_assumed(chat, found):
    chat.say("provide_results", found("HBV_DNA", 54e6))
    assert chat.text("utter_understood_HBV_DNA_no_unit").strip() == "HBV DNA (viral load) 54,000,000, unit not given"
    assert "unit" not in chat.record["observations"][0]
