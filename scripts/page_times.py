"""Print sizes and times of the surfaces, from a running server: `scripts/page_times.py http://127.0.0.1:5005 [RUNS]`.

Time to first paint and until it can be used: since the address was opened, with an empty cache. First answer: from
sending the first message to the first words of the answer, and to its end. Median (least to most) of several runs.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 90
PATIENT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""Bytes a second and milliseconds: a telephone on a slow network."""
SLOWDOWN = 4
"""How many times slower the processor of that telephone is."""
READY = (
    "return document.querySelector('hepb-assistant[data-ready], #begin[aria-disabled=false]') ? performance.now() : 0"
)
PAINTS = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LOADED = "return [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]"
ASK = """
const [words, done] = arguments;
const root = document.querySelector('hepb-assistant').shadowRoot;
const at = (id) => root.getElementById(id);
const begin = performance.now();
let first = 0;
const look = () => {
  const now = performance.now();
  if (!first && root.querySelector('.group.assistant')) first = now - begin;
  if (first && at('status').dataset.state === 'idle') { seen.disconnect(); done([first, now - begin]); }
};
const seen = new MutationObserver(look);
seen.observe(root, { childList: true, subtree: true, attributes: true });
at('message').value = words;
at('composer').requestSubmit();
"""
BEGIN = """
const root = document.querySelector('hepb-assistant').shadowRoot;
root.getElementById('launcher')?.click();
root.getElementById('agree').click();
"""
SURFACES = {"the page": "/", "the widget on a page": "/demo", "the kiosk": "/kiosk"}


@dataclass
class Times:
    """Milliseconds of all runs on one surface; ``files`` that it loads."""

    paint: list[float] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


def start_chromium() -> Any:
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def visit(driver: Any, address: str, times: Times, *, ask: bool, slow: bool = False) -> None:
    """Open a surface with an empty cache, and ask the first question where ``ask`` says so."""
    home = driver.current_window_handle
    driver.switch_to.new_window("tab")
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    if slow:
        driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", SLOW)
    driver.get(address)
    wait = WebDriverWait(driver, PATIENCE, poll_frequency=0.01)
    times.ready.append(wait.until(lambda _: driver.execute_script(READY)))
    times.paint.append(wait.until(lambda _: driver.execute_script(PAINTS)))
    times.files |= set(driver.execute_script(LOADED))
    if ask:
        driver.execute_script(BEGIN)
        driver.set_script_timeout(PATIENCE)
        words, whole = driver.execute_async_script(ASK, PATIENT)
        times.words.append(words)
        times.whole.append(whole)
    driver.close()
    driver.switch_to.window(home)


def compressed(addresses: set[str]) -> int:
    """Bytes of these files of the server, each as gzip packs it."""
    total = 0
    for address in addresses:
        if "/health" in address or "/kiosk/clear" in address:
            continue
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - the server that was named
            total += len(gzip.compress(answer.read()))
    return total


def told(values: list[float]) -> str:
    """Median, least and most."""
    return f"{median(values):.0f} ({min(values):.0f} to {max(values):.0f})" if values else "–"


def measured(server: str, runs: int) -> Iterator[tuple[str, ...]]:
    """The rows of the table."""
    for slow in (False, True):
        for name, path in SURFACES.items():
            driver, times = start_chromium(), Times()
            for _ in range(runs):
                visit(driver, server + path, times, ask=path != "/kiosk", slow=slow)
            driver.quit()
            where = f"{name}, a slow telephone" if slow else name
            size = f"{compressed(times.files) / 1000:.1f}"
            yield where, size, told(times.paint), told(times.ready), told(times.words), told(times.whole)


def main(server: str, runs: str = "5") -> None:
    """Print the table of docs/widget.md."""
    heads = ("surface", "kB compressed", "first paint", "can be used", "first words", "whole answer")
    print("|", " | ".join(heads), "|\n" + "|---" * len(heads) + "|")
    for row in measured(server.rstrip("/"), int(runs)):
        print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
