"""WCAG 2.2 AA on every surface and in every state: axe-core finds nothing, and what no tool can see is measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from bringing import drop_slip
from selenium.webdriver.common.keys import Keys

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
from slip_files import slip

pytestmark = [pytest.mark.live, pytest.mark.browser]

TOLERANT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"
PHONE, DESKTOP, SMALL = (390, 844), (1280, 800), (320, 640)
# The desktop at 200 and at 400 percent.
ZOOMED, MUCH_ZOOMED = (640, 400), (320, 200)

# WCAG 1.4.12: what a reader may set.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
SET_SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(arguments[0]);
root.adoptedStyleSheets.push(sheet);
document.adoptedStyleSheets.push(sheet);
"""
OPEN_ALL = "root.querySelectorAll('details').forEach((part) => { part.open = true; })"
# The height of the window that nothing of ours covers for good.
FREE = """
const covers = ['.top', '[data-position=page] .toolbar', '.dock'].flatMap((name) => [...root.querySelectorAll(name)])
  .filter((node) => getComputedStyle(node).position === 'sticky' && node.getClientRects().length);
return innerHeight - covers.reduce((sum, node) => sum + node.getBoundingClientRect().height, 0);
"""
CUT = """
return [...root.querySelectorAll('.app *')].filter((node) => node.getClientRects().length
  && !node.matches('textarea, svg, svg *') && !node.closest('.visually-hidden')
  && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)
  && getComputedStyle(node).overflow !== 'visible').map((node) => node.outerHTML.slice(0, 200))
"""
SMALL_TARGETS = """
return [...root.querySelectorAll('button, summary, textarea, .tick, input')]
  .filter((node) => node.getClientRects().length)
  .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)
"""
FOCUSED = """
const at = root.activeElement ?? document.activeElement;
const box = at.getBoundingClientRect();
const style = getComputedStyle(at);
const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]]
  .map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
return {
  name: at.id || at.ariaLabel || at.textContent.slice(0, 40),
  inside: root.contains(at),
  outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  seen: points.map(([x, y]) => root.elementFromPoint(x, y)).some((top) => at.contains(top) || top?.contains(at)),
};
"""


