"""What the answer says of changes over time, and the question which of two results is newer."""

from __future__ import annotations

from datetime import date

import pytest

from actions.course import MOST


@pytest.fixture
def dated(found):
    """One result of a day: a number with its usual unit, or a sign."""
    units = {"ALT": "U/L", "HBV_DNA": "IU/mL", "bilirubin": "mg/dL"}

    def make(name, value, day=None):
        if isinstance(value, str):
            return found(name, interpretation=value, date=day)
        return found(name, value, units[name], date=day)

    return make


@pytest.fixture
def person(found):
    return found("age", 31, kind="age"), found("sex", "male", kind="sex"), found("HBsAg", interpretation="positive")


def of_course(chat):
    return [name for name in chat.said if name.startswith(("utter_course_", "utter_moving_"))]


def final(chat, *findings):
    chat.say("provide_results", *findings).say("answer_now")
    return of_course(chat)


def test_moving_from_tolerance_to_clearance_is_said_beside_the_phase(chat, dated, person):
    old = dated("HBV_DNA", 3e8, "2024-01-10"), dated("ALT", 20, "2024-01-10")
    new = dated("HBV_DNA", 2e8, "2025-10-10"), dated("ALT", 60, "2025-10-10")
    said = final(chat, *person, dated("HBeAg", "positive"), *old, *new)
    assert said == ["utter_moving_immune_tolerant_immune_active_hbeag_positive"]
    assert "moving from tolerance to clearance" in chat.text(said[0])
    assert "utter_between_immune_tolerant_immune_active_hbeag_positive" in chat.said
    assert chat.sections[0:3] == ["understood", "phase", "advice"]


def test_seroconversion_is_good_news_with_its_caveats(chat, dated, person):
    old = dated("HBeAg", "positive", "2024-03-01"), dated("HBV_DNA", 4e6, "2024-03-01"), dated("ALT", 90, "2024-03-01")
    new = [dated("HBeAg", "negative", "2025-09-01"), dated("anti_HBe", "positive", "2025-09-01"),
           dated("HBV_DNA", 500, "2025-09-01"), dated("ALT", 25, "2025-09-01")]  # fmt: skip
    said = final(chat, *person, *old, *new)
    assert said[0] == "utter_course_hbeag_seroconversion"
    words = chat.text(said[0])
    assert "(2024-03-01 – 2025-09-01)" in words
    assert "good news" in words
    assert "no cure" in words


def test_flare_is_said_at_once_and_leaves_no_routine(chat, dated, person):
    chat.say("provide_results", *person, dated("HBeAg", "negative"), dated("HBV_DNA", 9e5), dated("ALT", 200))
    assert of_course(chat) == ["utter_course_flare_over_5"]
    words = chat.text("utter_course_flare_over_5")
    assert "200 U/L is more than 5 times the upper limit of 35 U/L" in words
    assert "on the same day" in words
    while chat.pending:
        assert chat.pending != "alt_repeat"
        chat.say("dont_know")
    assert "utter_course_flare_over_5" in chat.said
    assert "utter_next_flare" in chat.said
    assert not [name for name in chat.said if name.startswith(("utter_next_test", "utter_likely"))]


def test_flare_with_a_high_bilirubin_is_an_alarm_first(chat, dated, person):
    chat.say("provide_results", *person, dated("ALT", 200), dated("bilirubin", 5))
    assert chat.said[0] == "utter_alarm_alt_over_5_with_bilirubin"


def test_flare_that_is_past_raises_no_alarm(chat, dated, person):
    old = dated("ALT", 600, "2024-05-01")
    new = dated("ALT", 28, "2025-10-01"), dated("HBV_DNA", 700, "2025-10-01")
    said = final(chat, *person, dated("HBeAg", "negative"), old, *new)
    assert not [name for name in chat.said if "alarm" in name]
    assert said == ["utter_course_alt_normalised", "utter_course_flare_past"]


