"""The page in a real Chromium against the running servers."""

from __future__ import annotations

import base64
import io
import urllib.error
import urllib.request

import pdfplumber
import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.live, pytest.mark.browser]

A4, LETTER = (8.27, 11.69), (8.5, 11.0)
SMALLEST = 6.4
THIN = 2
"""Points of the smallest letters on paper, those of the sources when all is at its smallest."""
TOLERANT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL, ALT 22"


def printed(page, paper):
    """The pages that the browser prints on paper of this width and height in inches."""
    size = {"paperWidth": paper[0], "paperHeight": paper[1], "preferCSSPageSize": False}
    content = base64.b64decode(page.driver.execute_cdp_cmd("Page.printToPDF", size)["data"])
    return pdfplumber.open(io.BytesIO(content)).pages


def test_page_keyboard_alone_reaches_a_phase(open_page, stack):
    page = open_page(stack.address, agree=False)
    page.press(Keys.TAB)
    page.press(Keys.ENTER)  # the skip link leads to what there is to do first: agree
    page.press(Keys.ENTER)  # and that to the message box
    page.press("I'm 24, male,", Keys.SHIFT + Keys.ENTER + Keys.NULL, TOLERANT, Keys.ENTER)
    page.answered()
    for _ in range(7):  # at most six questions
        if page.all(".section-phase"):
            break
        _choose_by_keyboard(page, "I don't know")
    assert "immune tolerance" in page.texts(".section-phase")[0].lower()
    assert "fit Immune tolerance" in page.all(".picture.phase_map desc")[0].get_attribute("textContent")
    assert page.texts(".section-advice"), "the advice follows the phase"
    assert page.texts(".patient")[0].count("\n") == 1, "Shift+Enter makes a line, Enter sends"


def _choose_by_keyboard(page, title):
    """Go back from wherever the focus is to the answer with this title, and give it."""
    name = "const at = root.activeElement ?? document.activeElement; return (at.labels?.[0] ?? at).textContent"
    for _ in range(40):
        page.go_back()
        if page.run(name) == title:
            break
    if page.run("return root.activeElement.type") == "checkbox":
        page.press(Keys.SPACE, Keys.TAB)
    page.press(Keys.ENTER)
    page.answered()


