"""Whole answers: nothing in them contradicts something else in them."""

import pytest

from actions.answer import warnings
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.record import parse_record

PERSON = "man 41, HBsAg positive, HBeAg negative, "


@pytest.fixture
def answered(chat):
    """The final answer to a message."""

    def answer(text):
        return chat.tell(text).say("answer_now")

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


def test_sound_limit_that_is_not_of_the_phase_has_its_guideline_beside_it(answered):
    chat = answered("woman 41, HBsAg positive, HBeAg positive, HBV DNA 300000000 IU/mL, ALT 22")
    assert chat.text("utter_because_ALT_at_most") == "Your ALT of 22 U/L is not above the limit of 25 U/L (AASLD 2018)."
    assert chat.text("utter_because_age_above").startswith("You are 41, which is over ")
    assert "(" in chat.text("utter_because_age_above")


def test_sound_lines_on_one_result_name_whose_limit_each_is(answered):
    chat = answered("man 46, HBsAg positive, HBeAg negative, HBV DNA 2400000 IU/mL, ALT 60")
    limits = [chat.text(name) for name in chat.said if name.startswith("utter_because_ALT")]
    assert all("(" in words for words in limits) or len(limits) == 1, limits


def test_sound_load_exactly_at_the_limit_is_one_line(answered):
    chat = answered("man 46, HBsAg positive, HBeAg negative, HBV DNA 2000 IU/mL, ALT 30")
    loads = [chat.text(name) for name in chat.said if name.startswith("utter_because_HBV_DNA")]
    assert [words for words in loads if "exactly" in words]
    assert not [words for words in loads if "not above 2,000" in words and "(" not in words]


def test_sound_what_was_denied_is_not_named_as_what_would_change_the_answer(answered):
    told = "man 24, HBsAg positive, HBeAg positive, HBV DNA 320000000 IU/mL, ALT 22, no cirrhosis, no HIV"
    changes = [name for name in answered(told).said if name.startswith("utter_change_")]
    assert changes
    assert not {"utter_change_cirrhosis_compensated", "utter_change_coinfection_HIV"} & set(changes)


@pytest.mark.parametrize(("denied", "named"), [("", True), (", no HIV", False)])
def test_sound_virus_that_was_denied_alone_is_not_named_either(answered, denied, named):
    told = "woman 33, HBsAg positive, HBeAg negative, HBV DNA 150 IU/mL, ALT 15, pregnant, no cirrhosis"
    assert ("utter_change_coinfection_HIV" in answered(f"{told}{denied}").said) is named


def test_sound_scans_in_cirrhosis_are_one_sentence(answered):
    chat = answered("man 60, HBsAg positive, compensated cirrhosis, HBV DNA 5000 IU/mL, ALT 22")
    assert chat.said.count("utter_next_surveillance_cirrhosis") == 1
    words = chat.text("utter_next_surveillance_cirrhosis")
    assert "every 3–6 months" in words
    assert "China 2022 (3)" in words
    assert "WHO 2024 (6)" in words


def test_sound_scans_with_one_interval_have_no_brackets(answered):
    chat = answered("woman 41, HBsAg positive, HBeAg negative, HBV DNA 12000 IU/mL, ALT 20, my father had liver cancer")
    assert "(" not in chat.text("utter_next_surveillance_family").replace("(2013)", "")
    assert "utter_next_surveillance_in_brackets" not in chat.said


@pytest.mark.parametrize(
    "text",
    [
        "HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20",
        "woman 30, I gave birth a month ago, HBsAg positive, HBeAg negative, HBV DNA 300 IU/mL, ALT 20",
        "man 41, anti-HBc positive, anti-HBs positive",
        PERSON + "HBV DNA 30000 IU/mL, ALT 190",
    ],
)
def test_sound_origin_is_asked_for_only_where_it_can_decide_now(answered, text):
    assert "utter_next_surveillance_needs_ancestry" not in answered(text).said


def test_sound_antibodies_without_hbsag_are_read_and_hbsag_is_asked_for(answered):
    chat = answered("man 41, anti-HBc positive, anti-HBs positive")
    assert "HBsAg" in chat.text("utter_serology_without_hbsag_core_and_surface")
    assert "utter_serology_without_hbsag_core" in answered("man 41, anti-HBc positive, anti-HBs negative").said


