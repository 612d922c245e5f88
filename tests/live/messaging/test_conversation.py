"""One whole conversation on every platform, with the real servers, against a server that plays the platforms."""

import threading
import time

from players import Player
from said import words_of
from shapes import SHAPES

QUIET = 1.5
BETWEEN = 0.02
"""Seconds between deliveries that come in the wrong order."""


def test_conversation_reaches_a_phase_answer(stack, person):
    person.say("which phase am I in?")
    seen = person.see(words_of("utter_ask_consent"), words_of("utter_first_notice"))
    person.answer(seen, "Yes, read them")
    person.see(words_of("utter_consent_given"), words_of("utter_invite_results"))
    person.say("ALT 20 U/L")
    seen = person.see(words_of("utter_ask_hbsag"))
    assert any("\u2022 ALT (liver enzyme): 20 U/L" in message.text for message in seen)
    person.answer(seen, "Yes, positive")
    person.answer(person.see(words_of("utter_ask_hbeag")), "No, negative")
    person.answer(person.see(words_of("utter_ask_hbv_dna")), "Not detected")
    person.see(words_of("utter_understood_HBV_DNA_undetectable"))
    person.say("that is all I have, answer now")
    seen = person.see(words_of("utter_phase_inactive_carrier"), words_of("utter_heading_next"))
    assert len(seen) < 15, "a turn is a few messages, not one for each sentence"
    pictures = [message.picture for message in seen if message.picture]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert bool(pictures) == person.shape.PICTURES
    person.say("delete my data")
    person.see(words_of("utter_restart_messaging"))
    assert person.person not in stack.said_in_logs()


def test_conversation_takes_no_forged_doubled_or_reordered_delivery(stack, person):
    """On every platform a forged one is refused, a repeated one answered once, and the order is that of writing."""
    forged = person.texting("my ALT is 73519 U/L")
    assert person.deliver(forged, proof="guessed") == 403
    first, second = person.texting("what is HBeAg?"), person.texting("what is ALT?")
    threads = [threading.Thread(target=person.deliver, args=(event,)) for event in (second, first, second, first)]
    for thread in threads:
        thread.start()
        time.sleep(BETWEEN)
    for thread in threads:
        thread.join()
    wanted = [words_of(f"utter_answer_what_is_{name}") for name in ("hbeag", "alt")]
    if not person.shape.TELLS_TIME:
        wanted.reverse()
    seen = person.see(*wanted)
    time.sleep(QUIET)
    text = "\n".join(message.text for message in (*seen, *person.see()))
    assert [len(pattern.findall(text)) for pattern in wanted] == [1, 1]
    assert "73519" not in stack.said_in_logs()


def test_conversation_waits_on_wechat_for_the_first_words_and_then_says_that_it_takes_longer(stack, platforms):
    person = Player(SHAPES[-1], stack.port, platforms)
    person.say("what is ALT?")
    assert words_of("utter_answer_what_is_alt").search(person.answered[0].text), "with the answer to the request"
    person.see(words_of("utter_answer_what_is_alt"))
    with stack.frozen_actions():
        person.say("what is HBeAg?")
        assert words_of("utter_still_working").search(person.answered[0].text), "within WeChat's five seconds"
    text = "\n".join(message.text for message in person.see(words_of("utter_still_working")))
    assert len(words_of("utter_still_working").findall(text)) == 1, "told once"
