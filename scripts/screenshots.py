"""Save the pictures of docs/screenshots from a running server: `scripts/screenshots.py http://127.0.0.1:5005`."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
KIOSKS = {"upright": (1080, 1920), "wide": (1280, 800)}
PATIENCE = 30
READY = "hepb-assistant[data-ready]"
SETTLED = 1.0
"""Seconds after which nothing moves any more."""
PATIENT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"


class Visit:
    """One visit of a patient."""

    def __init__(self, address: str, size: tuple[int, int], scheme: str = "light", ready: str = READY) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.driver.get(address)
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, ready))

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until it holds."""
        WebDriverWait(self.driver, PATIENCE).until(lambda _: condition())

    def all(self, selector: str) -> list[WebElement]:
        """Return all matches in the assistant."""
        assistant = self.driver.find_element(By.CSS_SELECTOR, "hepb-assistant")
        return assistant.shadow_root.find_elements(By.CSS_SELECTOR, selector)

    def find(self, selector: str) -> WebElement:
        """Return the first match in the assistant."""
        return self.all(selector)[0]

    def click(self, *selectors: str) -> None:
        """Click one after the other."""
        for selector in selectors:
            self.wait(self.find(selector).is_displayed)
            self.find(selector).click()

    def touch(self, *selectors: str) -> None:
        """Touch what stands around the assistant, one after the other."""
        for selector in selectors:
            self.wait(lambda selector=selector: self.driver.find_elements(By.CSS_SELECTOR, selector))
            self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def say(self, text: str) -> None:
        """Send a message and wait for the end of the answer."""
        self.find("#message").send_keys(text)
        self.find(".send").click()
        time.sleep(SETTLED)
        self.wait(lambda: self.find("#status").get_attribute("data-state") == "idle")

    def save(self, name: str, *, leave: bool = True) -> None:
        """Save what stands on the screen, and leave."""
        time.sleep(SETTLED)
        self.driver.save_screenshot(str(FOLDER / f"{name}.png"))
        if leave:
            self.driver.quit()

    def hear_the_phase(self) -> None:
        """Agree, tell the results, and go on to the phase without answering what is asked first."""
        if self.find("#agree").is_displayed():
            self.click("#agree")
        for text in (PATIENT, "Just answer with what you have"):
            self.say(text)
            if self.all(".section-phase"):
                return

    def see_the_handout(self) -> None:
        """Open the hand-out, through the menu where there is one."""
        if self.find("#menu").is_displayed():
            self.click("#menu")
        self.click("#print")
        self.wait(lambda: self.all("#sheet[open] .handout"))


def at_the_kiosk(address: str, size: tuple[int, int], *, agree: bool = True) -> Visit:
    """Stand in front of the kiosk, and begin."""
    visit = Visit(f"{address}/kiosk", size, ready="#begin[aria-disabled=false]")
    if agree:
        visit.touch("#begin", READY)
        visit.click("#agree")
    return visit


def save_kiosk(address: str) -> None:
    """Save the kiosk's screens on both kinds of screen."""
    for name, size in KIOSKS.items():
        at_the_kiosk(address, size, agree=False).save(f"kiosk-attract-{name}")
        entry = at_the_kiosk(address, size)
        entry.touch("#choose-guided", "#guided-skip", "#guided-skip")
        entry.touch(*(f'[data-key="{key}"]' for key in ("3", "point", "2", "power", "8")), '[data-unit="IU/mL"]')
        entry.save(f"kiosk-entry-{name}")
        answer = at_the_kiosk(address, size)
        answer.touch("#choose-chat")
        answer.hear_the_phase()
        answer.save(f"kiosk-answer-{name}", leave=False)
        answer.touch("#tab-home", "#home-text")
        answer.save(f"kiosk-home-{name}")


def main(address: str) -> None:
    """Save all pictures."""
    Visit(address, SIZES["phone"]).save("consent-phone")
    urgent = Visit(address, SIZES["phone"], "dark")
    urgent.click("#agree")
    urgent.say("I am vomiting blood. HBsAg positive, ALT 30")
    urgent.save("urgent-dark-phone")
    for device, size in SIZES.items():
        page = Visit(address, size)
        page.hear_the_phase()
        page.save(device, leave=False)
        page.see_the_handout()
        page.save(f"handout-{device}")
        Visit(f"{address}/demo", size).save(f"demo-{device}")
        widget = Visit(f"{address}/demo", size)
        widget.click("#launcher")
        widget.hear_the_phase()
        widget.save(f"widget-{device}")
    save_kiosk(address)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
