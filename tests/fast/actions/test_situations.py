"""What the advice puts first: pregnancy, immunosuppression, treatment, few guidelines, rules nobody has checked."""

from dataclasses import replace

import pytest

from actions.situations import situations, speaking
from hepb.assess import assess
from hepb.loader import knowledge
from hepb.record import parse_record
from hepb.result import Advice, Situation


@pytest.fixture
def condition(found):
    return lambda name, value=True: found(name, value, kind="condition")


def advice(chat):
    said = [message["response"] for message in chat.messages if message["section"] == "advice"]
    return [name for name in said if name != "utter_picture"]


def person(found, age, sex="male"):
    return found("age", age, kind="age"), found("sex", sex, kind="sex")


@pytest.fixture
def inactive(found):
    signs = {"HBsAg": "positive", "HBeAg": "negative", "anti_HBe": "positive", "HBV_DNA": "undetectable"}
    return (*(found(name, interpretation=sign) for name, sign in signs.items()), found("ALT", 20, "U/L"))


@pytest.mark.parametrize("when", ["planned", "current"])
@pytest.mark.parametrize("age", [15, 40])
def test_immunosuppression_leads_the_advice(chat, found, inactive, condition, when, age):
    chat.say("provide_results", *person(found, age), *inactive, condition("immunosuppression", when)).say("answer_now")
    lead = {"planned": "utter_next_before_immunosuppression", "current": "utter_next_during_immunosuppression"}[when]
    assert advice(chat)[0] == lead
    assert chat.said.count(lead) == 1
    assert "utter_warning_immunosuppression" in advice(chat)
    assert not any(name.endswith("_monitor") for name in advice(chat))


def test_first_dose_comes_before_the_advice_for_a_past_infection(chat, found, condition):
    core = found("anti_HBc", interpretation="positive")
    chat.say(
        "provide_results", found("HBsAg", interpretation="negative"), core, condition("immunosuppression", "planned")
    )
    chat.say("answer_now")
    assert advice(chat) == ["utter_next_before_immunosuppression"]
    assert "before the first dose" in chat.text("utter_next_before_immunosuppression")


def test_treatment_in_pregnancy_is_said_to_protect_the_baby(chat, found, tolerant, condition):
    results = tolerant[2:]
    chat.say("provide_results", *person(found, 24, "female"), *results, found("ALT", 18, "U/L"), condition("pregnant"))
    chat.say("answer_now")
    assert advice(chat) == ["utter_advice_pregnancy"]
    assert "protect the baby" in chat.text("utter_advice_pregnancy")
    assert "AASLD/IDSA 2025, China 2022, EASL 2025, WHO 2024" in chat.text("utter_advice_pregnancy")


def test_pregnancy_with_little_virus_comes_before_the_advice(chat, found, inactive, condition):
    chat.say("provide_results", *person(found, 30, "female"), *inactive, condition("pregnant")).say("answer_now")
    assert advice(chat) == ["utter_warning_pregnant", "utter_advice_so_far_monitor"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("pregnant", True), ("HIV", True), ("immunosuppression", "planned"), ("cirrhosis", "compensated")],
)
def test_nothing_about_the_person_comes_after_the_sources(chat, inactive, condition, name, value):
    chat.say("provide_results", *inactive, condition(name, value)).say("answer_now")
    assert chat.sections[-4:] == ["next", "differ", "sources", "notice"]
    assert chat.said[-1] == "utter_notice_education"
    assert [message["section"] for message in chat.messages].count("notice") == 1


@pytest.mark.parametrize(
    ("name", "value", "situation"),
    [("on_treatment", True, "on_treatment"), ("infection_over_6_months", False, "under_six_months")],
)
def test_situation_is_explained_also_without_hbsag(chat, found, condition, name, value, situation):
    chat.say("provide_results", found("ALT", 20, "U/L"), condition(name, value)).say("answer_now")
    expected = {f"utter_phase_{situation}", f"utter_advice_{situation}", f"utter_next_{situation}"}
    assert expected <= set(chat.said)
    assert not {"utter_phase_unknown", "utter_advice_not_applicable"} & set(chat.said)


def test_negative_hbsag_in_a_recent_infection_is_not_repeated_as_if_positive(chat, found, condition):
    recent = condition("infection_over_6_months", value=False)
    chat.say("provide_results", found("HBsAg", interpretation="negative"), recent).say("answer_now")
    assert "utter_next_under_six_months" not in chat.said
    assert "utter_next_recent_negative" in chat.said


def test_one_guideline_is_named_and_said_to_be_unchecked(chat, found, inactive):
    """A child without HBeAg: of the counted guidelines China 2022 alone has a rule, and that from memory."""
    chat.say("provide_results", *person(found, 9), *inactive)
    while chat.pending:
        chat.say("deny")
    said = [name for name in advice(chat) if name.endswith("_one")]
    assert said in (["utter_advice_so_far_monitor_one"], ["utter_advice_monitor_one"])
    assert "China 2022" in chat.text(said[0])
    assert advice(chat)[-1] == "utter_advice_unverified"
    assert "not yet checked by a clinician" in chat.text("utter_advice_unverified")


