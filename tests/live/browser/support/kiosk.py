"""A visitor at the kiosk: what stands on it, and what they touch."""

import json

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchShadowRootException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60
UPRIGHT, WIDE = (1080, 1920), (1280, 800)
CAN_BEGIN = "#begin[aria-disabled=false]"
CHANGING = (StaleElementReferenceException, NoSuchShadowRootException, ElementClickInterceptedException)
SMALL_TARGETS = """
const roots = [document, document.querySelector('hepb-assistant')?.shadowRoot].filter(Boolean);
return roots.flatMap((root) => [...root.querySelectorAll('button, summary, textarea, .tick, a[href]')])
  .filter((node) => node.checkVisibility())
  .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 48 || box.height < 48).map(([html]) => html)
"""
AXE = "axe.run({resultTypes: ['violations']}).then(arguments[0])"


class Kiosk:
    """The kiosk in a real Chromium."""

    def __init__(self, driver, address, size=WIDE):
        self.driver = driver
        self.address = address
        self.size(*size)
        driver.get(f"{address}/kiosk")
        self.wait(CAN_BEGIN)

    def size(self, width, height):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def chat(self, selector):
        """What matches inside the assistant."""
        hosts = self.all("hepb-assistant")
        return hosts[0].shadow_root.find_elements(By.CSS_SELECTOR, selector) if hosts else []

    def wait_until(self, condition):
        patience = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=CHANGING)
        return patience.until(lambda _: condition())

    def wait(self, selector):
        return self.wait_until(lambda: [node for node in self.all(selector) if node.is_displayed()])[0]

    def touch(self, *selectors):
        for selector in selectors:
            self.wait(selector).click()

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def module(self, name, body):
        """Run ``body`` (JavaScript that returns a value) with a module of the kiosk as ``m``."""
        return self.driver.execute_async_script(
            f"const done = arguments[0]; import('/static/kiosk/{name}').then((m) => (() => {{ {body} }})())"
            ".then(done, (error) => done('error: ' + error))"
        )

    def begin(self):
        """Touch the screen and agree."""
        self.touch(CAN_BEGIN)
        self.touch_in_chat("#agree")
        self.wait("#choose")

    def wait_in_chat(self, selector):
        """The first match inside the assistant that can be seen."""
        return self.wait_until(lambda: [node for node in self.chat(selector) if node.is_displayed()])[0]

    def touch_in_chat(self, selector):
        """Touch the first match that can be seen, as soon as it has come to rest."""

        def touched():
            node = self.wait_in_chat(selector)
            # From under what stands at the edge, as a finger would.
            self.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", node)
            node.click()
            return True

        self.wait_until(touched)

    def enter(self, number, unit=None):
        """Enter a number on the pad, touch its unit, and go on."""
        for key in number:
            self.touch(f'[data-key="{key}"]')
        if unit is not None:
            self.touch(f'[data-unit="{unit}"]')
        self.touch("#guided-next")

    def enter_tolerant(self, load):
        """A whole guided entry up to the review."""
        self.touch("#choose-guided", '[data-value="positive"]')
        self.wait_until(lambda: "HBeAg" in self.all("#guided h2")[0].text)
        self.touch('[data-value="positive"]')
        self.wait('[data-unit="IU/mL"]')
        self.enter(load, "IU/mL")
        self.wait('[data-unit="U/L"]')
        self.enter("22", "U/L")
        self.enter("24")
        self.touch('[data-value="male"]')
        self.wait("#guided-send")

    def answered(self):
        self.wait_until(lambda: self.chat("#status[data-state=idle]") and self.chat(".group.assistant"))

    def answer_everything(self):
        """Give the answer that stands alone to what is asked, until the phase is named."""
        open_one = ".choices:not(.closed) > .choice-row .choice"
        while not self.wait_until(lambda: self.chat(".section-phase, " + open_one)) or not self.chat(".section-phase"):
            said = len(self.chat(".patient"))
            self.touch_in_chat(open_one)
            self.wait_until(lambda said=said: len(self.chat(".patient")) > said)
        self.answered()

    def type_on_screen(self, text):
        self.touch_in_chat("#message")
        for character in text:
            self.touch(f'.hg-button[data-skbtn="{ {" ": "{space}"}.get(character, character) }"]')

    def keep_moving(self):
        """Somebody waits in front of the screen, until the page is left."""
        self.run("setInterval(() => document.dispatchEvent(new PointerEvent('pointermove')), 1000)")

    def cleared(self):
        """Wait until the next visitor can begin."""
        self.wait_until(lambda: not self.all("hepb-assistant") and self.all(CAN_BEGIN))

    def check(self, axe):
        """Nothing is wrong with what stands on the screen, on either screen."""
        found = {}
        for size in (UPRIGHT, WIDE):
            self.size(*size)
            self.run(f"if (!window.axe) {{ {axe} }}")
            results = self.driver.execute_async_script(AXE)
            assert len(results["passes"]) > 5, "it looked"
            found |= {
                f"{size} {rule['id']}": [node["html"][:200] for node in rule["nodes"]] for rule in results["violations"]
            }
            found |= {f"{size} small": small} if (small := self.run(SMALL_TARGETS)) else {}
            wide = self.run("return document.documentElement.scrollWidth - innerWidth")
            found |= {f"{size} wider than the screen": wide} if wide > 0 else {}
        assert found == {}, json.dumps(found, indent=1)
