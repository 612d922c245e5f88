"""Results that need care today: what is said of them, and once."""

from __future__ import annotations


def test_failing_liver_is_sent_to_the_emergency_room_once(chat, found):
    values = (("ALT", 1200, "U/L"), ("bilirubin", 180, "umol/L"), ("INR", 2.3, "1"))
    chat.say("provide_results", *(found(*value) for value in values))
    alarms = [name for name in chat.said if name.startswith("utter_alarm")]
    assert alarms == ["utter_alarm_alt_over_5_with_inr", "utter_alarm_bilirubin_with_inr"]
    assert all("Please go to an emergency room now" in " ".join(chat.text(name).split()) for name in alarms)
