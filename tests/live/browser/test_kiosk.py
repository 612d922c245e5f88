"""The kiosk: whole visits that leave nothing behind, on a real Chromium and the real servers."""

from __future__ import annotations

import base64
import io
import time

import pdfplumber
import pytest
from bringing import bring_slip
from kiosk import CAN_BEGIN, UPRIGHT, WIDE
from left_behind import left_behind, profile_holds
from selenium.webdriver.common.keys import Keys
from traces import files_hold

pytestmark = [pytest.mark.live, pytest.mark.browser]

FLUSHED = 15
"""Seconds in which Chromium has written to its profile what it keeps of a page."""


def test_kiosk_visit_by_guided_entry_names_the_phase_and_the_button_wipes_it(kiosk, stack):
    number = "734951826"
    kiosk.begin()
    kiosk.enter_tolerant(number)
    kiosk.touch("#guided-send")
    kiosk.answered()
    sent = kiosk.chat(".patient .bubble")[0].text.splitlines()
    assert f"HBV DNA {number} IU/mL" in sent, "an ordinary message"
    assert len(sent) == 6
    kiosk.answer_everything()
    assert "immune tolerance" in kiosk.chat(".section-phase")[0].text
    assert files_hold(stack, number), "the search finds what is there"

    kiosk.touch("#tab-home")
    summary = kiosk.wait("#home-text").text
    assert "734,951,826 IU/mL" in summary
    assert len(summary.encode()) <= 600
    assert kiosk.all(".qr path")
    kiosk.touch("#home-print")
    [paper] = pdfplumber.open(io.BytesIO(base64.b64decode(kiosk.driver.print_page()))).pages
    assert "734,951,826" in paper.extract_text()
    assert "End and clear" not in paper.extract_text()

    kiosk.touch("#end", "#end-no", "#end", "#end-yes")
    kiosk.cleared()
    assert left_behind(kiosk, stack, number) == {}


def test_kiosk_visit_in_free_words_is_warned_and_wiped_when_nobody_is_there(kiosk, stack):
    number = "812647395"
    kiosk.begin()
    kiosk.touch("#choose-chat")
    kiosk.type_on_screen("dna ")
    kiosk.touch('.hg-button[data-skbtn="{numbers}"]')
    kiosk.type_on_screen(number)
    assert kiosk.chat("#message")[0].get_attribute("value") == f"dna {number}"
    kiosk.touch('.hg-button[data-skbtn="{enter}"]')
    kiosk.answered()
    assert files_hold(stack, number)

    kiosk.wait("#idle")
    kiosk.touch("#idle-stay")
    assert not kiosk.all("#idle")[0].is_displayed()
    assert files_hold(stack, number), "who says so goes on"
    kiosk.wait("#idle")
    kiosk.cleared()
    assert left_behind(kiosk, stack, number) == {}
    # The search reads the profile: what Chromium does keep is found there.
    deadline = time.monotonic() + FLUSHED
    while not profile_holds(kiosk.driver, "/kiosk") and time.monotonic() < deadline:
        time.sleep(0.5)
    assert profile_holds(kiosk.driver, "/kiosk")
    assert left_behind(kiosk, stack, number) == {}


def test_kiosk_reloaded_in_the_middle_of_a_visit_wipes_it(kiosk, stack):
    kiosk.begin()
    kiosk.touch("#choose-chat")
    kiosk.wait_in_chat("#message").send_keys("My HBV DNA is 645182937", Keys.ENTER)
    kiosk.answered()
    kiosk.driver.refresh()
    kiosk.cleared()
    assert left_behind(kiosk, stack, "645182937") == {}


