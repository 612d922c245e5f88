"""A slip brought to the kiosk as a file: corrected with the keys on the screen, and gone with the visit."""

from __future__ import annotations

import pytest
from bringing import bring_slip
from kiosk import UPRIGHT, WIDE
from left_behind import left_behind

pytestmark = [pytest.mark.live, pytest.mark.browser]


@pytest.mark.parametrize("size", [UPRIGHT, WIDE])
def test_kiosk_slip_is_corrected_on_the_screen_and_the_visit_can_be_ended_meanwhile(kiosk, stack, tmp_path, size):
    number = "683517294"
    kiosk.size(*size)
    kiosk.begin()
    kiosk.touch("#choose-chat")
    kiosk.touch_in_chat("#message")
    kiosk.wait("#keyboard")
    bring_slip(kiosk, tmp_path, number)
    assert not kiosk.all("#keyboard")[0].is_displayed(), "room for what is to be read"
    kiosk.touch("#end", "#end-no")
    assert kiosk.chat("#slip-review[open]"), "nothing is lost by a question"
    day, hbsag, load = kiosk.chat(".slip-value")
    day.find_element("css selector", "[data-decision=change]").click()
    kiosk.wait("#keyboard")
    for _ in range(2):
        kiosk.touch('.hg-button[data-skbtn="{bksp}"]')
    kiosk.touch(*(f'.hg-button[data-skbtn="{digit}"]' for digit in "03"))
    done = kiosk.wait('.hg-button[data-skbtn="{enter}"]')
    assert done.text == "Done", "nothing is sent by it"
    done.click()
    assert not kiosk.all("#keyboard")[0].is_displayed()
    assert kiosk.chat(".patient") == [], "nothing is sent yet"
    for value in (hbsag, load):
        value.find_element("css selector", "[data-decision=keep]").click()
    kiosk.touch_in_chat("#slip-use")
    kiosk.answered()
    said = kiosk.chat(".patient .bubble")[0].text.splitlines()
    kiosk.touch_in_chat("#message")
    assert kiosk.wait('.hg-button[data-skbtn="{enter}"]').text == "Send"
    assert said == ["On 2026-10-03: HBsAg positive", f"On 2026-10-03: HBV DNA {number} IU/mL"]
    kiosk.touch("#end", "#end-yes")
    kiosk.cleared()
    assert left_behind(kiosk, stack, number) == {}


def test_kiosk_keyboard_moves_no_button_away_from_under_the_finger(kiosk, tmp_path):
    kiosk.begin()
    kiosk.touch("#choose-chat")
    bring_slip(kiosk, tmp_path, "320000000")
    kiosk.chat("[data-decision=change]")[2].click()
    kiosk.wait("#keyboard")
    kiosk.chat("[data-decision=leave]")[1].click()
    assert kiosk.chat("[data-decision=leave]")[1].get_attribute("aria-pressed") == "true"
    kiosk.chat("#slip-cancel")[0].click()
    kiosk.wait_until(lambda: not kiosk.chat("#slip-review[open]"))
    kiosk.chat("#message")[0].send_keys("hello")
    assert kiosk.chat("#message")[0].get_attribute("value") == "hello", "the conversation can be used again"


def test_kiosk_ended_while_a_slip_is_open_leaves_nothing(kiosk, stack, tmp_path):
    number = "417283956"
    kiosk.begin()
    kiosk.touch("#choose-chat")
    bring_slip(kiosk, tmp_path, number)
    assert f"{int(number):,}" in kiosk.chat("#slip-review")[0].text
    kiosk.touch("#end", "#end-yes")
    kiosk.cleared()
    assert left_behind(kiosk, stack, number) == {}


def test_kiosk_takes_no_file_unless_that_is_set(kiosk):
    kiosk.begin()
    kiosk.touch("#choose-chat")
    assert kiosk.wait_in_chat("#slip-button")
    kiosk.run("document.querySelector('hepb-assistant').removeAttribute('files')")
    assert not kiosk.chat("#slip-button")[0].is_displayed()