def test_page_loads_nothing_from_elsewhere(page):
    page.driver.get_log("browser")  # what other tests provoked
    page.load()
    page.say(TOLERANT)
    loaded = page.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert loaded
    assert [name for name in loaded if not name.startswith(page.url)] == []
    errors = [entry for entry in page.driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert errors == [], "no script error, no file missing, nothing refused by the content security policy"


def test_page_reload_keeps_the_conversation(page):
    page.say("What is HBeAg?")
    page.say(TOLERANT)
    before = page.texts(".group")
    open_before = page.texts(".groups button:not([disabled])")
    page.reload()
    assert page.texts(".group") == before
    assert page.texts(".groups button:not([disabled])") == open_before, "only the newest question stays open"


def test_page_delete_my_data_erases_the_conversation_on_the_server(page):
    page.say(TOLERANT)
    address = f"{page.url}api/conversations/{page.conversation()}"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server on loopback
        assert answer.status == 200
    page.click("#delete")
    page.click("#confirm-yes")
    page.wait_until(lambda: "deleted" in page.all("#status")[0].text)
    with pytest.raises(urllib.error.HTTPError) as gone:
        urllib.request.urlopen(address)  # noqa: S310 - our own server on loopback
    gone.value.close()
    assert gone.value.code == 404
    assert page.all(".group") == []
    assert page.all("#welcome")[0].is_displayed()
    assert page.run("return sessionStorage.length + localStorage.length") == 0


def test_page_shows_no_old_words_after_delete_my_data_is_typed(page):
    page.say(TOLERANT)
    page.say("delete my data")
    assert TOLERANT not in page.texts(".patient .bubble")
    page.reload()
    assert TOLERANT not in page.texts(".patient .bubble")


def test_page_shows_the_handout_by_keyboard_and_prints_it_alone_on_one_page(page):
    page.say_and_hear_the_phase(TOLERANT)
    page.run("root.getElementById('print').focus()")
    page.press(Keys.ENTER)
    page.wait("#sheet[open] .handout")
    assert page.run("return root.activeElement.id") == "sheet-print"
    shown = page.all("#sheet-body")[0].text
    for wanted in ("320,000,000 IU/mL", "immune tolerance", "Questions to ask the doctor", "WHO 2024"):
        assert wanted in shown
    [sheet] = printed(page, A4)
    text = sheet.extract_text()
    assert "320,000,000 IU/mL" in text
    assert "Delete my data" not in text
    assert "Save as PDF" not in text
    page.press(Keys.ESCAPE)
    page.wait_until(lambda: not page.all("#sheet[open]"))


@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
def test_page_prints_a_long_handout_on_one_sheet_of_any_paper(page, paper):
    page.say_and_hear_the_phase(
        f"{OVER_TIME} AST 60 U/L, platelets 150, bilirubin 1.1 mg/dL, my father had liver cancer"
    )
    page.wait_until(lambda: "Sources" in page.all("#summary")[0].get_attribute("textContent"))
    [sheet] = printed(page, paper)
    text = sheet.extract_text()
    for wanted in ("56,000 IU/mL", "150", "Questions to ask the doctor", "This is education"):
        assert wanted in text
    assert min(char["size"] for char in sheet.chars) >= SMALLEST
    paper_end = max(rect["x1"] for rect in sheet.rects)
    frames = [rect["x1"] for rect in sheet.rects if rect["width"] < THIN]
    assert sheet.width / 2 < max(frames) < paper_end, "no frame is cut off at the edge"
    page.driver.get(f"{page.url}api/conversations/{page.conversation()}/handout")
    page.wait_until(lambda: page.driver.find_element("id", "print").is_displayed())
    assert len(printed(page, paper)) == 1, "the same on its own page"


def test_page_saves_the_handout_as_a_file_and_keeps_nothing_after_delete(page):
    page.say("ALT 22")
    page.run("root.getElementById('print').click()")
    page.wait("#sheet[open] .handout")
    page.run("root.getElementById('sheet-save').click()")
    page.wait_until(lambda: "saved as a PDF" in page.all("#sheet-status")[0].text)
    page.run("root.getElementById('sheet-close').click()")
    page.run("root.getElementById('delete').click()")
    page.click("#confirm-yes")
    page.wait_until(lambda: "deleted" in page.all("#status")[0].text)
    assert page.run("return root.querySelectorAll('.handout').length") == 0


def test_page_has_no_handout_before_the_first_message(page):
    page.run("root.getElementById('print').click()")
    page.wait_until(lambda: "nothing to print" in page.all("#status")[0].text)
    assert page.all("#sheet[open]") == []


def test_page_prints_the_summary_alone(page):
    page.say_and_hear_the_phase(TOLERANT)
    # It is there before the browser's own print command, which waits for nothing.
    page.wait_until(lambda: "immune tolerance" in page.all("#summary")[0].get_attribute("textContent"))
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    printed = page.run("return root.querySelector('.root').innerText")
    for wanted in ("24", "320,000,000", "22", "immune tolerance", "Sources", "2026"):
        assert wanted.lower() in printed.lower()
    assert "Your message" not in printed
    assert "Delete my data" not in printed
    assert TOLERANT not in printed, "made from what was understood, never from chat text"


def test_page_puts_urgent_signs_before_everything(page):
    page.say("I am vomiting blood. HBsAg positive, ALT 30")
    first = page.all(".assistant")[0]
    assert "section-urgent" in first.get_attribute("class")
    assert first.find_elements("css selector", "svg.icon"), "not told by colour alone"


def test_page_closes_a_question_once_it_is_answered(page):
    page.say("HBsAg positive, ALT 22, 24 years old, male")
    page.answered()  # until then the log still moves
    question = page.wait(".choices:not(.closed)")
    button = question.find_elements("css selector", "button.choice")[0]
    title = button.text
    page.tap(button)
    page.wait_until(lambda: title in page.texts(".patient .bubble"))
    page.answered()
    assert question.find_elements("css selector", "button:not([disabled]):not([aria-disabled])") == []
    assert "chosen" in button.get_attribute("class")


def test_page_asks_below_the_answer_if_it_helped_where_the_answer_offers_other_questions(page):
    page.say("alt")
    assert "rating" in page.wait(".rating").get_attribute("class")
    assert page.run("return root.querySelector('.patient + .rating')") is None


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 900)])
def test_page_never_scrolls_sideways(page, width, height):
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )
    assert page.run("return document.documentElement.scrollWidth") <= width
    page.say_and_hear_the_phase(TOLERANT)
    page.say("x" * 200)
    assert page.run("return document.documentElement.scrollWidth") <= width


