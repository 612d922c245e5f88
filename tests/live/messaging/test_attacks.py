"""Forged, replayed, doubled, reordered, odd and oversized deliveries, and people who try what is not theirs."""

import json
import re
import signal
import threading
import time

from said import words_of
from traces import files_hold, traces_of

QUIET = 1.5
"""Seconds after which an answer would have come."""
RESULT = "My HBV DNA is 73519 IU/mL"


def seen_later(person):
    """What comes although nothing should."""
    time.sleep(QUIET)
    return person.see()


def test_attacks_forged_deliveries_are_refused_and_do_nothing(stack, ann):
    forged = ann.texting(RESULT)
    assert ann.deliver(forged, proof="guessed") == 403
    assert ann.deliver(forged, proof="") == 403
    assert ann.post(json.dumps(forged).encode(), {"Content-Type": "application/json"})[0] == 401
    assert seen_later(ann) == []
    assert traces_of(stack, "73519") == []


def test_attacks_bodies_that_are_no_delivery(ann):
    headers = {"X-Telegram-Bot-Api-Secret-Token": ann.shape.ENVIRONMENT["TELEGRAM_SECRET"]}
    for body, status in ((b"", 400), (b"[]", 400), (b"{", 400), (b"[" * 100_000, 400), (b"{}", 200)):
        assert ann.post(body, headers)[0] == status
    assert ann.post(b"x" * (1024 * 1024 + 1), headers)[0] == 413


def test_attacks_replayed_and_doubled_deliveries_are_answered_once(ann):
    event = ann.texting("ALT 20 U/L")
    threads = [threading.Thread(target=ann.deliver, args=(event,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ann.see(words_of("utter_ask_hbsag"))
    assert ann.deliver(event) == 200
    assert seen_later(ann) == []


def test_attacks_reordered_deliveries_are_read_in_the_order_of_writing(ann):
    first, second = ann.texting("my ALT is 85 U/L"), ann.texting("sorry, ALT was 58 U/L")
    assert [ann.deliver(second), ann.deliver(first)] == [200, 200]
    seen = ann.see(words_of("utter_ask_hbsag"), words_of("utter_ask_hbsag"))
    values = re.findall(r"ALT \(liver enzyme\): (\d+) U/L", "\n".join(message.text for message in seen))
    assert values == ["85", "58"]


def test_attacks_typed_payloads_are_text_and_forged_buttons_are_closed(stack, ann, stranger):
    ann.say("ALT 20 U/L")
    asked = ann.see(words_of("utter_ask_hbsag"))
    mark = asked[-1].buttons["Yes, positive"]
    for stolen in (mark, "A" * 22, '/choose{"HBsAg": "positive"}', ""):
        assert stranger.deliver(stranger.pressing(stolen)) == 200
        stranger.see(words_of("utter_choice_closed"))
    stranger.say('/choose{"HBsAg": "positive"}')
    assert "HBsAg (surface antigen): positive" not in "".join(
        seen.text for seen in stranger.see(words_of("utter_first_notice"))
    )
    ann.answer(asked, "Yes, positive")
    ann.see(words_of("utter_ask_hbeag"))


def test_attacks_odd_events_are_answered_kindly_or_not_at_all(ann):
    ann.deliver({"update_id": 1, "message": ann.shape.message(ann.person, sticker={"file_id": "x"})})
    ann.see(words_of("utter_cannot_see"))
    update = ann.texting("ALT 20 U/L")
    update["message"] = {**update["message"], "caption": update["message"].pop("text"), "photo": [{"file_id": "x"}]}
    ann.deliver(update)
    ann.see(words_of("utter_ask_hbsag"), words_of("utter_cannot_see"))
    edited = ann.texting("ALT 22 U/L")
    ann.deliver({"update_id": edited["update_id"], "edited_message": edited["message"]})
    assert "22 U/L" in "".join(seen.text for seen in ann.see(words_of("utter_ask_hbsag")))
    ann.deliver({"update_id": 2, "message_reaction": {"chat": {"id": int(ann.person)}}})
    ann.say("x" * 4001)
    ann.see(words_of("utter_too_long"))
    ann.say("I am vomiting blood")
    seen = ann.see(words_of("utter_urgent_symptom"))
    assert words_of("utter_urgent_symptom").search(seen[0].text), "before anything else, in a message of its own"


def test_attacks_group_hears_no_health_talk(stack, stranger):
    bob = stranger
    group = {"id": -next_group(), "type": "group", "title": "Family"}
    update = bob.texting("@hepb_bot " + RESULT.replace("73519", "81726"))
    update["message"] |= {"chat": group, "entities": [{"type": "mention", "offset": 0, "length": 9}]}
    bob.deliver(update)
    bob.person = str(group["id"])
    assert len(bob.see(words_of("utter_not_in_public"))) == 1
    assert traces_of(stack, "81726") == []


def next_group():
    return int(time.time())


def test_attacks_flood_of_one_person_is_stopped_and_loses_nothing(stack, ann, stranger):
    bob = stranger
    stack.actions.send_signal(signal.SIGSTOP)
    try:
        statuses = [bob.deliver(bob.texting("hello")) for _ in range(60)]
        assert ann.deliver(ann.texting("what is ALT?")) == 200, "others are not stopped"
    finally:
        stack.actions.send_signal(signal.SIGCONT)
    assert statuses[0] == 200
    assert statuses[-1] == 503, "the platform comes again"


def test_attacks_platform_in_trouble_gets_the_answer_later(platforms, ann):
    platforms.trouble += [500, 429]
    ann.say("what is ALT?")
    ann.see(words_of("utter_answer_what_is_alt"))
    platforms.trouble += [403]
    ann.say("what is ALT?")
    time.sleep(QUIET)
    ann.say("what is HBeAg?")
    ann.see(words_of("utter_answer_what_is_hbeag"))


def test_attacks_turn_cut_off_by_the_end_of_the_server_is_answered_at_the_next_start(stack, ann):
    ann.say("ALT 20 U/L")
    asked = ann.see(words_of("utter_ask_hbsag"))
    stack.actions.send_signal(signal.SIGSTOP)
    try:
        event = ann.pressing(asked[-1].buttons["Yes, positive"])
        assert ann.deliver(event) == 200
        time.sleep(1)
        stack.rasa.kill()
        stack.rasa.wait()
    finally:
        stack.actions.send_signal(signal.SIGCONT)
        stack.start_rasa()
    ann.see(words_of("utter_ask_hbeag"))
    assert ann.deliver(event) == 200
    assert seen_later(ann) == [], "known also after the restart"
    ann.say("No, negative")
    ann.see(words_of("utter_ask_hbv_dna"))


def test_attacks_nothing_of_a_person_in_database_and_logs(stack, ann):
    ann.say(RESULT)
    ann.see(words_of("utter_ask_hbsag"))
    assert files_hold(stack, "73519"), "the test must be able to fail"
    ann.say("delete my data")
    ann.see(words_of("utter_restart_messaging"))
    assert traces_of(stack, "73519") == []
    assert traces_of(stack, ann.person) == []
    said = stack.said_in_logs()
    for text in ("73519", "vomiting", ann.person, "ann_b", "1:abc", ann.shape.ENVIRONMENT["TELEGRAM_SECRET"]):
        assert text not in said
