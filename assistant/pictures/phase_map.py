"""The four phases in their usual order, with the patient's place: in one, between two, or not known yet.

A sketch: the curves show the usual course, never the patient's values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.pictures.lettering import LEADING, SMALLEST, text_width, wrap
from assistant.pictures.scene import Canvas, Scene
from assistant.pictures.shapes import Area, Shape, Text, circle, hatch, line, path, polygon, rect
from assistant.pictures.words import Words

PHASES = ("immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative")
"""In the usual order."""
_WIDE = 480
"""From this width on the names stand under their columns, else in a list."""
_SKETCH = (400.0, 120.0)
_VIRUS = "M0,20 C60,18 90,20 120,32 S170,92 210,98 S280,100 300,92 S350,46 400,40"
_ALT = "M0,98 C60,99 90,98 110,84 S140,36 150,36 S180,84 205,97 S285,99 305,88 S340,50 355,52 S385,74 400,60"
_PAIR = re.compile(r"(\d+),(\d+)")
_PILL = 30.0
_CIRCLE = 13.0
_SAMPLE = 36.0
_GAP = 6.0


def columns(picture: Mapping[str, Any]) -> tuple[int, ...]:
    """The places, counted from 0, that the patient has: one, the two beside the grey zone, or none."""
    names = picture.get("between") or [picture["phase"]]
    return tuple(sorted(PHASES.index(name) for name in names if name in PHASES))


def description(picture: Mapping[str, Any], words: Words) -> str:
    """The picture in words."""
    said = words["phase_map"]
    phases, text = said["phases"], said["text"]
    place = [phases[PHASES[index]] for index in columns(picture)]
    order = text["order"].format(phases=words["between_names"].join(phases[name] for name in PHASES))
    if len(place) > 1:
        return f"{order} {text['between'].format(first=place[0], second=place[-1])}"
    return f"{order} {text['named'].format(phase=place[0]) if place else text['unknown']}"


def table(picture: Mapping[str, Any], words: Words) -> list[list[str]]:
    """Per phase its name and whether the results fit it."""
    said, here = words["phase_map"], columns(picture)
    cells = said["cells"]
    sign = cells["here"] if len(here) == 1 else cells["beside"]
    other = cells["none"] if here else cells["unknown"]
    return [[said["phases"][name], sign if index in here else other] for index, name in enumerate(PHASES)]


def paint(picture: Mapping[str, Any], words: Words, width: float) -> Scene:
    """The picture, ``width`` pixels wide."""
    said, here = words["phase_map"], columns(picture)
    canvas = Canvas(width, margin=12 if width < _WIDE else 20)
    canvas.y = canvas.margin
    canvas.paragraph(said["title"], size=16, bold=True)
    canvas.y += _GAP
    column = canvas.inner / len(PHASES)
    middles = [canvas.margin + (index + 0.5) * column for index in range(len(PHASES))]
    _marker(canvas, said, middles, here)
    _sketch(canvas, column, here)
    canvas.y += _GAP
    names = [said["phases"][name] for name in PHASES]
    if width < _WIDE:
        _numbers(canvas, middles, here)
        _list(canvas, names, here)
    else:
        _numbers(canvas, middles, here)
        _under(canvas, names, middles, column, here)
    canvas.y += _GAP
    _key(canvas, said)
    canvas.paragraph(said["note"], role="soft")
    return canvas.scene(said["title"], description(picture, words))


def paint_row(picture: Mapping[str, Any], words: Words, width: float) -> Scene:
    """The phases in one row of boxes without the sketch, for paper: the place is framed, hatched and named."""
    said, here = words["phase_map"], columns(picture)
    canvas = Canvas(width, margin=2)
    canvas.y = canvas.margin
    column = canvas.inner / len(PHASES)
    _marker(canvas, said, [canvas.margin + (index + 0.5) * column for index in range(len(PHASES))], here)
    rows = [wrap(said["phases"][name], SMALLEST, column - 3 * _CIRCLE - 14, bold=True) for name in PHASES]
    tall = max(2 * _CIRCLE, max(map(len, rows)) * SMALLEST * LEADING) + 12
    for index, lines in enumerate(rows):
        area = Area(canvas.margin + index * column + 1.5, canvas.y, column - 3, tall)
        if index in here:
            canvas.add(rect("here" if len(here) == 1 else "between", area))
        else:
            canvas.add(rect("frame", area))
        middle = canvas.y + tall / 2
        canvas.add(*_number(index, area.x + _CIRCLE + 6, middle, here))
        for place, text in enumerate(lines):
            base = middle + 5 + (place - (len(lines) - 1) / 2) * SMALLEST * LEADING
            canvas.add(Text(area.x + 2 * _CIRCLE + 14, base, text, bold=index in here))
    canvas.y += tall
    return canvas.scene(said["title"], description(picture, words))


def _marker(canvas: Canvas, said: Words, middles: Sequence[float], here: tuple[int, ...]) -> None:
    """What says where the patient is, above the sketch, with an arrow to the place."""
    label = said["here"] if len(here) == 1 else said["grey_zone"] if here else said["not_known"]
    point = sum(middles[index] for index in here or range(len(middles))) / len(here or middles)
    lines = wrap(label, SMALLEST, canvas.inner - 24, bold=True)
    wide = max(text_width(row, SMALLEST, bold=True) for row in lines) + 24
    tall = _PILL + (len(lines) - 1) * SMALLEST * LEADING
    left = min(max(point - wide / 2, canvas.margin), canvas.width - canvas.margin - wide)
    canvas.add(rect("pill" if here else "pill-open", Area(left, canvas.y, wide, tall), radius=_PILL / 2))
    role, ground = ("on-pill", "pill") if here else ("ink", "card")
    for index, row in enumerate(lines):
        base = canvas.y + 20 + index * SMALLEST * LEADING
        canvas.add(Text(left + wide / 2, base, row, role, anchor="middle", bold=True, ground=ground))
    canvas.y += tall
    if here:
        top = canvas.y + 2
        tip = min(max(point, left + 16), left + wide - 16)
        canvas.add(polygon("pill", [(tip - 9, top), (tip + 9, top), (point, top + 12)]))
    canvas.y += 18


def _sketch(canvas: Canvas, column: float, here: tuple[int, ...]) -> None:
    """The columns with the two curves; the place of the patient is framed and hatched."""
    left, top, tall = canvas.margin, canvas.y, 0.17 * canvas.width + 40
    if here:
        start = left + (sum(here) / len(here)) * column
        area = Area(start + 1.5, top, column - 3, tall)
        canvas.add(rect("here" if len(here) == 1 else "between", area), hatch("hatch", area))
    canvas.add(rect("frame", Area(left, top, canvas.inner, tall), radius=4))
    canvas.add(*(line("frame", left + i * column, top, left + i * column, top + tall) for i in range(1, len(PHASES))))
    for role, d in (("virus", _VIRUS), ("alt", _ALT)):
        canvas.add(path(role, _scaled(d, left, top, canvas.inner, tall)))
    canvas.y += tall


def _scaled(d: str, left: float, top: float, width: float, height: float) -> str:
    x, y = width / _SKETCH[0], height / _SKETCH[1]
    return _PAIR.sub(lambda pair: f"{left + float(pair[1]) * x:.1f},{top + float(pair[2]) * y:.1f}", d)


def _number(index: int, x: float, y: float, here: tuple[int, ...]) -> Iterator[Shape | Text]:
    """The number of a phase in a circle; filled where the patient is."""
    filled = here == (index,)
    yield circle("pill" if filled else "neighbour" if index in here else "number", x, y, _CIRCLE)
    role, ground = ("on-pill", "pill") if filled else ("ink", "card")
    yield Text(x, y + 5, str(index + 1), role, anchor="middle", bold=True, ground=ground)


def _numbers(canvas: Canvas, middles: Sequence[float], here: tuple[int, ...]) -> None:
    for index, x in enumerate(middles):
        canvas.add(*_number(index, x, canvas.y + _CIRCLE, here))
    canvas.y += 2 * _CIRCLE + _GAP


def _under(
    canvas: Canvas, names: Sequence[str], middles: Sequence[float], column: float, here: tuple[int, ...]
) -> None:
    """Each name under the number of its phase."""
    tallest = 0
    for index, (name, x) in enumerate(zip(names, middles, strict=True)):
        bold = index in here
        rows = wrap(name, SMALLEST, column - 8, bold=bold)
        tallest = max(tallest, len(rows))
        for place, row in enumerate(rows):
            base = canvas.y + SMALLEST + place * SMALLEST * LEADING
            canvas.add(Text(x, base, row, anchor="middle", bold=bold))
    canvas.y += tallest * SMALLEST * LEADING


def _list(canvas: Canvas, names: Sequence[str], here: tuple[int, ...]) -> None:
    """The names below each other, each behind its number."""
    left = canvas.margin + 2 * _CIRCLE + 10
    for index, name in enumerate(names):
        bold = index in here
        rows = wrap(name, SMALLEST, canvas.width - canvas.margin - left, bold=bold)
        canvas.add(*_number(index, canvas.margin + _CIRCLE, canvas.y + _CIRCLE, here))
        for place, row in enumerate(rows):
            canvas.add(Text(left, canvas.y + _CIRCLE + 5 + place * SMALLEST * LEADING, row, bold=bold))
        canvas.y += 2 * _CIRCLE + _GAP + (len(rows) - 1) * SMALLEST * LEADING


def _key(canvas: Canvas, said: Words) -> None:
    """Which curve is which."""
    left = canvas.margin + _SAMPLE + 10
    for role in ("virus", "alt"):
        middle = canvas.y + SMALLEST * 0.65
        canvas.add(path(role, f"M{canvas.margin + 2:.1f},{middle:.1f} L{canvas.margin + _SAMPLE:.1f},{middle:.1f}"))
        for row in wrap(said[role], SMALLEST, canvas.width - canvas.margin - left):
            canvas.add(Text(left, canvas.y + SMALLEST, row))
            canvas.y += SMALLEST * LEADING
        canvas.y += 3
