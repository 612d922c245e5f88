"""One whole conversation on every platform, with the real servers, against a server that plays the platforms."""

from said import words_of


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
