"""Whole answers: nothing in them contradicts something else in them."""

import pytest

from actions.answer import warnings
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.reading import read_text
from hepb.record import parse_record

PERSON = "man 41, HBsAg positive, HBeAg negative, "


@pytest.fixture
def answered(chat):
    """The final answer to a message."""

    def answer(text):
        findings = [item.to_dict() for item in read_text(text).findings]
        return chat.say("provide_results", *findings, text=text).say("answer_now")

    return answer


def test_sound_other_cause_leaves_the_word_to_those_that_can_answer(answered):
    chat = answered("woman 41, HBsAg positive, HBeAg negative, fatty liver, HBV DNA 12000 IU/mL, ALT 65")
    assert "WHO 2024" in chat.text("utter_advice_treat_count")
    assert "EASL 2025" in chat.text("utter_advice_unknown_count")
    assert {"utter_advice_sort_out_cause_partly", "utter_next_other_cause", "utter_next_differ"} <= set(chat.said)
    assert "utter_advice_sort_out_cause" not in chat.said


def test_sound_phase_is_not_called_calm_beside_a_scan_in_the_range_of_cirrhosis(answered):
    chat = answered(PERSON + "HBV DNA 300 IU/mL, ALT 20, fibroscan 14 kPa")
    assert "utter_phase_inactive_carrier_possible_cirrhosis" in chat.said
    assert not {"utter_phase_inactive_carrier", "utter_next_alt_confirm"} & set(chat.said)


def test_sound_reasons_compare_no_result_of_which_the_order_is_open(answered):
    chat = answered(PERSON + "HBV DNA 30000 IU/mL, ALT 30, 90, 45")
    assert "utter_open_dates" in chat.said
    assert not [name for name in chat.said if name.startswith("utter_because_ALT_")]
    assert "utter_warning_conflict" not in chat.said


def test_sound_results_of_one_day_that_contradict_each_other_are_still_named():
    same_day = {"marker": "ALT", "unit": "U/L", "date": "2026-10-01"}
    record = parse_record({"observations": [{**same_day, "value": 30}, {**same_day, "value": 90}]})
    assert "utter_warning_conflict" in {say.response for say in warnings(record, assess(record), knowledge())}


def test_sound_change_leads_nobody_out_of_a_guideline(answered):
    chat = answered("child 8 years, HBsAg positive, HBeAg positive, HBV DNA 1e8 IU/mL, ALT 20")
    assert "utter_change_ALT_above" in chat.said
    assert "utter_change_HBeAg_negative" not in chat.said


def test_sound_guideline_that_has_no_rule_so_far_lacks_no_result(answered):
    chat = answered(PERSON + "HBV DNA 300 IU/mL, ALT 20, chemotherapy is planned")
    assert "utter_line_so_far_not_applicable" in {name.removesuffix("_unverified") for name in chat.said}


def test_sound_cirrhosis_without_virus_is_not_said_to_be_waited_in(answered):
    chat = answered("man 60, HBsAg positive, decompensated cirrhosis, HBV DNA not detected")
    assert "EASL 2025" in chat.text("utter_advice_monitor_cirrhosis_count")
    assert "APASL 2015" in chat.text("utter_older_guidelines_wait_cirrhosis")
    waiting = {"utter_advice_monitor_count", "utter_older_guidelines_wait", "utter_line_so_far_monitor"}
    assert not waiting & set(chat.said)