def test_kiosk_recovers_when_the_server_restarts(kiosk, stack):
    kiosk.begin()
    kiosk.enter_tolerant("591736428")
    kiosk.keep_moving()
    stack.stop_rasa()
    kiosk.touch("#guided-send")
    kiosk.wait_until(lambda: kiosk.chat("#status[data-state=connecting]"))
    stack.start_rasa()
    kiosk.answered()
    kiosk.answer_everything()

    stack.stop_rasa()
    kiosk.touch("#end", "#end-yes")
    assert "deleted" in kiosk.wait(".clearing").text
    assert "591736428" not in kiosk.run("return document.documentElement.outerHTML")
    stack.start_rasa()
    kiosk.cleared()
    assert left_behind(kiosk, stack, "591736428") == {}


def test_kiosk_begins_only_while_the_server_is_well(kiosk, stack):
    with stack.frozen_actions():
        kiosk.wait("#begin[aria-disabled=true]")
        kiosk.all("#begin")[0].click()
        assert "starting" in kiosk.all("#attract-state")[0].text
        assert not kiosk.all("hepb-assistant")
    kiosk.wait(CAN_BEGIN)


def test_kiosk_never_chooses_a_unit(kiosk):
    kiosk.begin()
    kiosk.touch("#choose-guided", "#guided-skip", "#guided-skip", '[data-key="5"]')
    assert kiosk.all('[data-unit][aria-pressed="true"]') == []
    kiosk.touch("#guided-next")
    assert "unit" in kiosk.all(".guided-foot .wanted")[0].text
    assert "HBV DNA" in kiosk.all("#guided h2")[0].text, "still there"
    kiosk.touch('[data-unit=""]', "#guided-next", "#guided-skip", "#guided-skip", "#guided-skip", "#guided-send")
    kiosk.answered()
    assert kiosk.chat(".patient .bubble")[0].text == "HBV DNA 5"
    assert "unit" in kiosk.chat("#groups")[0].text


COVERED = """
const foot = document.querySelector('.guided-foot').getBoundingClientRect();
const room = document.getElementById('guided');
return [...document.querySelectorAll('.guided-body button, .guided-slip svg, .guided-slip figcaption')]
  .filter((node) => node.getBoundingClientRect().bottom > foot.top + 1).map((node) => node.outerHTML.slice(0, 80))
  .concat(room.scrollHeight > room.clientHeight + 1 ? ['it scrolls'] : []);
"""


@pytest.mark.parametrize("size", [UPRIGHT, WIDE])
def test_kiosk_entry_hides_nothing_behind_its_buttons(kiosk, size):
    kiosk.size(*size)
    kiosk.begin()
    kiosk.touch("#choose-guided")
    for _ in range(6):
        if kiosk.all("#guided-next"):
            kiosk.touch("#guided-next")
            assert kiosk.all(".guided-foot .wanted")[0].text, "with the error in sight"
        assert kiosk.run(COVERED) == []
        kiosk.touch("#guided-skip")


def test_kiosk_number_pad_lets_only_numbers_through(kiosk):
    typed = kiosk.module(
        "number_pad.js",
        """const type = (keys, digits) => keys.reduce((entry, key) => m.pressed(entry, key, digits), "");
        return [
          type(["3", "point", "2", "power", "8"], 9), type(["<", "2", "0"], 9), type(["point", "5"], 9),
          type(["1", "point", "5", "point", "5"], 9), type(["1", "2", "3", "4"], 3), type(["power", "8"], 9),
          type(["3", "power", "erase", "erase"], 9), type([">", "<", "7"], 9), type(["2", "power", "1", "2", "3"], 9),
        ]""",
    )
    assert typed == ["3.2×10^8", "<20", "0.5", "1.55", "123", "8", "", "<7", "2×10^12"]
    complete = kiosk.module("number_pad.js", "return ['', '<', '3.', '3×10^', '3.2×10^8', '<20'].map(m.isNumber)")
    assert complete == [False, False, False, False, True, True]
    bounds = "{least: 1, most: 120}"
    within = kiosk.module(
        "number_pad.js", f"return ['0', '1', '24', '120', '250'].map((age) => m.isWithin(age, {bounds}))"
    )
    assert within == [False, True, True, True, False]
    assert kiosk.module("number_pad.js", "return m.isWithin('3000', {})"), "a step without bounds takes any"


