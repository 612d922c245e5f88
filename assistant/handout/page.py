"""The hand-out as an HTML document: for the screen and, by its style sheet, for one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from assistant.handout.sheet import Part, Sheet
from assistant.handout.speaking import Speaker
from assistant.pictures.picture import WIDE, tree
from assistant.pictures.tree import Node, element, markup

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")
FLOWING = frozenset({"results", "person", "phase", "why", "advice", "guidelines", "missing", "next", "questions"})
"""Parts that stand in two columns where there is room; the others take the whole width."""


def to_html(sheet: Sheet, speaker: Speaker) -> str:
    """The whole document. Everything on it is escaped; it loads one style sheet and one script of this server."""
    language, title = escape(sheet.language), escape(sheet.title)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n"
        '<link rel="icon" type="image/svg+xml" href="/static/icon.svg">\n'
        '<link rel="stylesheet" href="/static/handout.css">\n'
        '<script type="module" src="/static/handout_page.js"></script>\n</head>\n<body class="handout-page">\n'
        f"{markup(_tools(speaker))}\n<main>{markup(to_tree(sheet))}</main>\n</body>\n</html>\n"
    )


def to_tree(sheet: Sheet) -> Node:
    """The sheet as an element, for a page that shows it inside itself."""
    before = [part for part in sheet.parts if part.name in {"urgent", "map"}]
    flowing = [part for part in sheet.parts if part.name in FLOWING]
    after = [part for part in sheet.parts if part not in before and part not in flowing]
    parts = (
        element("h1", {}, [sheet.title]),
        *(element("p", {"class": "line"}, [text]) for text in sheet.lines),
        *(_part(part, sheet.language) for part in before),
        element("div", {"class": "columns"}, (_part(part, sheet.language) for part in flowing)),
        *(_part(part, sheet.language) for part in after),
        element("footer", {}, (element("p", {}, [text]) for text in sheet.footer)),
    )
    return element("article", {"class": "handout", "lang": sheet.language}, parts)


def _tools(speaker: Speaker) -> Node:
    """Print and save, on the screen only; the button is shown by the script that makes it work."""
    printing = {"type": "button", "id": "print", "hidden": ""}
    return element(
        "nav",
        {"class": "tools"},
        (
            element("button", printing, [speaker.named("utter_handout_print")]),
            element("a", {"href": "handout.pdf"}, [speaker.named("utter_handout_save")]),
        ),
    )


def _part(part: Part, language: str) -> Node:
    return element("section", {"class": f"part {part.name}"}, _inside(part, language))


def _inside(part: Part, language: str) -> Iterator[Node]:
    if part.heading:
        yield element("h2", {}, [part.heading])
    yield from (element("p", {}, [text]) for text in part.sentences)
    if part.points:
        yield element("ul", {}, (element("li", {}, [text]) for text in part.points))
    if part.rows:
        head = element("tr", {}, (element("th", {"scope": "col"}, [text]) for text in part.head))
        yield element("table", {}, (element("thead", {}, [head]), element("tbody", {}, map(_row, part.rows))))
    yield from (element("p", {"class": "footnote"}, [text]) for text in part.notes)
    if part.picture:
        yield element("figure", {}, [tree(part.picture, WIDE, language)])


def _row(cells: Iterable[str]) -> Node:
    first, *rest = (_with_days(cell) for cell in cells)
    return element("tr", {}, (element("th", {"scope": "row"}, first), *(element("td", {}, cell) for cell in rest)))


def _with_days(text: str) -> list[Node | str]:
    """The text with its days as elements, which are not broken at the end of a line."""
    pieces = _DAY.split(text)
    return [element("time", {}, [piece]) if place % 2 else piece for place, piece in enumerate(pieces) if piece]
