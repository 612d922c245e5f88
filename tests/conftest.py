"""What all tests share: no telemetry, and browser tests that say why they did not run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import sanic  # noqa: F401 - at its import it sets a filter of warnings; here pytest sets ours before it again

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


AXE = Path(__file__).parents[1] / ".build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = {
    "browser": ("chromium", "chromedriver"),
    "tesseract": ("tesseract",),
    "speech": ("speech-dispatcher", "espeak-ng"),
    "axe": (str(AXE),),
}
"""Per marker the programs (or files) that its tests need."""


def pytest_runtest_setup(item):
    for marker, programs in PROGRAMS.items():
        if item.get_closest_marker(marker) is None or all(
            shutil.which(name) or Path(name).is_file() for name in programs
        ):
            continue
        reason = f"not installed: {', '.join(programs)} (see scripts/{Path(programs[0]).name.partition('.')[0]}.sh)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def axe_script():
    """The text of axe-core, which a page runs to check itself."""
    return AXE.read_text(encoding="utf-8")


def start_chromium(*flags):
    """A headless Chromium of its own, with these flags beside those of all tests."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*CHROMIUM_FLAGS, *flags):
        options.add_argument(flag)
    # The driver's path keeps Selenium from looking for one on the network.
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all tests marked ``browser``, driven by Selenium; a test opens a tab of its own."""
    driver = start_chromium()
    yield driver
    driver.quit()


@pytest.fixture
def speaking_chromium():
    """A Chromium that has the voices of the system."""
    driver = start_chromium("--enable-speech-dispatcher")
    yield driver
    driver.quit()
