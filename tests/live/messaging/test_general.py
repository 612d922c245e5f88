"""A platform on which results are never read, and platforms that are not set up."""

import http.client

from players import PAGE
from said import words_of
from shapes import SHAPES
from traces import traces_of


def test_general_results_are_not_read_and_the_question_is_answered(general, bob):
    bob.say("my HBV DNA is 73519 IU/mL. what is HBeAg?")
    seen = bob.see(
        words_of("utter_results_at_page"), words_of("utter_answer_what_is_hbeag"), words_of("utter_first_notice")
    )
    text = "\n".join(message.text for message in seen)
    assert PAGE in text
    assert "73519" not in text
    bob.say("which phase am I in?")
    assert len(bob.see(words_of("utter_results_at_page"))) == 1
    assert traces_of(general, "73519") == []


def test_general_words_invite_no_results(bob):
    for text, response in (
        ("hello", "utter_greet_general"),
        ("help", "utter_help_general"),
        ("what happens to my data?", "utter_answer_privacy_messaging"),
        ("what's the weather tomorrow", "utter_out_of_scope_general"),
    ):
        bob.say(text)
        bob.see(words_of(response))


def test_general_urgent_words_come_first_and_nothing_is_kept(general, bob):
    bob.say("I am vomiting blood, my HBV DNA is 62915 IU/mL")
    bob.see(words_of("utter_urgent_symptom"))
    bob.say("hello")
    seen = bob.see(words_of("utter_greet_general"), words_of("utter_first_notice"))
    assert len(seen) == 1, "nothing invites results behind it"
    assert not any(message.buttons for message in seen)
    assert traces_of(general, "62915") == []


def test_general_other_platforms_are_absent(general):
    for name in ("rest", *(shape.NAME for shape in SHAPES if shape.NAME != "telegram")):
        connection = http.client.HTTPConnection("127.0.0.1", general.port, timeout=10)
        connection.request("POST", f"/webhooks/{name}", "{}")
        assert connection.getresponse().status == 404
        connection.close()
