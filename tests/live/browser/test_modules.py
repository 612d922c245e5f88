"""Parts of the page that are pure functions, run in the browser that will run them."""

from __future__ import annotations

import json

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
    "bad",
    [
        ["script", {}, "alert(1)"], ["path", {"onload": "x"}], ["rect", {"style": "fill:red"}],
        ["image", {"href": "/x.png"}], ["use", {"xlink:href": "#a"}], ["foreignObject", {}], ["p", {"srcset": "x"}],
        ["a", {"href": "https://example.org"}],
        ["section", {}, ["iframe", {}]],
    ],
)  # fmt: skip
def test_modules_tree_grows_words_tables_and_shapes_only(page, bad):
    grown = "return m.plant(tree).outerHTML;"
    good = [
        "article",
        {"class": "x"},
        ["p", {}, "<b>1 & 2</b>"],
        ["svg", {"viewBox": "0 0 9 9"}, ["line", {"x1": "4"}]],
    ]
    html = page.module("tree.js", f"const tree = {json.dumps(good)}; {grown}")
    svg = '<svg viewBox="0 0 9 9"><line x1="4"></line></svg>'
    assert html == f'<article class="x"><p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>{svg}</article>'
    assert "not allowed" in page.module("tree.js", f"const tree = {json.dumps(bad)}; {grown}")


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


def test_modules_checklist_sends_what_is_ticked_and_keeps_the_other_answers_apart(page):
    shown = page.module(
        "choices.js",
        """const strings = {
          choices_label: "a", checklist_label: "b", send_checked: "Send", nothing_checked: "Tick!", chosen: "c",
        };
        const buttons = [["HIV", "1"], ["Cirrhosis", "2"], ["Diabetes", "3"], ["None of these", "4", true]]
          .map(([title, choice, alone]) => ({title, choice, alone}));
        const sent = [];
        const choices = new m.Choices({buttons, select: "many"}, strings, (chosen) => {
          sent.push(chosen);
          choices.close();
        });
        document.body.append(choices.node);
        const send = choices.node.querySelector("fieldset button");
        send.click();
        const hint = choices.node.querySelector(".hint").textContent;
        const boxes = [...choices.node.querySelectorAll("input")];
        boxes[0].click(); boxes[2].click(); send.click(); send.click();
        return {hint, sent, boxes: boxes.length, apart: choices.node.querySelector(".choice-row").textContent,
          open: choices.node.querySelectorAll("input:not([disabled]), button:not([disabled])").length};""",
    )
    assert shown == {
        "hint": "Tick!",
        "sent": [[{"title": "HIV", "choice": "1"}, {"title": "Diabetes", "choice": "3"}]],
        "boxes": 3,
        "apart": "None of these",
        "open": 0,
    }


def test_modules_best_language_falls_back_on_the_first(page):
    chosen = page.module(
        "strings.js",
        """const declared = ["en", "zh-Hans"];
        return [["zh-CN", "en"], ["fr"], ["EN-gb"]].map((wanted) => m.bestLanguage(declared, wanted));""",
    )
    assert chosen == ["zh-Hans", "en", "en"]


def test_modules_notes_are_no_points_of_a_list(page):
    notes = page.module(
        "cards.js",
        """return ["* This is not yet checked.", "For comparison, what older ones say:", "WHO 2024 treats."]
          .map((text) => m.isNote({section: "differ", text}));""",
    )
    assert notes == [True, True, False]


def test_modules_composer_keeps_messages_typed_while_the_assistant_writes_as_lines_of_their_own(page):
    sent = page.module(
        "composer.js",
        """const form = document.createElement("form"), box = document.createElement("textarea"), sent = [];
        form.append(box);
        document.body.append(form);
        const composer = new m.Composer(form, box, (text) => sent.push(text));
        const enter = () => box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", cancelable: true}));
        const type = (text) => { box.value += text; box.dispatchEvent(new Event("input")); };
        composer.busy = true;
        type("HBeAg negative"); enter();
        type("HBV DNA 500"); enter();
        sent.push("answered");
        composer.busy = false;
        form.remove();
        return sent;""",
    )
    assert sent == ["answered", "HBeAg negative\nHBV DNA 500"]
