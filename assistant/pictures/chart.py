"""ALT and HBV DNA over the days of the results, one panel each, with the limits that count for the patient.

The viral load has a logarithmic scale with a place below it for "not detected". A result that only bounds a value
("<20") is an open triangle at its bound, one that leaves a range is a bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from assistant.pictures.chart_text import description, limit_text
from assistant.pictures.lettering import LEADING, SMALLEST, text_width, wrap
from assistant.pictures.scene import Canvas, Scene
from assistant.pictures.shapes import Area, Shape, Text, circle, line, path, polygon, rect
from assistant.pictures.words import Words, round_number

LOGARITHMIC = "HBV_DNA"
_WIDE = 480
_POINT = 5.0
_APART = SMALLEST * LEADING
"""Between the base lines of two labels above each other."""
_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 5
_MOST_DECADES = 4
"""Powers of ten up to which each has a label; beyond, every second one."""
_LEAST_DECADES = 2
_LOWEST_DECADE = 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel lies, and what its edges mean. ``low`` and ``high`` are in its unit, powers of ten if ``log``."""

    left: float
    top: float
    right: float
    bottom: float
    first: date
    last: date
    low: float
    high: float
    log: bool
    floor: float

    def x(self, day: date) -> float:
        """Where a day lies; a single day in the middle."""
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 0.5
        return self.left + 14 + share * (self.right - self.left - 28)

    def y(self, value: float) -> float:
        """Where a value lies; nothing of a logarithmic scale lies on its floor."""
        if self.log and value <= 0:
            return self.floor
        place = log10(value) if self.log else value
        share = (min(max(place, self.low), self.high) - self.low) / (self.high - self.low)
        base = self.floor - (20 if self.floor != self.bottom else 0) if self.log else self.bottom
        return base - share * (base - self.top)


def paint(picture: Mapping[str, Any], words: Words, width: float) -> Scene:
    """The picture, ``width`` pixels wide."""
    said = words["chart"]
    canvas = Canvas(width, margin=12 if width < _WIDE else 20)
    canvas.y = canvas.margin
    canvas.paragraph(said["title"], size=16, bold=True)
    days = [date.fromisoformat(point["date"]) for series in picture["series"] for point in series["points"]]
    gutters = _gutters(picture, words)
    frames = []
    for series in picture["series"]:
        canvas.y += 8
        canvas.paragraph(said["heads"][series["marker"]].format(unit=series["unit"]), bold=True)
        canvas.y += SMALLEST
        frame = _frame(canvas, series, gutters, (min(days), max(days)))
        _axis(canvas, frame, series, words)
        _limits(canvas, frame, series, words)
        _points(canvas, frame, series)
        canvas.y = frame.bottom + 6
        frames.append(frame)
    _days(canvas, frames[-1], sorted(set(days)))
    _below(canvas, picture, words)
    return canvas.scene(said["title"], description(picture, words))


def _gutters(picture: Mapping[str, Any], words: Words) -> tuple[float, float]:
    """The room for labels to the left and to the right of all panels."""
    left = [text_width(text, SMALLEST) for series in picture["series"] for _, text in _ticks(series, words)]
    right = [
        text_width(round_number(limit["value"], words), SMALLEST)
        for series in picture["series"]
        for limit in series["limits"]
    ]
    return max(left) + 8, max(right, default=0) + (24 if right else 0)


def _scale(series: Mapping[str, Any]) -> tuple[float, float]:
    """The lowest and the highest value of a panel: of a logarithmic one as powers of ten."""
    values = [bound for point in series["points"] for bound in (point["low"], point["high"]) if bound]
    values += [limit["value"] for limit in series["limits"]]
    if series["marker"] != LOGARITHMIC:
        return 0.0, 1.1 * max(values, default=1.0)
    powers = [log10(value) for value in values] or [float(_LOWEST_DECADE)]
    low = max(_LOWEST_DECADE, floor(min(powers)))
    return float(low), float(max(ceil(max(powers)), low + _LEAST_DECADES))


def _ticks(series: Mapping[str, Any], words: Words) -> list[tuple[float, str]]:
    """Values of a scale with their labels."""
    return [
        (
            value,
            round_number(value, words) if value or series["marker"] != LOGARITHMIC else words["chart"]["undetected"],
        )
        for value in _steps(series)
    ]


def _steps(series: Mapping[str, Any]) -> list[float]:
    """Values of a scale that get a label, the place for "not detected" as 0."""
    low, high = _scale(series)
    if series["marker"] == LOGARITHMIC:
        values = [10.0**power for power in range(int(low), int(high) + 1, _decades(series))]
        return [0.0, *values] if _has_floor(series) else values
    magnitude = 10 ** floor(log10(high / _MOST_TICKS))
    step = next(size * magnitude for size in _STEPS if high / (size * magnitude) <= _MOST_TICKS)
    return [n * step for n in range(int(high / step) + 1)]


def _decades(series: Mapping[str, Any]) -> int:
    """Powers of ten between two labels of a logarithmic scale."""
    low, high = _scale(series)
    return 1 if high - low <= _MOST_DECADES else 2


def _has_floor(series: Mapping[str, Any]) -> bool:
    return series["marker"] == LOGARITHMIC and any(point["high"] == 0 for point in series["points"])


def _frame(canvas: Canvas, series: Mapping[str, Any], gutters: tuple[float, float], days: tuple[date, date]) -> _Frame:
    low, high = _scale(series)
    labels = max(len(series["limits"]), len(_steps(series)))
    tall = max(120.0, labels * _APART + 16)
    log = series["marker"] == LOGARITHMIC
    bottom = canvas.y + tall
    return _Frame(
        canvas.margin + gutters[0],
        canvas.y,
        canvas.width - canvas.margin - gutters[1],
        bottom,
        *days,
        low=low,
        high=high,
        log=log,
        floor=bottom - 10 if _has_floor(series) else bottom,
    )


