"""The hand-out as an HTML document: for the screen and, by its style sheet, for one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from assistant.handout.sheet import Part, Sheet
from assistant.handout.speaking import Speaker
from assistant.pictures.picture import WIDE, svg

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FLOWING = frozenset({"results", "person", "phase", "why", "advice", "guidelines", "missing", "next", "questions"})
"""Parts that stand in two columns where there is room; the others take the whole width."""


def to_html(sheet: Sheet, speaker: Speaker) -> str:
    """The whole document. Everything on it is escaped; it loads one style sheet and one script of this server."""
    before = [part for part in sheet.parts if part.name in {"urgent", "map"}]
    flowing = [part for part in sheet.parts if part.name in FLOWING]
    after = [part for part in sheet.parts if part not in before and part not in flowing]
    article = _tag(
        "article",
        _tag("h1", escape(sheet.title)),
        *(_tag("p", escape(text), class_="line") for text in sheet.lines),
        *(_part(part, sheet.language) for part in before),
        _tag("div", *(_part(part, sheet.language) for part in flowing), class_="columns"),
        *(_part(part, sheet.language) for part in after),
        _tag("footer", *(_tag("p", escape(text)) for text in sheet.footer)),
        class_="handout",
        lang=sheet.language,
    )
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(sheet.title)}</title>\n"
        '<link rel="icon" type="image/svg+xml" href="/static/icon.svg">\n'
        '<link rel="stylesheet" href="/static/handout.css">\n'
        '<script type="module" src="/static/handout_page.js"></script>\n</head>\n<body class="handout-page">\n'
        f"{_tools(speaker)}\n<main>{article}</main>\n</body>\n</html>\n"
    )


def _tools(speaker: Speaker) -> str:
    """Print and save, on the screen only; the button is shown by the script that makes it work."""
    return _tag(
        "nav",
        f'<button type="button" id="print" hidden>{escape(speaker.named("utter_handout_print"))}</button>',
        _tag("a", escape(speaker.named("utter_handout_save")), href="handout.pdf"),
        class_="tools",
    )


def _part(part: Part, language: str) -> str:
    heading = _tag("h2", escape(part.heading)) if part.heading else ""
    points = _tag("ul", *(_tag("li", escape(text)) for text in part.points)) if part.points else ""
    picture = _tag("figure", svg(part.picture, WIDE, language)) if part.picture else ""
    return _tag(
        "section",
        heading,
        *(_tag("p", escape(text)) for text in part.sentences),
        points,
        _table(part) if part.rows else "",
        *(_tag("p", escape(text), class_="footnote") for text in part.notes),
        picture,
        class_=f"part {part.name}",
    )


def _table(part: Part) -> str:
    head = _tag("tr", *(_tag("th", escape(text), scope="col") for text in part.head))
    return _tag("table", _tag("thead", head), _tag("tbody", *map(_row, part.rows)))


def _row(cells: Iterable[str]) -> str:
    first, *rest = (_DAY.sub(r"<time>\g<0></time>", escape(cell)) for cell in cells)
    return _tag("tr", _tag("th", first, scope="row"), *(_tag("td", cell) for cell in rest))


def _tag(name: str, *inside: str, **attributes: str) -> str:
    """An element with what is inside it, which is markup already."""
    given = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{''.join(inside)}</{name}>"