class Checker:
    """Runs axe-core on the whole page, the assistant's shadow root included; small and large, light and dark."""

    def __init__(self, script):
        self.script = script

    def __call__(self, page):
        page.driver.execute_script(f"if (!window.axe) {{ {self.script} }}")
        found = {}
        for size in (PHONE, DESKTOP):
            page.size(*size)
            for scheme in ("light", "dark"):
                page.emulate(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
                results = page.driver.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
                assert len(results["passes"]) > 10, "it looked"
                found.update({(*size, scheme, rule["id"]): _places(rule) for rule in results["violations"]})
        assert found == {}, json.dumps({str(key): places for key, places in found.items()}, indent=1)


def _places(rule):
    return [f"{node['target']} {node['html'][:200]} {node['failureSummary'][:200]}" for node in rule["nodes"]]


@pytest.fixture(scope="module")
def check(request):
    return Checker(request.getfixturevalue("axe_script"))


@pytest.mark.axe
def test_accessibility_of_every_state_of_the_page(open_page, stack, check):
    page = open_page(stack.address, agree=False)
    check(page)
    page.agree()
    check(page)
    drop_slip(page, slip())
    check(page)
    page.run("root.querySelector('[data-decision=change]').click()")
    check(page)
    page.press(Keys.ESCAPE)
    page.say("HBsAg positive, ALT 22, 24 years old, male")  # a question with buttons or a checklist
    check(page)
    page.say_and_hear_the_phase(TOLERANT)
    page.run(OPEN_ALL)
    page.say("I am vomiting blood")
    page.run("root.getElementById('menu').click()")  # there on the phone only
    check(page)
    page.run("root.getElementById('print').click()")
    page.wait("#sheet[open] .handout")
    check(page)
    page.run("root.getElementById('sheet-close').click(); root.getElementById('delete').click()")
    check(page)
    page.press(Keys.ESCAPE)
    with page.offline():
        page.all("#message")[0].send_keys("hello", Keys.ENTER)
        page.wait_until(lambda: "connection" in page.all("#status")[0].text)
        check(page)


@pytest.mark.axe
@pytest.mark.parametrize("position", ["corner", "inline"])
def test_accessibility_of_the_widget_in_a_page(open_page, clinic, check, position):
    page = open_page(clinic, f"/?position={position}&greeting=Guten Tag", agree=False)
    check(page)
    page.agree()
    check(page)
    page.say_and_hear_the_phase(TOLERANT)
    check(page)


@pytest.mark.axe
def test_accessibility_of_the_demonstration_page(open_page, stack, check):
    check(open_page(stack.address, "/demo", agree=False))


def test_accessibility_keyboard_alone_reaches_a_phase_in_the_widget(open_page, stack):
    page = open_page(stack.address, "/demo", agree=False)
    for _ in range(20):
        page.press(Keys.TAB)
        if page.run("return root.activeElement?.id") == "launcher":
            break
    page.press(Keys.ENTER)
    assert page.run("return root.activeElement.id") == "welcome-heading", "read from the beginning"
    page.press(Keys.TAB, Keys.ENTER)
    assert page.run("return root.activeElement.id") == "message"
    page.press(TOLERANT, Keys.ENTER)
    page.wait(".group.assistant")
    page.answered()
    if not page.all(".section-phase"):
        page.press("Just answer with what you have", Keys.ENTER)
    page.wait(".section-phase")


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_accessibility_focus_is_always_seen(open_page, stack, path):
    page = open_page(stack.address, path)
    page.say_and_hear_the_phase(TOLERANT)
    page.run(OPEN_ALL)
    page.emulate(prefers_reduced_motion="reduce")
    for size in (DESKTOP, PHONE, ZOOMED):
        page.size(*size)
        page.all("#message")[0].click()
        met = []
        for _ in range(40):
            page.go_back()
            focused = page.run(FOCUSED)
            if not focused["inside"] or focused["name"] in met:
                break
            met.append(focused["name"])
            assert focused["outlined"], (size, focused)
            assert focused["seen"], (size, focused)
        assert len(met) >= 5, (size, met)


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_accessibility_zoom_and_text_spacing_cut_nothing(open_page, stack, path):
    page = open_page(stack.address, path)
    page.run(SET_SPACING, SPACING)
    page.say_and_hear_the_phase(TOLERANT)
    page.run(OPEN_ALL)
    for width, height in (SMALL, ZOOMED, MUCH_ZOOMED):
        page.size(width, height)
        assert page.run("return document.documentElement.scrollWidth") <= width
        assert page.run("const app = root.getElementById('app'); return app.scrollWidth - app.clientWidth") <= 0
        assert page.run(CUT) == [], (width, height)
        assert page.run(SMALL_TARGETS) == [], (width, height)
        assert page.run(FREE) >= height * 0.4, "room is left to read in"


def test_accessibility_right_to_left_fits_too(page):
    page.size(320, 640)
    page.run("root.querySelector('.root').dir = 'rtl'; document.documentElement.dir = 'rtl'")
    page.say_and_hear_the_phase(TOLERANT)
    assert page.run("return document.documentElement.scrollWidth") <= 320
    boxes = page.run(
        "return ['.send', '#message', '.mark'].map((name) => root.querySelector(name).getBoundingClientRect().x)"
    )
    assert boxes[0] < boxes[1] < boxes[2], "the button stands left of its box, the mark right"


def test_accessibility_announces_writing_errors_and_nothing_twice(page):
    roles = page.run("return [root.getElementById('log').role, root.getElementById('status').role]")
    assert roles == ["log", "status"]
    page.say("What is ALT?")
    assert page.run("return root.querySelector('.rating').ariaLive") == "off"
    page.run(
        "window.said = []; new MutationObserver(() => window.said.push(root.getElementById('status').textContent))"
        ".observe(root.getElementById('status'), {childList: true})"
    )
    with page.offline():
        page.all("#message")[0].send_keys("hello", Keys.ENTER)
        page.wait_until(lambda: any("connection" in said for said in page.run("return window.said")))
    page.answered()


def test_accessibility_motion_and_colours_of_the_reader(page):
    page.emulate(prefers_reduced_motion="reduce", forced_colors="active")
    page.say("hello")
    moving = page.run("return root.getAnimations().length + document.getAnimations().length")
    borders = page.run("return getComputedStyle(root.querySelector('.send')).borderTopWidth")
    assert (moving, borders) == (0, "2px")
