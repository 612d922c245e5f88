"""The hand-out as PDF: one A4 page for a usual record, more only when there is more to say than fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    Image,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from assistant.handout.page import FLOWING
from assistant.handout.sheet import Part, Sheet
from assistant.pictures.lettering import BOLD, REGULAR, register_fonts
from assistant.pictures.picture import WIDE, png
from assistant.pictures.style import HERE, INK, LINE, PILL, SOFT

MARGIN = 11 * mm
GUTTER = 6 * mm
_INSET = 6.0
"""Points that the page keeps free on each side within its margins."""
WIDTH = A4[0] - 2 * MARGIN - 2 * _INSET
SIZES = (8.5, 8.0, 7.5)
"""Points, the largest first. The font is a wide one: at 8.5 its letters are as large as those of others at 9.5."""
SMALLEST_SIZE = 6.5
URGENT = "#8f1014"
_ZOOM = 2.5
_SHARES = {2: (0.4, 0.6), 3: (0.42, 0.36, 0.22)}
"""Widths of the columns of a table, by their number."""
_LOOKALIKES = str.maketrans({"\u03bc": "\u00b5", "\u2011": "-", "\u202f": "\u00a0"})
"""Characters that the font lacks, with those that look the same."""


def to_pdf(sheet: Sheet) -> bytes:
    """The PDF file, in the largest size in which it fits on one page. Its text can be read, searched and copied."""
    register_fonts()
    image = png(picture, WIDE, sheet.language, _ZOOM) if (picture := _picture(sheet)) else None
    for size in SIZES:
        pages, content = _built(sheet, image, Styles(size))
        if pages == 1:
            break
    return content


def _picture(sheet: Sheet) -> Mapping[str, Any] | None:
    part = sheet.part("map")
    return part.picture if part else None


def _built(sheet: Sheet, image: bytes | None, styles: Styles) -> tuple[int, bytes]:
    """How many pages it has, and the file."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN),
        title=sheet.title,
        lang=sheet.language,
        invariant=1,  # the same sheet makes the same file: no time of making in it
    )
    document.build(list(_story(sheet, image, styles)))
    return document.page, out.getvalue()


def _story(sheet: Sheet, image: bytes | None, styles: Styles) -> Iterator[Flowable]:
    """Everything in reading order, as on the page."""
    yield styles.text(sheet.title, "title")
    yield from (styles.text(line) for line in sheet.lines)
    if urgent := sheet.part("urgent"):
        yield from _framed(urgent, styles)
    if image:
        drawn = Image(BytesIO(image))
        drawn.drawWidth, drawn.drawHeight = WIDTH, drawn.imageHeight * WIDTH / drawn.imageWidth
        yield from (Spacer(0, 1.5 * mm), drawn)
    yield from _columns([part for part in sheet.parts if part.name in FLOWING], styles)
    if signs := sheet.part("signs"):
        yield from _framed(signs, styles)
    if sources := sheet.part("sources"):
        yield styles.text(sources.heading, "heading")
        yield styles.text(" • ".join(sources.sentences), "small")
    yield Spacer(0, 1 * mm)
    yield styles.text(" ".join(sheet.footer), "small")


def _columns(parts: Sequence[Part], styles: Styles) -> list[Flowable]:
    """Two columns about as high as each other; below each other where a column would not fit on a page."""
    column = (WIDTH - GUTTER) / 2
    blocks = [_part(part, column, styles) for part in parts]
    heights = [sum(_height(item, column) for item in block) for block in blocks]
    first = min(range(len(parts) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
    if max(sum(heights[:first]), sum(heights[first:])) > A4[1] - 2 * MARGIN - 2 * _INSET:
        return [KeepTogether(_part(part, WIDTH, styles)) for part in parts]
    left, right = (list(chain.from_iterable(half)) for half in (blocks[:first], blocks[first:]))
    table = Table([[left, "", right]], colWidths=[column, GUTTER, column])
    table.setStyle(TableStyle([*_padding(0, 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return [table]


def _height(item: Flowable, width: float) -> float:
    return item.wrap(width, A4[1])[1] + item.getSpaceBefore() + item.getSpaceAfter()


def _framed(part: Part, styles: Styles) -> list[Flowable]:
    """A part over the whole width in a frame: what must not be missed."""
    inside = [styles.text(part.heading, "urgent"), *(styles.text(line) for line in part.sentences)]
    frame = Table([[inside]], colWidths=[WIDTH])
    frame.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1.5, HexColor(URGENT)), *_padding(2, 5)]))
    return [Spacer(0, 1.5 * mm), frame]


def _part(part: Part, width: float, styles: Styles) -> list[Flowable]:
    found: list[Flowable] = [styles.text(part.heading, "heading")]
    found += [styles.text(line) for line in part.sentences]
    found += [styles.text(line, "point", bullet="•") for line in part.points]
    if part.rows:
        found.append(_table(part, width, styles))
    return found + [styles.text(line, "small") for line in part.notes]


def _table(part: Part, width: float, styles: Styles) -> Table:
    cells = [[styles.text(text, "bold") for text in part.head]]
    cells += [[styles.text(text, "text" if place else "bold") for place, text in enumerate(row)] for row in part.rows]
    table = Table(cells, colWidths=[share * width for share in _SHARES[len(part.head)]], repeatRows=1)
    ruled = ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE))
    head = ("BACKGROUND", (0, 0), (-1, 0), HexColor(HERE))
    table.setStyle(TableStyle([ruled, head, ("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(1.5, 3)]))
    return table


def _padding(upright: float, sideways: float) -> list[tuple[Any, ...]]:
    sides = {"TOP": upright, "BOTTOM": upright, "LEFT": sideways, "RIGHT": sideways}
    return [(f"{side}PADDING", (0, 0), (-1, -1), points) for side, points in sides.items()]


class Styles:
    """Paragraphs in the styles of the page, whose text has ``size`` points."""

    def __init__(self, size: float) -> None:
        text = ParagraphStyle("text", fontName=REGULAR, fontSize=size, leading=size * 1.25, textColor=HexColor(INK))
        bold = ParagraphStyle("bold", text, fontName=BOLD)
        small = max(SMALLEST_SIZE, size - 1.5)
        self._styles = {
            "text": text,
            "bold": bold,
            "point": ParagraphStyle("point", text, leftIndent=9, bulletFontName=REGULAR, bulletFontSize=size),
            "small": ParagraphStyle("small", text, fontSize=small, leading=small * 1.2, textColor=HexColor(SOFT)),
            "title": ParagraphStyle("title", bold, fontSize=14, leading=18, textColor=HexColor(PILL)),
            "heading": ParagraphStyle(
                "heading",
                bold,
                fontSize=size + 1,
                leading=size * 1.4,
                spaceBefore=4,
                spaceAfter=1,
                textColor=HexColor(PILL),
            ),
            "urgent": ParagraphStyle("urgent", bold, fontSize=size + 1, leading=size * 1.4, textColor=HexColor(URGENT)),
        }

    def text(self, text: str, style: str = "text", bullet: str | None = None) -> Paragraph:
        """A paragraph; what it says is never read as markup."""
        return Paragraph(escape(text.translate(_LOOKALIKES)), self._styles[style], bulletText=bullet)
