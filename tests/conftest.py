"""What all tests share: no telemetry, and browser tests that say why they did not run."""

from __future__ import annotations

import os
import shutil

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"

CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # continuous integration runs as root
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Chromium must talk to the server under test and to nobody else.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") is None or (shutil.which("chromium") and shutil.which("chromedriver")):
        return
    reason = "no Chromium: install chromium and chromium-driver"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all tests marked ``browser``, driven by Selenium; a test opens a tab of its own."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    # The driver's path keeps Selenium from looking for one on the network.
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()
