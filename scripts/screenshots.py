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
PATIENCE = 30
SETTLED = 1.0
"""Seconds after which nothing moves any more."""
PATIENT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"


class Visit:
    """One visit of a patient."""

    def __init__(self, address: str, size: tuple[int, int], scheme: str = "light") -> None:
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
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, "hepb-assistant[data-ready]"))

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

    def say(self, text: str) -> None:
        """Send a message and wait for the end of the answer."""
        self.find("#message").send_keys(text)
        self.find(".send").click()
        time.sleep(SETTLED)
        self.wait(lambda: self.find("#status").get_attribute("data-state") == "idle")

    def save(self, name: str) -> None:
        """Save what stands on the screen, and leave."""
        time.sleep(SETTLED)
        self.driver.save_screenshot(str(FOLDER / f"{name}.png"))
        self.driver.quit()

    def hear_the_phase(self) -> None:
        """Agree, tell the results, and go on to the phase without answering what is asked first."""
        self.click("#agree")
        for text in (PATIENT, "Just answer with what you have"):
            self.say(text)
            if self.all(".section-phase"):
                return


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
        page.save(device)
        Visit(f"{address}/demo", size).save(f"demo-{device}")
        widget = Visit(f"{address}/demo", size)
        widget.click("#launcher")
        widget.hear_the_phase()
        widget.save(f"widget-{device}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
