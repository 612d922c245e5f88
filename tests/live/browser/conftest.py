"""A patient at the page: what the browser tests do and see, in the words of a patient."""

from __future__ import annotations

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 30


ASSISTANT = "hepb-assistant"


class Page:
    """A page with the assistant in a real Chromium, opened at ``url``; selectors look into the assistant's shadow root.

    The patient agrees to begin with, unless ``agree`` is false.
    """

    def __init__(self, driver, url, *, agree=True):
        self.driver = driver
        self.url = url
        self.load()
        if agree:
            self.agree()

    def load(self):
        self.driver.get(self.url)
        self.ready()

    def reload(self):
        self.driver.refresh()
        self.ready()

    def ready(self):
        self.wait_until(lambda: self.driver.find_elements(By.CSS_SELECTOR, f"{ASSISTANT}[data-ready]"))

    def agree(self):
        """Agree as a patient does, opening the corner first where there is one."""
        for button in ("#launcher", "#agree"):
            if self.all(button) and self.all(button)[0].is_displayed():
                self.all(button)[0].click()
        self.wait_until(self.all("#message")[0].is_displayed)

    def resize(self, width, height):
        """Give the page this many CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def wait(self, selector):
        """Wait until something matches; return the first match."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: self.all(selector))[0]

    def wait_until(self, condition):
        # A replaced element may go stale between finding it and reading it.
        patience = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
        return patience.until(lambda _: condition())

    def all(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, ASSISTANT).shadow_root.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        return [element.text for element in self.all(selector)]

    def run(self, script, *arguments):
        """Run JavaScript with the shadow root as ``root``."""
        root = f"const root = document.querySelector('{ASSISTANT}').shadowRoot;"
        return self.driver.execute_script(root + script, *arguments)

    def module(self, name, body):
        """Run ``body`` (JavaScript that returns a value) with the page's module as ``m``."""
        return self.driver.execute_async_script(
            f"const done = arguments[0]; import('/static/{name}').then((m) => (() => {{ {body} }})())"
            ".then(done, (error) => done('error: ' + error))"
        )

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def say(self, text):
        """Type, send, and wait for the end of the answer."""
        self.all("#message")[0].send_keys(text, Keys.ENTER)
        self.wait_until(lambda: self.texts(".patient .bubble")[-1:] == [text])
        self.answered()

    def say_and_hear_the_phase(self, text):
        """Say it; if a question comes first, ask for the answer without it."""
        self.say(text)
        if not self.all(".section-phase"):
            self.say("Just answer with what you have")
        self.wait(".section-phase")

    def answered(self):
        self.wait("#status[data-state=idle]")

    def conversation(self):
        """The id of the conversation, null before the first message."""
        return self.run("return sessionStorage.getItem('hepb.conversation')")


@pytest.fixture
def open_page(chromium):
    """Opens the page at an address in a tab of its own; session storage and emulation belong to the tab."""
    home = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    yield lambda address, path="/", **options: Page(chromium, f"{address}{path}", **options)
    chromium.close()
    chromium.switch_to.window(home)


@pytest.fixture
def page(open_page, stack):
    return open_page(stack.address)
