"""Reading aloud at the kiosk, with the voices of the system, without any, and in a browser that cannot."""

from __future__ import annotations

import time

import pytest
from kiosk import CAN_BEGIN, Kiosk

pytestmark = [pytest.mark.live, pytest.mark.browser]

VOICES = 20
"""Seconds in which speech-dispatcher has started and told its voices, where it can."""
SPEAKING = "return speechSynthesis.speaking || speechSynthesis.pending"
COUNT_SPOKEN = """
window.spoken = [];
const speak = speechSynthesis.speak.bind(speechSynthesis);
speechSynthesis.speak = (words) => {
  window.spoken.push([words.text, words.voice.lang, words.voice.localService]);
  speak(words);
};
"""
ABSENT = "Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined });"


@pytest.mark.speech
def test_speech_reads_questions_and_answers_with_a_voice_of_the_system(speaking_chromium, stack):
    kiosk = Kiosk(speaking_chromium, stack.address)
    deadline = time.monotonic() + VOICES
    while not kiosk.run("return speechSynthesis.getVoices().length") and time.monotonic() < deadline:
        time.sleep(0.5)
    if not kiosk.run("return speechSynthesis.getVoices().length"):
        pytest.skip("speech-dispatcher gives this browser no voice")
    kiosk.run(COUNT_SPOKEN)
    kiosk.begin()
    button = kiosk.wait("#speech")  # voices are told late
    assert button.get_attribute("aria-pressed") == "false"
    kiosk.touch("#choose-guided", "#guided-skip")
    assert kiosk.run("return window.spoken") == [], "silent until it is wanted"
    kiosk.touch("#speech")
    assert button.get_attribute("aria-pressed") == "true"
    kiosk.touch("#guided-skip")
    [[question, language, is_local]] = kiosk.run("return window.spoken")
    assert question.startswith("What is your HBV DNA?")
    assert (language[:2], is_local) == ("en", True)
    kiosk.wait_until(lambda: kiosk.run(SPEAKING))
    kiosk.touch("#tab-chat")
    kiosk.wait_in_chat("#message").send_keys("What is ALT?\n")
    kiosk.answered()
    said = [text for text, *_ in kiosk.run("return window.spoken")]
    assert any(text.startswith("ALT is an enzyme") for text in said)
    kiosk.touch("#speech")
    assert not kiosk.run(SPEAKING), "silent at once"


def test_speech_is_not_offered_without_a_voice(kiosk):
    assert kiosk.run("return speechSynthesis.getVoices().length") == 0
    kiosk.begin()
    assert not kiosk.all("#speech")[0].is_displayed()


def test_speech_is_not_missed_by_a_browser_that_cannot(kiosk):
    added = kiosk.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": ABSENT})
    try:
        kiosk.driver.refresh()
        kiosk.wait(CAN_BEGIN)
        assert kiosk.run("return typeof speechSynthesis") == "undefined"
        kiosk.begin()
        assert not kiosk.all("#speech")[0].is_displayed()
        kiosk.touch("#choose-guided", "#guided-skip", "#end", "#end-yes")
        kiosk.cleared()
    finally:
        kiosk.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_speech_chooses_a_voice_that_asks_no_server(kiosk):
    chosen = kiosk.module(
        "speech.js",
        """const voice = (lang, localService = true, isDefault = false) => ({ lang, localService, default: isDefault });
        const of = (...voices) => m.chosen(voices, "en", "en-GB")?.lang ?? null;
        return [
          of(), of(voice("en-GB", false)), of(voice("de-DE")), of(voice("en-US"), voice("en_GB")),
          of(voice("en-US"), voice("en-AU", true, true)), of(voice("en-029"), voice("de-DE", true, true)),
        ]""",
    )
    assert chosen == [None, None, None, "en_GB", "en-AU", "en-029"]
