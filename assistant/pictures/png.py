"""A scene as PNG, for channels that show no SVG and for print. Painted with the fonts that it was measured with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import reportlab
import resvg_py

from assistant.pictures.lettering import BOLD, REGULAR
from assistant.pictures.scene import Scene
from assistant.pictures.style import CARD
from assistant.pictures.svg import to_svg

_FONT = "Bitstream Vera Sans"


def to_png(scene: Scene, zoom: float = 2.0) -> bytes:
    """The PNG file of a scene, ``zoom`` pixels for each of its own."""
    return resvg_py.svg_to_bytes(
        svg_string=to_svg(scene),
        zoom=zoom,
        background=CARD,
        skip_system_fonts=True,
        font_files=_font_files(),
        font_family=_FONT,
        sans_serif_family=_FONT,
    )


@cache
def _font_files() -> list[str]:
    folder = Path(reportlab.__file__).parent / "fonts"
    return [str(folder / f"{name}.ttf") for name in (REGULAR, BOLD)]