def test_two_guidelines_are_named(chat, found, inactive):
    """A child with HBeAg: AASLD/IDSA 2025 (as in 2018) and China 2022 have a rule, and one of them was seen."""
    hbeag = found("HBeAg", interpretation="positive")
    chat.say("provide_results", *person(found, 9), inactive[0], hbeag, *inactive[3:]).say("answer_now")
    said = next(name for name in advice(chat) if name.endswith("_two"))
    assert "AASLD/IDSA 2025, China 2022" in chat.text(said)
    assert "utter_advice_unverified" not in chat.said


def test_at_most_three_lines_say_what_could_change(chat, found, tolerant):
    chat.say("provide_results", *tolerant, found("ALT", 22, "U/L")).say("answer_now")
    changes = [message["response"] for message in chat.messages if message["section"] == "change"]
    assert len(changes) == 3
    assert any(name.startswith("utter_open_") for name in changes)


def test_end_of_an_illness_or_a_medicine_is_no_change_to_hope_for(chat, found, inactive, condition):
    given = condition("immunosuppression", "current"), condition("diabetes")
    chat.say("provide_results", *person(found, 40), *inactive, *given).say("answer_now")
    assert not [n for n in chat.said if n.startswith("utter_change_") and n.endswith(("_false", "_none"))]


def test_reason_quotes_the_newest_value(chat, found, tolerant):
    """The older value is told last; quoting it would contradict the comparison."""
    newest, older = found("ALT", 22, "U/L", date="2026-06-01"), found("ALT", 70, "U/L", date="2025-06-01")
    chat.say("provide_results", *tolerant, newest).say("provide_results", older).say("answer_now")
    assert chat.text("utter_because_ALT_at_most") == "Your ALT of 22 U/L is not above the limit of 35 U/L."


def test_reason_without_a_number_quotes_the_report(chat, found, tolerant):
    raised = found("ALT", interpretation="elevated", since="2025-01-01")
    chat.say("provide_results", *tolerant, raised).say("answer_now")
    reasons = [message for message in chat.messages if message["response"].startswith("utter_because_ALT")]
    assert all(
        message["response"] in {"utter_because_ALT_elevated", "utter_because_ALT_repeat_below"} for message in reasons
    )


def test_pregnancy_is_asked_of_women_and_denied_with_the_others(chat, found, tolerant):
    chat.say("provide_results", *person(found, 24, "female"), *tolerant[2:], found("ALT", 18, "U/L"))
    while chat.pending != "background":
        chat.say("dont_know")
    assert "pregnant" in chat.messages[-1]["offered"]
    chat.choose(none=True)
    assert chat.record["conditions"]["pregnant"] is False


def test_course_of_reactivation_claims_no_undetectable_result(chat, found):
    signs = [found(name, interpretation=sign) for name, sign in (("HBsAg", "positive"), ("HBeAg", "negative"))]
    older = found("HBV_DNA", 300, "IU/mL", date="2025-01-01"), found("ALT", 20, "U/L", date="2025-01-01")
    chat.say("provide_results", *person(found, 40), *signs, *older)
    chat.say("provide_results", found("HBV_DNA", 90000, "IU/mL"), found("ALT", 80, "U/L")).say("answer_now")
    assert "no virus" not in chat.text("utter_course_reactivation")


def test_names_in_a_row_follow_the_language(monkeypatch):
    from actions import printing

    marks = {"en": {"between_names": ", "}, "zh": {"between_names": "、"}}
    monkeypatch.setattr(printing, "_punctuation", lambda: marks)
    assert printing.in_a_row(("WHO 2024", "EASL 2025"), "zh") == "WHO 2024、EASL 2025"
    assert printing.in_a_row(("WHO 2024", "EASL 2025"), None) == "WHO 2024, EASL 2025"


def said_by(result):
    return {title for say in situations(result, knowledge()) for title in say.values.get("guidelines", ())}


@pytest.fixture
def of_2018():
    """The result of a person in a situation of which AASLD 2018 alone speaks, and what it says."""
    advice = Advice("start_open", "aasld-2018", "test.aasld-2018", (), "P")
    result = assess(parse_record({"observations": [{"marker": "HBsAg", "value": "positive"}]}))
    return replace(result, situations=(Situation("pregnancy", (advice,), ()),)), advice


def test_older_guideline_speaks_where_the_one_that_counts_is_silent(of_2018):
    result, _ = of_2018
    assert said_by(result) == {"AASLD 2018"}
    assert [item.id for item in speaking(result, knowledge())] == ["aasld-2018"]


def test_older_guideline_is_silent_where_the_one_that_counts_speaks(of_2018):
    result, advice = of_2018
    newer = replace(advice, guideline="aasld-2025", rule="test.aasld-2025")
    both = replace(result, situations=(Situation("pregnancy", (advice, newer), ()),))
    assert said_by(both) == {"AASLD/IDSA 2025"}