WAYS_OUT = """
const seen = [];
const at = document.body;
const fire = (event) => {
  at.dispatchEvent(event);
  seen.push([event.type, event.key ?? "", event.defaultPrevented]);
};
const options = { bubbles: true, cancelable: true };
for (const type of "contextmenu dragstart dragover drop copy cut paste auxclick gesturestart".split(" ")) {
  fire(new Event(type, options));
}
for (const key of ["F1", "F5", "F11", "F12", "BrowserBack", "ContextMenu", "Meta", "Alt", "Control"]) {
  fire(new KeyboardEvent("keydown", { ...options, key }));
}
for (const key of ["t", "n", "w", "r", "p", "l", "+", "-", "ArrowLeft", "Tab"]) {
  for (const chord of ["ctrlKey", "altKey", "metaKey"]) {
    fire(new KeyboardEvent("keydown", { ...options, key, [chord]: true }));
  }
}
fire(new WheelEvent("wheel", { ...options, ctrlKey: true }));
return seen;
"""
WRITES = """
return ["a", "7", "<", "Enter", "Tab", "Backspace", "ArrowLeft"].filter((key) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event.defaultPrevented;
});
"""
LINKS = """
const root = document.querySelector('hepb-assistant').shadowRoot;
const link = document.createElement('a');
link.href = 'https://elsewhere.example/';
root.getElementById('groups').append(link);
const file = document.createElement('input');
file.type = 'file';
document.body.append(file);
const click = new MouseEvent('click', { bubbles: true, cancelable: true });
file.dispatchEvent(click);
return new Promise((resolve) => setTimeout(() => resolve([
  root.querySelectorAll('a[href]').length, click.defaultPrevented, window.open('/') === null,
]), 100));
"""


def test_kiosk_lets_nobody_out(kiosk, stack):
    kiosk.begin()
    ways = kiosk.run(WAYS_OUT)
    assert len(ways) == 49
    assert [way[:2] for way in ways if not way[2]] == []
    assert kiosk.run(WRITES) == [], "typing goes on"
    assert kiosk.run(LINKS) == [0, True, True]
    kiosk.touch("#tab-chat")
    kiosk.wait_in_chat("#message").send_keys("Which guidelines do you use?", Keys.ENTER)
    kiosk.answered()
    assert kiosk.driver.current_url == f"{stack.address}/kiosk"


@pytest.mark.axe
def test_kiosk_is_accessible_with_large_targets_on_every_screen(kiosk, axe_script, tmp_path):
    kiosk.check(axe_script)
    kiosk.touch(CAN_BEGIN)
    kiosk.wait_in_chat("#agree")
    kiosk.check(axe_script)
    kiosk.touch_in_chat("#agree")
    kiosk.wait("#choose")
    kiosk.check(axe_script)
    kiosk.touch("#choose-guided")
    kiosk.check(axe_script)
    kiosk.touch("#guided-skip", "#guided-skip", '[data-key="5"]', "#guided-next")
    kiosk.check(axe_script)
    kiosk.touch('[data-unit="IU/mL"]', "#guided-next", "#guided-skip", "#guided-skip", "#guided-skip")
    kiosk.check(axe_script)
    kiosk.touch("#guided-send")
    kiosk.answered()
    kiosk.check(axe_script)
    kiosk.chat("#message")[0].click()
    kiosk.wait("#keyboard")
    kiosk.check(axe_script)
    bring_slip(kiosk, tmp_path, "320000000")
    kiosk.touch_in_chat("#slip-review [data-decision=change]")
    kiosk.check(axe_script)
    kiosk.touch_in_chat("#slip-cancel")
    kiosk.touch("#tab-home")
    kiosk.wait("#home-text")
    kiosk.check(axe_script)
    kiosk.touch("#end")
    kiosk.check(axe_script)
    kiosk.touch("#end-no")
    kiosk.wait("#idle")
    kiosk.check(axe_script)
