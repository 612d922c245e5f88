"""What each guideline says now: one row each, the answer told by a sign, its place and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.pictures.lettering import LEADING, SMALLEST, text_width, wrap
from assistant.pictures.scene import Canvas, Scene
from assistant.pictures.shapes import Shape, Text, circle, line, path
from assistant.pictures.words import Words

ANSWERS = ("treat", "consider", "monitor", "unknown", "not_applicable")
_NONE = ("unknown", "not_applicable")
_HEADS = ("treat", "consider", "monitor", "none")
_WIDE = 480
_SIGN = 10.0
_ROW = SMALLEST * LEADING
_LARGEST_NAME = 0.34
"""Share of the width that names may take."""


def description(picture: Mapping[str, Any], words: Words) -> str:
    """The picture in words: per answer the guidelines that give it."""
    said, marked = words["guidelines"], _titles(picture, words)
    sentences: list[str] = []
    for answer in ANSWERS:
        titles = [marked[row["title"]] for row in picture["rows"] if row["answer"] == answer]
        if titles:
            values = {"answer": said["answers"][answer], "guidelines": words["between_names"].join(titles)}
            sentences.append(said["text"]["answer"].format(**values))
    return " ".join((*sentences, *_note(picture, words)))


def _note(picture: Mapping[str, Any], words: Words) -> list[str]:
    """That answers rest on what is known so far: of all of them, or what the mark behind some means."""
    so_far = any(row["so_far"] for row in picture["rows"])
    return [words["guidelines"]["marked" if _marks(picture) else "so_far"]] if so_far else []


def _marks(picture: Mapping[str, Any]) -> bool:
    """Whether only some of the answers are ones so far, so that these are marked."""
    given = {row["so_far"] for row in picture["rows"] if row["answer"] not in _NONE}
    return len(given) > 1


def _titles(picture: Mapping[str, Any], words: Words) -> dict[str, str]:
    """The names of the guidelines, marked where that says something."""
    mark = words["guidelines"]["so_far_mark"] if _marks(picture) else ""
    return {row["title"]: row["title"] + (mark if row["so_far"] else "") for row in picture["rows"]}


def table(picture: Mapping[str, Any], words: Words) -> list[list[str]]:
    """Per guideline its answer."""
    said = words["guidelines"]
    rows = []
    for row in picture["rows"]:
        answer = said["short"][row["answer"]]
        title = row["title"] if row["counted"] else said["cells"]["older"].format(title=row["title"])
        rows.append([title, said["cells"]["so_far"].format(answer=answer) if row["so_far"] else answer])
    return rows


def paint(picture: Mapping[str, Any], words: Words, width: float) -> Scene:
    """The picture, ``width`` pixels wide."""
    said = words["guidelines"]
    canvas = Canvas(width, margin=12 if width < _WIDE else 20)
    canvas.y = canvas.margin
    canvas.paragraph(said["title"], size=16, bold=True)
    canvas.y += 6
    draw = _in_columns if width >= _WIDE else _in_a_list
    draw(canvas, picture["rows"], _titles(picture, words), words)
    canvas.y += 8
    given = {row["answer"] for row in picture["rows"]}
    if width >= _WIDE:
        for answer in _NONE:
            if answer in given:
                _keyed(canvas, answer, said["key"][answer])
    for note in _note(picture, words):
        canvas.paragraph(note, role="soft")
    return canvas.scene(said["title"], description(picture, words))


def _groups(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[bool, list[Mapping[str, Any]]]]:
    """The guidelines that count, then the older ones; each group only where it has any."""
    for counted in (True, False):
        if group := [row for row in rows if row["counted"] is counted]:
            yield counted, group


def _in_columns(canvas: Canvas, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], words: Words) -> None:
    """One column per answer: what the guidelines share, and where they part, is seen at a glance."""
    said = words["guidelines"]
    longest = max(text_width(titles[row["title"]], SMALLEST, bold=True) for row in rows)
    names = min(longest + 16, _LARGEST_NAME * canvas.width)
    column = (canvas.inner - names) / len(_HEADS)
    middles = {head: canvas.margin + names + (i + 0.5) * column for i, head in enumerate(_HEADS)}
    heads = {head: wrap(said["heads"][head], SMALLEST, column - 10, bold=True) for head in _HEADS}
    for head, lines in heads.items():
        for place, text in enumerate(lines):
            base = canvas.y + SMALLEST + place * _ROW
            canvas.add(Text(middles[head], base, text, "soft", anchor="middle", bold=True))
    canvas.y += max(map(len, heads.values())) * _ROW + 8
    for counted, group in _groups(rows):
        if not counted:
            canvas.y += 4
            canvas.paragraph(said["older"], role="soft")
            canvas.y += 4
        for row in group:
            lines = wrap(titles[row["title"]], SMALLEST, names - 10, bold=counted)
            tall = max(2 * _SIGN + 14, len(lines) * _ROW + 12)
            middle = canvas.y + tall / 2
            for place, text in enumerate(lines):
                base = middle + 5 + (place - (len(lines) - 1) / 2) * _ROW
                canvas.add(Text(canvas.margin, base, text, bold=counted))
            canvas.add(line("grid", canvas.margin, canvas.y, canvas.width - canvas.margin, canvas.y))
            head = row["answer"] if row["answer"] in middles else "none"
            canvas.add(*sign(row["answer"], middles[head], middle))
            canvas.y += tall
        canvas.add(line("grid", canvas.margin, canvas.y, canvas.width - canvas.margin, canvas.y))


def _in_a_list(canvas: Canvas, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], words: Words) -> None:
    """Name, and below it the sign and the words of its answer."""
    said = words["guidelines"]
    for counted, group in _groups(rows):
        if not counted:
            canvas.y += 4
            canvas.paragraph(said["older"], role="soft")
        for row in group:
            canvas.add(line("grid", canvas.margin, canvas.y + 3, canvas.width - canvas.margin, canvas.y + 3))
            canvas.y += 8
            canvas.paragraph(titles[row["title"]], bold=counted)
            _keyed(canvas, row["answer"], said["short"][row["answer"]])
            canvas.y += 2


def _keyed(canvas: Canvas, answer: str, text: str) -> None:
    """A sign with its words behind it."""
    left = canvas.margin + 2 * _SIGN + 14
    canvas.add(*sign(answer, canvas.margin + _SIGN + 2, canvas.y + _SIGN + 2))
    canvas.y += 3
    for row in wrap(text, SMALLEST, canvas.width - canvas.margin - left):
        canvas.add(Text(left, canvas.y + SMALLEST, row))
        canvas.y += _ROW
    canvas.y += 5


def sign(answer: str, x: float, y: float) -> Iterator[Shape | Text]:
    """The sign of an answer: a full, a half-full and an empty circle; a broken one where there is no answer."""
    if answer == "treat":
        yield circle("treat", x, y, _SIGN)
    elif answer == "consider":
        top, bottom = f"{x:.1f},{y - _SIGN:.1f}", f"{x:.1f},{y + _SIGN:.1f}"
        yield path("consider-half", f"M{top} A{_SIGN:g},{_SIGN:g} 0 0 0 {bottom} Z")
        yield circle("consider", x, y, _SIGN)
    elif answer == "monitor":
        yield circle("monitor", x, y, _SIGN)
    else:
        yield circle("none", x, y, _SIGN)
        if answer == "unknown":
            yield Text(x, y + 5, "?", "soft", anchor="middle", bold=True)
        else:
            yield line("none-sign", x - 4, y, x + 4, y)
