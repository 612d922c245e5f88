"""A patient at the page: what the browser tests do and see, in the words of a patient."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

sys.path.insert(0, str(Path(__file__).parent / "support"))

from clinic import serve_clinic
from kiosk import Kiosk

PATIENCE = 30
DESKTOP = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}


ASSISTANT = "hepb-assistant"

# Whether an element can be touched: it stood still for a moment, and nothing lies over its middle.
AT_REST = """
const [node, done] = arguments, place = () => node.getBoundingClientRect(), before = place();
setTimeout(() => {
  const { x, y, width, height } = place();
  const top = node.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
  done(x === before.x && y === before.y && node.contains(top));
}, 60);
"""


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
                self.tap(self.all(button)[0])
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

    def go_back(self):
        """Move the focus back by one."""
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

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

    def size(self, width, height):
        """Give the page's window this size, in CSS pixels."""
        size = {**DESKTOP, "width": width, "height": height}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def emulate(self, **features):
        """Let the reader prefer something: ``prefers_color_scheme="dark"``."""
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})

    def click(self, selector):
        """Click the first match once it can be clicked."""
        self.wait_until(lambda: self.all(selector) and self.all(selector)[0].is_displayed())
        self.tap(self.all(selector)[0])

    def tap(self, node):
        """Click an element once it is at rest, as a hand does: an answer scrolls smoothly into view."""

        def at_rest():
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'nearest', behavior: 'instant'})", node)
            return self.driver.execute_async_script(AT_REST, node)

        self.wait_until(at_rest)
        node.click()

    @contextlib.contextmanager
    def offline(self):
        """Take the network away for a while."""
        network = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)
        yield
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {**network, "offline": False})

    def errors(self):
        """What the browser complained about since the last look."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

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
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", DESKTOP)
    yield lambda address, path="/", **options: Page(chromium, f"{address}{path}", **options)
    chromium.close()
    chromium.switch_to.window(home)


@pytest.fixture
def page(open_page, stack):
    return open_page(stack.address)


@pytest.fixture(scope="session")
def clinic(stack):
    """The address of a clinic's site, the only other one that may show the assistant."""
    with serve_clinic(stack.address, stack.clinic_port) as address:
        yield address


@pytest.fixture
def widget(open_page, clinic):
    """The assistant in a corner of the clinic's page."""
    return open_page(clinic)


@pytest.fixture
def kiosk(chromium, stack):
    home = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    yield Kiosk(chromium, stack.address)
    chromium.close()
    chromium.switch_to.window(home)
