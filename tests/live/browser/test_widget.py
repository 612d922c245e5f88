"""The assistant on a page of another site: one line, a strict policy, one conversation in all tabs."""

from __future__ import annotations

import gzip
import signal
import sqlite3
import urllib.request

import pytest
from clinic import serve_clinic
from selenium.webdriver.common.keys import Keys

from assistant.store.votes import Votes

pytestmark = [pytest.mark.live, pytest.mark.browser]

TOLERANT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"
LARGEST = 60_000


def compressed(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server on loopback
        return len(gzip.compress(answer.read()))


def conversations(stack):
    database = sqlite3.connect(f"file:{stack.data / 'conversations.db'}?mode=ro", uri=True)
    (count,) = database.execute("SELECT count(*) FROM conversations").fetchone()
    database.close()
    return count


def test_widget_reaches_a_phase_on_another_site_under_a_strict_policy(widget, stack):
    widget.errors()  # what other tests provoked
    widget.load()
    widget.say_and_hear_the_phase(TOLERANT)
    loaded = widget.run("return performance.getEntriesByType('resource').map(({name}) => name)")
    assert [name for name in loaded if not name.startswith(stack.address)] == []
    assert widget.errors() == [], "nothing is refused by the page's policy or by the server"
    files = {name for name in loaded if "/static/" in name}
    assert len(files) > 10
    assert sum(map(compressed, files)) <= LARGEST


def test_widget_is_refused_on_a_site_that_is_not_allowed(chromium, open_page, stack):
    with serve_clinic(stack.address) as elsewhere:
        chromium.get(elsewhere)
        script = "fetch(arguments[0], {method: 'POST'}).then(() => arguments[1]('read'), () => arguments[1]('refused'))"
        assert chromium.execute_async_script(script, f"{stack.address}/api/conversations") == "refused"
        assert chromium.execute_script("return document.querySelector('hepb-assistant')") is None
        chromium.get_log("browser")


def test_widget_asks_for_consent_before_anything_is_sent(open_page, clinic, stack):
    before = conversations(stack)
    words = "<b>Our</b> own words"
    page = open_page(clinic, f"/?consent={words}&greeting=Guten Tag", agree=False)
    page.click("#launcher")
    assert page.texts("#consent-text") == [words], "shown as text, not read as markup"
    assert page.texts(".greeting") == ["Guten Tag"]
    assert page.all(".greeting")[0].get_attribute("lang") == "de", "the language of the page around it"
    assert page.run("return root.querySelector('.root').lang") == "en"
    assert not page.all("#message")[0].is_displayed()
    assert page.all("#starters button")[0].is_displayed() is False
    page.agree()
    assert conversations(stack) == before, "agreeing alone makes no conversation"
    page.say("hello")
    assert conversations(stack) == before + 1


def test_widget_goes_on_in_a_second_tab_and_both_see_each_turn_and_the_end(widget, clinic, chromium):
    widget.say("What is HBeAg?")
    first = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    second = chromium.current_window_handle
    widget.load()
    widget.click("#launcher")
    assert widget.texts(".patient .bubble") == ["What is HBeAg?"]
    widget.say("What is ALT?")
    shown = widget.texts(".group")
    chromium.switch_to.window(first)
    widget.wait_until(lambda: widget.texts(".group") == shown)
    widget.say("hello")
    widget.click("#menu")
    widget.click("#delete")
    widget.click("#confirm-yes")
    widget.wait_until(lambda: "deleted" in widget.all("#status")[0].text)
    chromium.switch_to.window(second)
    widget.wait_until(lambda: widget.all(".group") == [])
    assert "deleted" in widget.all("#status")[0].text
    assert widget.all("#agree")[0].is_displayed()
    assert widget.run("return sessionStorage.getItem('hepb.conversation')") is None
    chromium.close()
    chromium.switch_to.window(first)


def test_widget_survives_a_server_that_dies_in_the_middle_of_a_turn(widget, stack):
    widget.say("hello")
    stack.actions.send_signal(signal.SIGSTOP)  # the turn hangs half-way
    try:
        widget.all("#message")[0].send_keys("My ALT is 31 U/L", Keys.ENTER)
        widget.wait_until(lambda: "writing" in widget.all("#status")[0].text)
        stack.rasa.kill()
        stack.rasa.wait(10)
        widget.wait_until(lambda: "connection" in widget.all("#status")[0].text)
    finally:
        stack.actions.send_signal(signal.SIGCONT)
        stack.start_rasa()
    widget.answered()
    assert widget.texts(".patient .bubble") == ["hello", "My ALT is 31 U/L"]
    shown = widget.texts(".group")
    assert any("31" in text for text in widget.texts(".section-understood")), "the answer is there"
    widget.reload()
    widget.wait_until(lambda: widget.texts(".group") == shown)
    kept = sqlite3.connect(f"file:{stack.data / 'conversations.db'}?mode=ro", uri=True)
    rows = kept.execute(
        "SELECT count(*) FROM events WHERE conversation = ? AND type = 'user' AND data LIKE '%31 U/L%'",
        (widget.conversation(),),
    ).fetchone()
    kept.close()
    assert rows == (1,), "neither lost nor doubled"


def test_widget_closes_by_escape_gives_the_focus_back_and_stays_open_over_a_reload(widget):
    active = "return root.activeElement?.id"
    assert widget.run(active) == "message"
    widget.press(Keys.ESCAPE)
    widget.wait_until(lambda: not widget.all("#panel")[0].is_displayed())
    assert widget.run(active) == "launcher"
    assert widget.all("#launcher")[0].get_attribute("aria-expanded") == "false"
    widget.press(Keys.ENTER)
    widget.wait_until(widget.all("#panel")[0].is_displayed)
    assert widget.run(active) == "message"
    widget.reload()
    widget.wait_until(widget.all("#panel")[0].is_displayed)
    assert widget.run("return document.activeElement.localName") == "body", "a reload takes no focus"


def test_widget_on_a_phone_fills_the_screen_and_keeps_the_focus(widget):
    widget.size(390, 844)
    widget.reload()
    widget.click("#launcher")
    box = widget.run("const at = root.getElementById('panel').getBoundingClientRect(); return [at.width, at.height]")
    assert box == [390, 844]
    link = widget.driver.find_element("css selector", "a")
    for _ in range(12):
        widget.press(Keys.TAB)
        assert widget.run("return document.activeElement") != link, "what is behind is not reached"


def test_widget_in_the_text_takes_theme_and_colours_of_its_page(open_page, clinic):
    page = open_page(clinic, "/?position=inline&theme=dark")
    assert page.all("#launcher") == []
    assert page.run("return root.host.previousElementSibling.localName") == "script"
    page.run("root.host.style.setProperty('--assistant-accent-dark', 'rgb(255, 181, 154)')")
    look = page.run(
        "const style = getComputedStyle(root.querySelector('.send')); return [style.backgroundColor, style.color]"
    )
    assert look == ["rgb(255, 181, 154)", "rgb(6, 38, 43)"]
    page.all("#message")[0].send_keys("What is ALT?")
    before = page.run("return scrollY")
    page.press(Keys.ENTER)
    page.wait(".section-answer")
    page.answered()
    assert page.run("return scrollY") == before, "the page around it stays where its reader left it"


def test_widget_saves_the_conversation_as_a_text_file(widget, tmp_path):
    widget.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    widget.say("My ALT is 31 U/L")
    widget.click("#menu")
    widget.click("#save")
    widget.wait_until(lambda: list(tmp_path.glob("*.txt")))
    assert "Anyone who uses the device" in widget.all("#status")[0].text
    saved = next(tmp_path.glob("*.txt")).read_text(encoding="utf-8")
    for wanted in ("My ALT is 31 U/L", "WHAT I UNDERSTOOD", "ALT", "31", "not a diagnosis"):
        assert wanted in saved
    for said in widget.texts(".assistant .bubble > p:not(.hint)"):
        assert said in saved


def test_widget_counts_a_thumb_without_words(widget, stack):
    def counted():
        tallies = Votes(stack.data / "votes.db").tally()
        return sum(tally.up for tally in tallies), sum(tally.down for tally in tallies)

    up, down = counted()
    widget.say("What is ALT?")
    widget.click(".feedback .down")
    widget.wait_until(lambda: "Thank you" in widget.all(".feedback")[0].text)
    widget.click(".feedback .up")  # a vote is given once
    widget.say("hello")
    widget.reload()
    widget.click(".feedback .up")
    widget.wait_until(lambda: "voted on this answer before" in widget.all(".feedback")[0].text)
    assert counted() == (up, down + 1)


def test_widget_prints_the_summary_in_a_frame_of_its_own(widget):
    widget.run(
        "new MutationObserver((changes) => changes.forEach(({removedNodes}) => removedNodes.forEach((node) => {"
        " if (node.localName === 'iframe') window.gone = true; }))).observe(document.body, {childList: true});"
        "window.seen = []; const add = document.body.append.bind(document.body);"
        "document.body.append = (frame) => { add(frame); frame.contentWindow.print = () => {"
        " window.seen.push(frame.contentDocument.body.textContent, frame.contentDocument.adoptedStyleSheets.length);"
        " frame.contentWindow.dispatchEvent(new Event('afterprint')); }; };"
    )
    widget.say_and_hear_the_phase(TOLERANT)
    widget.click("#menu")
    widget.click("#print")
    widget.click("#sheet-print")
    text, sheets = widget.wait_until(lambda: widget.run("return window.seen"))
    assert "immune tolerance" in text
    assert TOLERANT not in text
    assert sheets > 2
    widget.wait_until(lambda: widget.run("return window.gone"))


@pytest.mark.parametrize("path", ["/", "/?position=inline"])
def test_widget_never_scrolls_sideways_on_a_small_screen(open_page, clinic, path):
    page = open_page(clinic, path)
    page.size(320, 640)
    page.say_and_hear_the_phase(TOLERANT)
    page.say("x" * 200)
    assert page.run("return document.documentElement.scrollWidth") <= 320
    assert page.run("const app = root.getElementById('app'); return app.scrollWidth - app.clientWidth") <= 0


def test_widget_on_the_demonstration_page_of_the_server(open_page, stack):
    page = open_page(stack.address, "/demo")
    page.say("What is ALT?")
    assert page.all(".section-answer")
