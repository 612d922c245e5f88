"""Photos: checked before they are unpacked, then one clean grey picture for recognition. Runs confined only."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, ImageFile, ImageFilter, ImageOps

from assistant.slips import limits
from assistant.slips.refusal import Refused

FORMATS = ("PNG", "JPEG")
_PATCH = 24
"""Pixels of a side of the parts in which the brightness of the paper is measured: larger than a letter."""
_INK, _PAPER = 0.7, 0.95
"""Brightness, as a share of that of the paper around, under which something is ink, and from which it is paper."""
_SMALL = 900
_WIDEST = 12
_STRAIGHT = 0.3
_TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
ImageFile.LOAD_TRUNCATED_IMAGES = False


def picture(content: bytes, turns: int = 0) -> bytes:
    """A photo as a grey picture (PGM) of a good size, upright as the camera marked it. Raises :class:`Refused`.

    ``turns``: quarter turns to the right beyond that.
    """
    Image.MAX_IMAGE_PIXELS = limits.MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            photo = Image.open(io.BytesIO(content), formats=FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Refused("P006") from None
    if photo.width * photo.height > limits.MOST_PIXELS or min(photo.size) < limits.SMALLEST_SIDE:
        raise Refused("P006")
    photo.draft("L", (limits.BEST_SIDE, limits.BEST_SIDE))  # JPEG: unpacked no larger than needed
    return grey(ImageOps.exif_transpose(photo), turns)


def grey(photo: Image.Image, turns: int = 0) -> bytes:
    """Grey, of a good size, without shadows, after quarter turns to the right, its lines level, as PGM."""
    if photo.mode in {"RGBA", "LA", "P", "PA"}:
        seen = photo.convert("RGBA")
        photo = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    shade = _even(_sized(photo.convert("L")))
    if turns % 4:
        shade = shade.transpose(_TURNS[turns % 4])
    angle = _askew(shade)
    if abs(angle) >= _STRAIGHT:
        shade = shade.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    out = io.BytesIO()
    shade.save(out, "PPM")
    return out.getvalue()


def _sized(shade: Image.Image) -> Image.Image:
    scale = limits.BEST_SIDE / max(shade.size)
    size = (max(1, round(shade.width * scale)), max(1, round(shade.height * scale)))
    return shade if scale == 1 else shade.resize(size, Image.Resampling.LANCZOS)


def _even(shade: Image.Image) -> Image.Image:
    """The picture without shadows: each part against the paper around it, which is brighter than what stands on it."""
    small = shade.resize((max(1, shade.width // _PATCH), max(1, shade.height // _PATCH)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.BoxBlur(2)).resize(shade.size)
    light = np.asarray(shade, np.float32) / np.maximum(np.asarray(paper, np.float32), 1)
    ink = light[light < _INK]
    darkest = float(np.percentile(ink, 5)) if ink.size else 0.0  # of the ink alone: a page may be almost empty
    plain = (light - darkest) / max(_PAPER - darkest, 0.1)
    return Image.fromarray(np.clip(plain * 255, 0, 255).astype(np.uint8))


def _askew(shade: Image.Image) -> float:
    """By how many degrees the lines lean: turned by that angle, rows of ink and rows of paper differ most."""
    small = ImageOps.invert(shade.resize((_SMALL, max(1, round(shade.height * _SMALL / shade.width)))))

    def sharpness(angle: float) -> float:
        rows = np.asarray(small.rotate(angle, Image.Resampling.BILINEAR), np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_WIDEST, _WIDEST + 1, 1.0), key=sharpness)
    return float(max(np.arange(best - 0.8, best + 0.9, 0.2), key=sharpness))
