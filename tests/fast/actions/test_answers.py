"""The final answer: what is said for each outcome, and in which order."""

import re
from dataclasses import replace

import pytest

from actions.guideline_answers import answers, sources
from actions.next_steps import next_steps
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.record import parse_record

ORDER = ["understood", "phase", "advice", "why", "change", "next", "differ", "sources", "notice"]


def no_conditions(chat):
    """Answer every further question with no."""
    while chat.pending:
        chat.say("deny")
    return chat


def test_answer_comes_in_the_order_of_the_issue(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    assert no_conditions(chat).sections == ORDER


def test_tolerance_is_not_treated_now(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L"))
    said = no_conditions(chat).said
    assert "utter_phase_immune_tolerant" in said
    assert chat.pictures["phase_map"]["phase"] == "immune_tolerant"
    assert "utter_advice_so_far_monitor" in said
    assert "utter_next_monitor" in said
    assert chat.text("utter_because_ALT_at_most") == "Your ALT of 22 U/L is not above the limit of 35 U/L."
    assert chat.text("utter_because_HBV_DNA_above").startswith("Your HBV DNA of 320,000,000 IU/mL is above 1,000,000")


def test_clearance_is_treated(chat, found, tolerant):
    causes = (found(name, value=False, kind="condition") for name in ("alcohol", "hepatotoxic_drugs"))
    chat.say("provide_results", *tolerant, found("ALT", 96, "U/L", since="2025-01-01"), *causes)
    said = no_conditions(chat).said
    assert "utter_phase_immune_active_hbeag_positive" in said
    assert "utter_advice_treat" in said
    assert "utter_next_treat" in said


def test_other_cause_is_sorted_out_first(chat, found, tolerant):
    alcohol = found("alcohol", value=True, kind="condition")
    chat.say("provide_results", *tolerant, found("ALT", 96, "U/L", since="2025-01-01"), alcohol)
    said = no_conditions(chat).said
    assert "utter_advice_sort_out_cause" in said
    assert "utter_likely_immune_active_hbeag_positive_cause" in said
    assert "utter_next_other_cause" in said
    assert "utter_warning_alt_other_cause" in said


def test_one_raised_alt_is_called_grey_zone_with_the_likely_phase(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 96, "U/L"))
    assert chat.pending == "alt_repeat"
    chat.say("dont_know").say("answer_now")
    assert "utter_phase_indeterminate" in chat.said
    assert "utter_likely_immune_active_hbeag_positive_repeat" in chat.said


@pytest.fixture
def inactive(found):
    return (
        found("HBsAg", interpretation="positive"),
        found("HBeAg", interpretation="negative"),
        found("anti_HBe", interpretation="positive"),
        found("HBV_DNA", interpretation="undetectable"),
        found("ALT", 20, "U/L"),
    )


def test_inactive_carrier_is_named(chat, inactive):
    chat.say("provide_results", *inactive).say("answer_now")
    assert "utter_phase_inactive_carrier" in chat.said
    assert chat.text("utter_understood_HBV_DNA_undetectable").strip() == "HBV DNA (viral load) not detected"
    assert "utter_because_HBV_DNA_undetected" in chat.said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("on_treatment", True, {"utter_phase_on_treatment", "utter_advice_on_treatment", "utter_next_on_treatment"}),
        (
            "infection_over_6_months",
            False,
            {"utter_phase_under_six_months", "utter_advice_under_six_months", "utter_next_under_six_months"},
        ),
        ("cirrhosis", "compensated", {"utter_phase_cirrhosis", "utter_next_cirrhosis", "utter_warning_cirrhosis"}),
        ("cirrhosis", "decompensated", {"utter_phase_cirrhosis", "utter_next_decompensated"}),
        ("pregnant", True, {"utter_phase_inactive_carrier", "utter_next_pregnancy", "utter_warning_pregnant"}),
        ("stiffness_kpa", 15, {"utter_phase_inactive_carrier_possible_cirrhosis", "utter_warning_possible_cirrhosis"}),
        ("HIV", True, {"utter_phase_inactive_carrier", "utter_next_hiv", "utter_warning_coinfection"}),
        ("HDV", True, {"utter_next_hdv", "utter_warning_coinfection"}),
        ("immunosuppression", "current", {"utter_next_during_immunosuppression", "utter_warning_immunosuppression"}),
    ],
)
def test_situation_has_its_own_honest_answer(chat, found, inactive, name, value, expected):
    chat.say("provide_results", *inactive, found(name, value, kind="condition")).say("answer_now")
    assert expected <= set(chat.said)


