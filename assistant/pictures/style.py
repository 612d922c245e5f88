"""Colours of the roles in a picture, on a light card. A page may give the same roles other colours in the dark.

Every pair that must be told apart differs in shape, pattern or place too. The colours are dark enough for white paper
(contrast of text at least 4.5, of lines that mean something at least 3; a test computes them) and keep apart for
readers who see no red or no green.
"""

from __future__ import annotations

from collections.abc import Mapping

FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif"
CARD, HERE, PILL = "#ffffff", "#d9ecea", "#0b5f6b"
INK, SOFT, LINE, GRID = "#17282d", "#4a5c61", "#6f8286", "#c9d5d4"
VIRUS, ALT, LIMIT = "#8a3b00", "#0b5394", "#6b1f5f"
TREAT, CONSIDER, MONITOR = "#8a3b00", "#5b3a8e", "#0b5394"
_RING, _THICK = 2.5, 3


def _line(colour: str, width: float, dashes: str = "") -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}"} | (
        {"stroke-dasharray": dashes} if dashes else {}
    )


ROLES: Mapping[str, Mapping[str, str]] = {
    "card": {"fill": CARD, "stroke": GRID},
    "ink": {"fill": INK},
    "soft": {"fill": SOFT},
    "frame": _line(LINE, 1),
    "grid": _line(GRID, 1),
    "here": {"fill": HERE, "stroke": PILL, "stroke-width": "3"},
    "between": {"fill": HERE, "stroke": PILL, "stroke-width": "3", "stroke-dasharray": "8 6"},
    "hatch": _line(PILL, 1),
    "pill": {"fill": PILL},
    "pill-open": _line(SOFT, 2, "5 4"),
    "on-pill": {"fill": CARD},
    "neighbour": {"fill": HERE, "stroke": PILL, "stroke-width": "3"},
    "number": {"fill": CARD, "stroke": LINE, "stroke-width": "1.5"},
    "virus": _line(VIRUS, _THICK),
    "alt": _line(ALT, _THICK, "2 6") | {"stroke-linecap": "round"},
    "series-ALT": _line(ALT, 2),
    "series-HBV_DNA": _line(VIRUS, 2),
    "point-ALT": {"fill": ALT, "stroke": CARD},
    "point-HBV_DNA": {"fill": VIRUS, "stroke": CARD},
    "bound-ALT": {"fill": CARD, "stroke": ALT, "stroke-width": "2"},
    "bound-HBV_DNA": {"fill": CARD, "stroke": VIRUS, "stroke-width": "2"},
    "limit": _line(LIMIT, 1.5, "6 4"),
    "lead": _line(LIMIT, 1),
    "limit-text": {"fill": LIMIT},
    "treat": {"fill": TREAT, "stroke": TREAT, "stroke-width": f"{_RING:g}"},
    "consider": _line(CONSIDER, _RING),
    "consider-half": {"fill": CONSIDER},
    "monitor": _line(MONITOR, _RING),
    "none": _line(SOFT, 2, "3 3"),
    "none-sign": _line(SOFT, 2),
}
"""Presentation attributes by role."""