def test_page_targets_are_44_pixels_and_have_names(page):
    page.say("HBsAg positive, ALT 22, 24 years old, male")
    targets = page.run(
        "return [...root.querySelectorAll('button, textarea, label.tick')].filter((node) => node.checkVisibility())"
        ".map((node) => [node.textContent || node.labels[0].textContent, node.getBoundingClientRect().height])"
    )
    assert targets
    assert [target for target in targets if not target[0].strip() or target[1] < 44] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_pictures_are_readable_at_every_width(page, width):
    page.resize(width, 900)
    page.say_and_hear_the_phase(OVER_TIME)
    page.wait(".picture.guidelines")
    assert [figure.get_attribute("class").split()[-1] for figure in page.all(".picture")] == [
        "phase_map",
        "chart",
        "guidelines",
    ]
    sizes = page.run(
        "return [...root.querySelectorAll('.drawing text')].filter((node) => node.checkVisibility())"
        ".map((node) => [node.textContent, parseFloat(getComputedStyle(node).fontSize)"
        " * node.ownerSVGElement.getBoundingClientRect().width / node.ownerSVGElement.viewBox.baseVal.width])"
    )
    assert len(sizes) >= 20
    assert [size for size in sizes if size[1] < 13.95] == [], "a drawing is never made smaller"
    over = page.run(OVER_EACH_OTHER)
    assert over == []
    assert page.run("return document.documentElement.scrollWidth") <= width


OVER_TIME = (
    "I'm 45, male. HBsAg positive since birth, HBeAg negative. HBV DNA 56,000 IU/mL on 2024-01-05 and 1,200 IU/mL on "
    "2025-03-03. ALT 96 U/L on 2024-01-05, ALT 33 U/L on 2025-03-03."
)
OVER_EACH_OTHER = """
    const found = [];
    for (const drawing of root.querySelectorAll('.drawing')) {
      const boxes = [...drawing.querySelectorAll('text')].filter((node) => node.checkVisibility())
        .map((node) => [node.textContent, node.getBoundingClientRect()]);
      boxes.forEach(([one, a], index) => boxes.slice(index + 1).forEach(([other, b]) => {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom - 2 <= b.top || b.bottom - 2 <= a.top;
        if (!apart) found.push([one, other]);
      }));
    }
    return found;"""


def test_page_picture_has_a_name_a_description_and_a_table_reached_by_keyboard(page):
    page.say_and_hear_the_phase(TOLERANT)
    page.wait(".picture.guidelines")
    tree = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    images = [node for node in tree if node["role"]["value"] in {"image", "img"} and not node["ignored"]]
    named = {node["name"]["value"]: node.get("description", {}).get("value", "") for node in images}
    assert "Your results fit Immune tolerance" in named["The four phases, and where your results fit"]
    assert "Regular tests" in named["What each guideline says now"]
    summary = page.all(".picture.guidelines summary")[0]
    page.run("arguments[0].focus()", summary)
    page.press(Keys.ENTER)
    table = page.all(".picture.guidelines table")[0]
    page.wait_until(table.is_displayed)
    assert "WHO 2024" in table.text


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_page_shows_the_phase_when_the_answer_has_come(page, width, height):
    page.resize(width, height)
    page.say_and_hear_the_phase(TOLERANT)
    top = "return root.querySelector('.section-phase h2').getBoundingClientRect().top"
    page.wait_until(lambda: 0 <= page.run(top) < height / 2)


def test_page_folds_the_long_sections_and_opens_them_by_keyboard(page):
    page.say_and_hear_the_phase(TOLERANT)
    summary = page.wait(".section-sources summary")
    assert summary.text == "Sources"
    sources = page.all(".section-sources .bubble")[0]
    assert not sources.is_displayed()
    page.run("arguments[0].focus()", summary)
    page.press(Keys.ENTER)
    page.wait_until(sources.is_displayed)