def test_person_under_18_gets_no_adult_phase(chat, found, inactive):
    chat.say("provide_results", *inactive, found("age", 15, kind="age")).say("answer_now")
    assert {"utter_phase_under_18", "utter_next_under_18"} <= set(chat.said)
    assert "utter_warning_under_18" not in chat.said  # the phase has just said so


def test_negative_hbsag_ends_the_question_of_treatment(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="negative")).say("answer_now")
    assert {"utter_serology_incomplete", "utter_phase_not_infected", "utter_advice_no_infection"} <= set(chat.said)


def test_past_infection_is_told_from_none(chat, found):
    core = found("anti_HBc", interpretation="positive")
    chat.say("provide_results", found("HBsAg", interpretation="negative"), core).say("answer_now")
    assert {"utter_serology_past_infection", "utter_phase_resolved", "utter_next_resolved"} <= set(chat.said)


def test_unknown_hbsag_leaves_the_phase_open(chat, found):
    chat.say("provide_results", found("HBeAg", interpretation="negative")).say("answer_now")
    assert {"utter_phase_unknown", "utter_advice_unknown", "utter_open_hbsag"} <= set(chat.said)


def lines_of(chat):
    """The title of each guideline that has a line, with the response, in order."""
    return {
        message["guideline"]: message["response"]
        for message in chat.messages
        if message["section"] == "differ" and "guideline" in message
    }


def test_line_of_a_guideline_with_an_unverified_rule_says_so(chat, found, inactive):
    chat.say("provide_results", *inactive, found("age", 24, kind="age"), found("sex", "male", kind="sex"))
    no_conditions(chat)
    lines = lines_of(chat)
    assert set(lines) >= {"AASLD/IDSA 2025", "China 2022", "EASL 2025", "WHO 2024"}
    assert lines["China 2022"].endswith("_unverified")
    assert not lines["WHO 2024"].endswith("_unverified")
    assert "not yet checked by a clinician" in chat.text(lines["China 2022"])


def test_superseded_guideline_is_neither_a_line_nor_a_source(chat, tolerant, found):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    named = {message["guideline"] for message in chat.messages if "guideline" in message}
    by_status = {guideline.title: guideline.status for guideline in knowledge().guidelines}
    assert "superseded" in by_status.values()
    assert named == {title for title, status in by_status.items() if status != "superseded"}


@pytest.mark.parametrize(
    ("values", "alarm"),
    [
        ([("ALT", 450, "U/L")], "utter_alarm_alt_over_10"),
        ([("ALT", 300, "U/L"), ("bilirubin", 4, "mg/dL")], "utter_alarm_alt_over_5_with_bilirubin"),
        ([("ALT", 300, "U/L"), ("INR", 1.8, "1")], "utter_alarm_alt_over_5_with_inr"),
        ([("bilirubin", 4, "mg/dL"), ("INR", 1.8, "1")], "utter_alarm_bilirubin_with_inr"),
    ],
)
def test_alarming_result_is_answered_before_anything_else_and_once(chat, found, values, alarm):
    chat.say("provide_results", found("sex", "male", kind="sex"), *(found(*value) for value in values))
    assert chat.said[0] == alarm
    assert chat.sections[0] == "urgent"
    assert re.search("the same day|emergency room now", chat.text(alarm))
    assert alarm not in chat.say("dont_know").said


def counted(chat):
    """How many guidelines each sentence of the advice counts, by the response."""
    return {m["response"]: int(m["count"]) for m in chat.messages if m["section"] == "advice" and "count" in m}


def test_partly_open_answer_counts_what_each_guideline_says(chat, found):
    """Where some guidelines can answer, it is not said that nothing can be said."""
    chat.say(
        "provide_results",
        found("HBsAg", interpretation="positive"),
        found("HBeAg", interpretation="negative"),
        found("HBV_DNA", "<20", "IU/mL"),
        found("ALT", 20, "U/L"),
        found("age", 45, kind="age"),
        found("sex", "male", kind="sex"),
    ).say("answer_now")
    lines = [lines_of(chat)[knowledge().guideline(name).title] for name in knowledge().counted]
    decided = [name for name in lines if "_unknown" not in name]
    assert decided
    assert "utter_advice_unknown" not in chat.said
    assert "utter_open_hbv_dna_found" in chat.said
    counts = counted(chat)
    assert 0 not in counts.values()
    assert sum(counts.values()) == len(knowledge().counted)