def test_sound_pregnancy_leads_with_all_that_begin_a_medicine(answered):
    chat = answered("woman 28, 26 weeks pregnant, HBsAg positive, HBeAg positive, HBV DNA 320000000 IU/mL, ALT 18")
    lead = chat.text("utter_advice_pregnancy")
    assert all(title in lead for title in ("AASLD/IDSA 2025", "China 2022", "EASL 2025", "WHO 2024"))
    assert "utter_next_for_the_baby" in chat.said
    assert "utter_next_consider" not in chat.said


def test_sound_treatment_is_asked_to_go_on_once(answered):
    chat = answered("I am on entecavir, HBsAg positive, HBV DNA not detected")
    assert "not stop on your own" in chat.text("utter_situation_on_treatment_never_stop_alone")
    assert "keep taking" not in chat.text("utter_next_on_treatment")


def test_sound_transplant_names_who_sees_it_otherwise(answered):
    chat = answered("HBsAg negative, anti-HBc positive, anti-HBs positive. A stem cell transplant is planned.")
    assert "NICE" in chat.text("utter_situation_immunosuppression_past_nothing_with_anti_hbs_transplant")
    assert "utter_situation_immunosuppression_past_nothing_with_anti_hbs" not in chat.said


def test_sound_baby_comes_first_and_the_next_test_once_beside_an_alarm(answered):
    chat = answered("woman 33, I gave birth 2 weeks ago, on tenofovir, HBsAg positive, HBV DNA not detected, ALT 140")
    baby, mother = "utter_situation_postpartum_newborn_vaccine", "utter_situation_on_treatment_never_stop_alone"
    assert chat.said.index(baby) < chat.said.index(mother)
    assert "utter_next_alarm" in chat.said
    assert "utter_next_on_treatment" not in chat.said


def test_sound_name_of_a_phase_is_discussed_only_where_it_is_named(answered):
    child = answered("boy 15, HBsAg positive, HBeAg negative, HBV DNA 500 IU/mL, ALT 20")
    assert "utter_warning_inactive_with_detectable_dna" not in child.said


def test_sound_name_of_the_inactive_phase_is_discussed_beside_it(answered):
    chat = answered(PERSON + "HBV DNA 500 IU/mL, ALT 20")
    assert {"utter_phase_inactive_carrier", "utter_warning_inactive_with_detectable_dna"} <= set(chat.said)


def test_alt_that_is_normal_or_unknown_is_not_called_raised(chat, found):
    fatty = {"kind": "condition", "name": "steatosis", "value": True, "text": "fatty liver"}
    chat.say("provide_results", found("HBsAg", interpretation="positive"), fatty).say("answer_now")
    assert not [name for name in chat.said if name.startswith("utter_advice_sort_out_cause")]
    chat.say("provide_results", found("ALT", interpretation="normal")).say("answer_now")
    assert not [name for name in chat.said if name.startswith("utter_advice_sort_out_cause")]
    assert "utter_open_alt" not in chat.said
    chat.say("provide_results", found("ALT", 90, "U/L")).say("answer_now")
    assert [name for name in chat.said if name.startswith("utter_advice_sort_out_cause")]


def test_creatinine_alone_is_no_kidney_disease_but_asks_for_it(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("creatinine", 200, "umol/L"))
    chat.say("answer_now")
    assert "utter_next_kidneys" in chat.said
    kidneys = {"kind": "condition", "name": "kidney_disease", "value": True, "text": "weak kidneys"}
    chat.say("provide_results", kidneys).say("answer_now")
    assert "utter_next_kidneys" not in chat.said


def test_value_without_a_day_before_a_dated_one_asks_which_is_newest(chat):
    text = PERSON + "HBV DNA 30000 IU/mL, ALT 20. In June 2026 ALT 90"
    chat.tell(text)
    while chat.pending and not chat.pending.startswith("dates"):
        chat.say("dont_know")
    assert chat.pending == "dates:ALT"
