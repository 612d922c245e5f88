"""Parts of the page that are pure functions, run in the browser that will run them."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.live, pytest.mark.browser]

STREAM = ': ping\r\n\r\nevent: message\ndata: {"text":\ndata: "é"}\n\nevent: done\rdata: {}\r\rdata: unfinished'


def test_modules_parser_gives_the_same_events_wherever_the_stream_is_cut(page):
    events = page.module(
        "sse.js",
        f"""const stream = {STREAM!r};
        const results = new Set();
        for (let cut = 0; cut <= stream.length; cut += 1) {{
          const parser = new m.EventParser();
          results.add(JSON.stringify([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]));
        }}
        return [...results];""",
    )
    assert events == ['[{"event":"message","data":"{\\"text\\":\\n\\"é\\"}"},{"event":"done","data":"{}"}]']


def test_modules_reconcile_appends_when_the_transcript_goes_on_and_replaces_when_it_differs(page):
    appended, replaced = page.module(
        "conversation.js",
        """const said = [{from: "patient", text: "a"}, {from: "assistant", text: "b"}];
        const more = [...said, {from: "assistant", text: "c"}];
        return [m.reconcile(said, more), m.reconcile(more, said)];""",
    )
    assert appended == {"append": [{"from": "assistant", "text": "c"}]}
    assert "replace" in replaced


@pytest.mark.parametrize(
    ("card", "columns"),
    [
        ('{phase: "immune_tolerant", between: null}', [0]),
        ('{phase: "indeterminate", between: ["immune_active_hbeag_negative", "inactive_carrier"]}', [2, 3]),
        ('{phase: "unknown"}', []),
    ],
)
def test_modules_phase_map_places_the_patient(page, card, columns):
    assert page.module("phase_map.js", f"return m.place({card});") == columns


def test_modules_text_is_never_markup(page):
    html = page.module(
        "text.js",
        """const box = document.createElement("div");
        box.append(...m.blocks("<img src=x onerror=alert(1)>\\n\\n- one\\n- see https://example.org/a."));
        return box.innerHTML;""",
    )
    assert "<img" not in html
    assert html.count("<li>") == 2
    assert '<a href="https://example.org/a" rel="noopener noreferrer" target="_blank">' in html


def test_modules_best_language_falls_back_on_the_first(page):
    chosen = page.module(
        "strings.js",
        """const declared = ["en", "zh-Hans"];
        return [["zh-CN", "en"], ["fr"], ["EN-gb"]].map((wanted) => m.bestLanguage(declared, wanted));""",
    )
    assert chosen == ["zh-Hans", "en", "en"]