def _axis(canvas: Canvas, frame: _Frame, series: Mapping[str, Any], words: Words) -> None:
    for value, label in _ticks(series, words):
        y = frame.y(value)
        canvas.add(line("grid", frame.left, y, frame.right, y))
        canvas.add(Text(frame.left - 8, y + 5, label, "soft", anchor="end"))
    canvas.add(rect("frame", Area(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)))


def _limits(canvas: Canvas, frame: _Frame, series: Mapping[str, Any], words: Words) -> None:
    """Dashed lines with their values to the right, moved apart where they are close."""
    limits = sorted(series["limits"], key=lambda limit: limit["value"])
    wanted = [frame.y(limit["value"]) for limit in limits]
    for limit, y, place in zip(limits, wanted, spread(wanted, _APART, frame.top, frame.bottom), strict=True):
        canvas.add(line("limit", frame.left, y, frame.right, y))
        canvas.add(line("lead", frame.right, y, frame.right + 14, place))
        canvas.add(Text(frame.right + 18, place + 5, round_number(limit["value"], words), "limit-text"))


def spread(wanted: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Places near those wanted, given from the bottom up, at least ``apart`` and within the bounds if there is room."""
    places: list[float] = []
    for place in wanted:
        places.append(min(place, places[-1] - apart if places else bottom))
    lowest_allowed = top
    for index in range(len(places) - 1, -1, -1):
        places[index] = max(places[index], lowest_allowed)
        lowest_allowed = places[index] + apart
    return places


def _points(canvas: Canvas, frame: _Frame, series: Mapping[str, Any]) -> None:
    marker = series["marker"]
    drawn = [point for point in sorted(series["points"], key=lambda point: point["date"]) if point["low"] is not None]
    spots = [(frame.x(date.fromisoformat(point["date"])), frame.y(_shown(point))) for point in drawn]
    if len(spots) > 1:
        canvas.add(path(f"series-{marker}", "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in spots)))
    for point, (x, y) in zip(drawn, spots, strict=True):
        canvas.add(*_sign(frame, marker, point, x, y))


def _shown(point: Mapping[str, Any]) -> float:
    """The value at which a result is drawn: its bound, or the middle of its range on a logarithmic scale."""
    low, high = point["low"], point["high"]
    if high is None:
        return low
    return high if low <= 0 else (low * high) ** 0.5


def _sign(frame: _Frame, marker: str, point: Mapping[str, Any], x: float, y: float) -> Iterator[Shape]:
    low, high = point["low"], point["high"]
    if high is None or (low == 0 < high):
        way = -1 if high is None else 1
        corners = [(x - _POINT - 1, y), (x + _POINT + 1, y), (x, y + way * 2 * _POINT)]
        yield polygon(f"bound-{marker}", corners)
    elif low != high:
        top, bottom = frame.y(high), frame.y(low)
        yield rect(f"point-{marker}", Area(x - 3, top, 6, max(bottom - top, 4.0)))
    elif marker == LOGARITHMIC:
        yield circle(f"point-{marker}", x, y, _POINT)
    else:
        yield rect(f"point-{marker}", Area(x - _POINT, y - _POINT, 2 * _POINT, 2 * _POINT))


def _days(canvas: Canvas, frame: _Frame, days: Sequence[date]) -> None:
    """The days below the last panel: the first, the last (lower where there is no room), and others as they fit."""
    canvas.y += 5
    rows: list[list[tuple[float, float]]] = [[], []]
    for day in dict.fromkeys((days[0], days[-1], *days)):
        text, x = day.isoformat(), frame.x(day)
        wide = text_width(text, SMALLEST)
        left = min(max(x - wide / 2, canvas.margin), canvas.width - canvas.margin - wide)
        free = [all(left + wide + 10 <= start or left >= end + 10 for start, end in row) for row in rows]
        if not free[0] and day != days[-1]:
            continue
        row = 0 if free[0] else 1
        rows[row].append((left, left + wide))
        canvas.add(Text(left, canvas.y + SMALLEST + row * _APART, text))
        canvas.add(line("frame", x, frame.bottom, x, frame.bottom + 5))
    canvas.y += _APART * (2 if rows[1] else 1) + 8


def _below(canvas: Canvas, picture: Mapping[str, Any], words: Words) -> None:
    """Whose the limits are, how the scale is meant, and that something is not drawn."""
    said = words["chart"]
    limits = [limit_text(series, limit, words) for series in picture["series"] for limit in series["limits"]]
    if limits:
        canvas.paragraph(said["limits"], role="limit-text", bold=True)
        for text in limits:
            for index, row in enumerate(wrap(text, SMALLEST, canvas.inner - 14)):
                if index == 0:
                    canvas.add(line("limit", canvas.margin, canvas.y + 9, canvas.margin + 9, canvas.y + 9))
                canvas.add(Text(canvas.margin + 14, canvas.y + SMALLEST, row))
                canvas.y += SMALLEST * LEADING
        canvas.y += 4
    for series in picture["series"]:
        if series["marker"] == LOGARITHMIC:
            canvas.paragraph(said["scale"]["every" if _decades(series) == 1 else "every_second"], role="soft")
    if any(point["low"] is None for series in picture["series"] for point in series["points"]):
        canvas.paragraph(said["not_drawn"], role="soft")