ROUTINE = {
    "utter_likely_immune_active_hbeag_positive_repeat",
    "utter_likely_immune_active_hbeag_positive_both",
    "utter_open_alt_repeat",
    "utter_next_alt_repeat",
    "utter_next_test_ask",
    "utter_next_test_at_least",
}


def test_alarm_leads_the_advice_and_leaves_no_routine(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 620, "U/L"))
    assert chat.said[0] == "utter_alarm_alt_over_10"
    assert chat.said[-1] == "utter_after_urgent"
    assert "question" not in chat.sections
    chat.say("choose", text='/choose{"continue": true}')
    while chat.pending:
        assert chat.pending != "alt_repeat"
        chat.say("dont_know")
    advice = [message["response"] for message in chat.messages if message["section"] == "advice"]
    assert advice[0] == "utter_advice_alarm"
    assert next(name for name in chat.said if name.startswith("utter_next")) == "utter_next_alarm"
    assert not [name for name in chat.said if name in ROUTINE or name.startswith("utter_next_test")]


def test_without_alarm_the_second_alt_is_spoken_of(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 96, "U/L")).say("answer_now")
    assert "utter_next_alt_repeat" in chat.said
    assert "utter_advice_alarm" not in chat.said


@pytest.mark.parametrize("load", [("<20", "IU/mL"), (54000, "copies/mL")])
def test_given_viral_load_is_not_called_missing(chat, found, load):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("HBV_DNA", *load)).say("answer_now")
    assert "utter_open_hbv_dna" not in chat.said


def test_alt_gets_no_reason_where_it_is_not_raised(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive"), found("ALT", 20, "U/L")).say("answer_now")
    assert "utter_open_other_causes" not in chat.said


def test_yearly_tests_are_the_least_that_is_advised(chat, inactive):
    chat.say("provide_results", *inactive).say("answer_now")
    assert chat.text("utter_next_test_at_least") == "WHO 2024 advises blood tests at least every 12 months."


def test_inr_is_a_plain_ratio(chat, found):
    chat.say("provide_results", found("bilirubin", 4, "mg/dL"), found("INR", 1.8))
    assert "INR of 1.8 are" in chat.text("utter_alarm_bilirubin_with_inr")


def test_lasting_result_says_since_when(chat, found):
    chat.say("provide_results", found("HBsAg", interpretation="positive", since="1980-01-01"))
    assert chat.text("utter_understood_HBsAg_positive_since").endswith("since 1980")


@pytest.fixture
def tolerant_at_45():
    """What is said of a person in immune tolerance whom China 2022 would treat for the age."""
    results = {"HBsAg": "positive", "HBeAg": "positive", "HBV_DNA": "3.2E8", "ALT": "22"}
    observations = [{"marker": name, "value": value, "unit": "IU/mL" if name == "HBV_DNA" else None}
                    for name, value in results.items()]  # fmt: skip
    return assess(parse_record({"age": 45, "sex": "male", "observations": observations}))


def with_status(status):
    """The knowledge with AASLD 2018 made another kind of guideline."""
    what = knowledge()
    older = replace(what.guideline("aasld-2018"), status=status)
    return replace(what, guidelines=(older, *(item for item in what.guidelines if item.id != older.id)))


def named(says):
    return [say.values["guideline"] for say in says if "guideline" in say.values]


def test_dated_guideline_comes_after_those_that_count_under_a_heading(tolerant_at_45):
    said = tuple(answers(tolerant_at_45, with_status("dated")))
    heading = [say.response for say in said].index("utter_older_guidelines")
    assert "AASLD 2018" in named(said[heading:])
    assert len(named(said[:heading])) == len(knowledge().counted)
    assert "AASLD 2018" in named(sources(with_status("dated")))


def test_superseded_guideline_is_not_listed(tolerant_at_45):
    assert "AASLD 2018" not in named(answers(tolerant_at_45, knowledge()))
    assert "AASLD 2018" not in named(sources(knowledge()))


def test_interval_is_said_in_the_unit_of_the_guideline_that_counts(tolerant_at_45):
    """NICE counts in weeks, and has a second schedule for the scan, which is in the result only."""
    what = replace(knowledge(), counted=("nice-cg165",))
    said = [say for say in next_steps(tolerant_at_45, what) if say.response.startswith("utter_next_test")]
    assert [(say.response, say.values["weeks"]) for say in said] == [("utter_next_test_weeks", "24")]
