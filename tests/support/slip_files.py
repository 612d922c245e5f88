"""Files that a slip could be, and files that somebody could send instead of one."""

from __future__ import annotations

import io
import struct
import zlib

import pypdfium2
from PIL import Image, ImageEnhance, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

HEADS = ("Test", "Result", "Flag", "Unit", "Reference")
ROWS = (
    ("HBsAg", "3456.2", "Reactive", "S/CO", "<1.0"),
    ("HBeAg", "0.31", "Non-reactive", "S/CO", "<1.0"),
    ("HBV DNA", "32000", "", "IU/mL", "Not detected"),
    ("ALT", "67", "H", "U/L", "7 - 35"),
)
COLUMNS = (50, 200, 290, 390, 460)
READ = ["HBsAg 3456.2 S/CO positive", "HBeAg 0.31 S/CO negative", "HBV DNA 32000 IU/mL", "ALT 67 U/L"]


def slip(pages=1, size=A4, owner="", lines=(HEADS, *ROWS), edit=None):
    """A slip as PDF, as laboratory systems write them."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=size, encrypt=StandardEncryption(owner) if owner else None)
    for _ in range(pages):
        paper.drawString(50, 780, "CITY LABORATORY     Collected: 05 Oct 2026")
        for row, cells in enumerate(lines):
            for text, x in zip(cells, COLUMNS, strict=True):
                paper.drawString(x, 740 - 20 * row, text)
        paper.showPage()
    if edit:
        edit(paper)
    paper.save()
    return out.getvalue()


def raw_pdf(*objects, catalog="/Pages 2 0 R"):
    """A PDF written by hand: objects from number 3 on, as bytes."""
    whole = [
        f"<< /Type /Catalog {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        *(objects or [page()]),
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(whole, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(whole) + 1)
    start = len(out)
    return out + head + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(whole) + 1, start)


def page(box="0 0 595 842", more=""):
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {more} >>".encode()


def stream(content, filters="/FlateDecode"):
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content)


def bomb(megabytes, layers=1):
    """Bytes that unpack to very many."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    return content


def png_that_claims(width, height):
    """A PNG whose head promises more than any memory holds."""

    def part(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\x00" * 1000)) + part(b"IEND", b"")
    )


def picture(size=(900, 700), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


EXIF_ORIENTATION, MARKS = 0x0112, {0: 1, 90: 6, 180: 3, 270: 8}
"""The tag in which a camera says how a picture lies, and its word for one that lies so many degrees to the left."""


def photo(pdf, *, angle=0, blur=0.0, scale=2.0, shade=0.0, kind="JPEG", quality=80, lies=0, marked=False):
    """The upper part of a page as a camera sees it: turned, out of focus, with a shadow, packed small.

    It ``lies`` that many degrees to the left, which the camera may have ``marked``.
    """
    seen = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")
    seen = seen.crop((0, 0, seen.width, seen.height * 2 // 3))
    if angle:
        seen = seen.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(200, 195, 190))
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    if shade:
        dark = ImageEnhance.Brightness(seen).enhance(1 - shade)
        seen = Image.composite(seen, dark, Image.linear_gradient("L").resize(seen.size))
    if lies:
        seen = seen.rotate(lies, expand=True)
    mark = Image.Exif()
    if marked:
        mark[EXIF_ORIENTATION] = MARKS[lies]
    out = io.BytesIO()
    seen.save(out, kind, quality=quality, exif=mark)
    return out.getvalue()


def scanned(pdf, lies=0):
    """The same page as a scanner makes a PDF of it: a picture and no letters."""
    seen = pypdfium2.PdfDocument(pdf)[0].render(scale=2.5).to_pil().convert("L").rotate(lies, expand=True)
    out = io.BytesIO()
    seen.save(out, "PDF", resolution=180)
    return out.getvalue()