def test_rebound_on_treatment_asks_for_the_doctor_and_warns_of_stopping(chat, found, dated, person):
    loads = dated("HBV_DNA", "undetectable", "2024-05-01"), dated("HBV_DNA", 4000, "2025-10-01")
    said = final(chat, *person, *loads, found("on_treatment", value=True, kind="condition"))
    assert said == ["utter_course_viral_rebound"]
    assert "do not stop or change a medicine on your own" in chat.text(said[0])
    assert "call your doctor soon" in chat.text(said[0])


def test_reactivation_is_said_once_and_not_as_a_warning(chat, dated, person):
    old = dated("HBV_DNA", 300, "2024-11-01"), dated("ALT", 20, "2024-11-01")
    new = dated("HBV_DNA", 15000, "2025-10-01"), dated("ALT", 25, "2025-10-01")
    said = final(chat, *person, dated("HBeAg", "negative"), *old, *new)
    assert said == ["utter_course_reactivation", "utter_moving_inactive_carrier_immune_active_hbeag_negative"]
    assert "utter_warning_reactivation" not in chat.said


def test_loss_of_hbsag_is_the_only_thing_said_of_time(chat, dated, found):
    signs = dated("HBsAg", "positive", "2020-01-01"), dated("HBsAg", "negative", "2025-09-01")
    hbeag = dated("HBeAg", "positive", "2020-01-01"), dated("HBeAg", "negative", "2025-09-01")
    said = final(chat, *signs, *hbeag, dated("anti_HBc", "positive"))
    assert said == ["utter_course_hbsag_loss"]


def test_sentences_about_time_are_few(chat, dated, person):
    many = [dated("HBeAg", "negative", "2023-01-01"), dated("HBeAg", "positive", "2025-10-01"),
            dated("HBV_DNA", 100, "2023-01-01"), dated("HBV_DNA", 9e6, "2025-10-01"), dated("ALT", 400, "2022-01-01"),
            dated("ALT", 20, "2023-01-01"), dated("ALT", 190, "2025-10-01")]  # fmt: skip
    assert len(final(chat, *person, *many)) <= MOST


def test_phase_that_lasts_is_said_to(chat, dated, person):
    old = dated("HBV_DNA", 3e8, "2024-01-10"), dated("ALT", 20, "2024-01-10")
    new = dated("HBV_DNA", 2e8, "2025-10-10"), dated("ALT", 24, "2025-10-10")
    assert final(chat, *person, dated("HBeAg", "positive"), *old, *new) == ["utter_course_lasting"]
    assert "since 2024-01-10" in chat.text("utter_course_lasting")


def test_one_set_of_results_says_nothing_of_time(chat, dated, person):
    assert final(chat, *person, dated("HBeAg", "positive"), dated("HBV_DNA", 2e8), dated("ALT", 22)) == []


# --- which result is newer
@pytest.fixture
def both(found):
    """Two results of one test that the text gives in no order."""

    def make(name, first, second, unit=None):
        pair = ((first, False), (second, True))
        if isinstance(first, str):
            return tuple(found(name, interpretation=value, sequence=1, current=now) for value, now in pair)
        return tuple(found(name, value, unit, sequence=1, current=now) for value, now in pair)

    return make


@pytest.fixture
def asked(chat, dated, person, both):
    """A person whose phase hangs on which ALT is newer, and who was asked for it."""
    rest = dated("HBeAg", "positive"), dated("HBV_DNA", 3e8)
    return chat.say("provide_results", *person, *rest, *both("ALT", 22, 80, "U/L"))


def told(chat, marker):
    return [(item["value"], item.get("sequence")) for item in chat.record["observations"] if item["marker"] == marker]


def test_order_of_two_values_is_asked_with_a_button_for_each(asked):
    assert asked.pending == "dates:ALT"
    assert asked.said[-1] == "utter_ask_dates"
    assert "several results for ALT" in asked.text("utter_ask_dates")
    assert asked.messages[-1]["offered"] == ["newest_first", "newest_second"]
    assert (asked.messages[-1]["first"], asked.messages[-1]["second"]) == ("22 U/L", "80 U/L")


