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


PROGRAMS = {"browser": ("chromium", "chromedriver"), "tesseract": ("tesseract",)}
"""Per marker the programs that its tests need."""


def pytest_runtest_setup(item):
    for marker, programs in PROGRAMS.items():
        if item.get_closest_marker(marker) is None or all(map(shutil.which, programs)):
            continue
        reason = f"not installed: {', '.join(programs)} (see scripts/{programs[0]}.sh)"
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