def test_button_says_which_value_is_newer(asked):
    asked.choose(newest_second=True)
    assert told(asked, "ALT") == [(22, 1), (80, 3)]
    assert {"utter_understood_older", "utter_understood_ALT"} <= set(asked.said)
    assert asked.pending != "dates:ALT"
    asked.say("answer_now")
    assert "utter_moving_immune_tolerant_immune_active_hbeag_positive" in asked.said
    assert "utter_because_ALT_above" in asked.said


@pytest.mark.parametrize(("text", "newest"), [("22", 22), ("80 U/L", 80), ("80.", 80)])
def test_bare_value_says_which_value_is_newer(asked, text, newest):
    asked.say("nlu_fallback", text=text)
    assert max(told(asked, "ALT"), key=lambda item: item[1])[0] == newest
    assert len(told(asked, "ALT")) == 2


def test_dates_typed_anew_take_the_place_of_the_values(asked, found):
    old, new = found("ALT", 80, "U/L", date="2025-01-01", current=False), found("ALT", 22, "U/L", date="2025-08-01")
    asked.say("provide_results", old, new)
    days = {item["value"]: item.get("date") for item in asked.record["observations"] if item["marker"] == "ALT"}
    assert days == {80: "2025-01-01", 22: "2025-08-01"}
    assert len([item for item in asked.record["observations"] if item["marker"] == "ALT"]) == 2
    assert asked.pending != "dates:ALT"


def test_order_that_nobody_knows_is_asked_once_and_named_as_open(asked):
    while asked.pending:
        asked.say("dont_know")
        assert asked.pending != "dates:ALT"
    assert "utter_phase_unknown" in asked.said
    assert "utter_open_dates" in asked.said


def test_order_of_two_signs_is_asked_in_words(chat, dated, person, both):
    chat.say(
        "provide_results", *person, *both("HBeAg", "negative", "positive"), dated("HBV_DNA", 5e6), dated("ALT", 30)
    )
    assert chat.said[-1] == "utter_ask_dates_sign"
    chat.choose(newest_second=True)  # the negative one
    latest = max(chat.record["observations"], key=lambda item: item.get("sequence") or 0)
    assert latest["interpretation"] == "negative"
    chat.say("answer_now")
    assert "utter_course_hbeag_loss" in chat.said


def test_order_that_changes_nothing_is_not_asked(chat, dated, person, both):
    chat.say("provide_results", *person, dated("HBeAg", "negative"), dated("HBV_DNA", 500), *both("ALT", 20, 24, "U/L"))
    assert not chat.pending.startswith("dates:")


def test_values_told_in_order_are_not_asked_about(chat, dated, person, found):
    series = [
        found("ALT", value, "U/L", sequence=place, current=place == 3) for place, value in ((1, 30), (2, 45), (3, 80))
    ]
    chat.say("provide_results", *person, dated("HBeAg", "positive"), dated("HBV_DNA", 3e8), *series)
    assert not chat.pending.startswith("dates:")
    assert told(chat, "ALT") == [(30, 1), (45, 2), (80, 3)]
    rows = [message["response"] for message in chat.messages if "ALT" in str(message.get("test", message["response"]))]
    assert rows == ["utter_understood_older", "utter_understood_older", "utter_understood_ALT"]


def test_newer_message_takes_the_place_of_all_values_without_a_date(asked, found):
    asked.say("provide_results", found("ALT", 33, "U/L"))
    assert told(asked, "ALT") == [(33, None)]


def test_value_of_today_takes_the_place_of_one_without_a_date(chat, found):
    chat.say("provide_results", found("ALT", 45, "U/L"))
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the chat
    chat.say("provide_results", found("ALT", 80, "U/L", date=today))
    assert told(chat, "ALT") == [(80, None)]


def test_button_of_a_closed_question_about_order_changes_nothing(asked):
    closed = asked.question
    asked.say("dont_know")
    before = told(asked, "ALT")
    asked.choose(question=closed, newest_first=True)
    assert told(asked, "ALT") == before
