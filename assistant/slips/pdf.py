"""PDF: words with their places, or a picture of the first pages where there are none. Runs confined only."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import PSLiteral
from PIL import Image

from assistant.slips import limits
from assistant.slips.picture import grey
from assistant.slips.refusal import Refused

_ACTIVE = frozenset({"JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm",
                     "ImportData", "GoToR", "GoToE", "Movie", "Sound", "Rendition"})  # fmt: skip
"""What makes a PDF do something or carry something else. A slip has none of it."""
_WIDEST_GAP = 2.0

logging.disable(logging.CRITICAL)  # what a library says of a file is the file's


def pdf(content: bytes) -> bytes:
    """The words of a PDF as JSON: a list of ``[text, page, x0, x1, top, bottom]``. Raises :class:`Refused`."""
    try:
        document = pdfplumber.open(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - libraries fail on broken files in many ways
        raise Refused(_reason(error)) from None
    if document.doc.encryption or not document.doc.is_extractable:
        raise Refused("P003")
    _check_objects(document.doc)
    words: list[list[Any]] = []
    for page in _pages(document):
        for word in page.extract_words(
            x_tolerance=_WIDEST_GAP, extra_attrs=["size"]
        ):  # sizes: raised digits stay apart
            words.append([word["text"], page.page_number, word["x0"], word["x1"], word["top"], word["bottom"]])
            if len(words) > limits.MOST_WORDS:
                raise Refused("P006")
    return json.dumps(words).encode()


def render(content: bytes, turns: int = 0) -> bytes:
    """The pages of a PDF under each other as one grey picture (PGM), each turned to the right by ``turns`` quarters.

    Raises :class:`Refused`.
    """
    document = pypdfium2.PdfDocument(content)
    pictures = []
    for index in range(min(len(document), limits.MOST_PAGES)):
        page = document[index]
        if max(page.get_size()) > limits.LARGEST_PAGE:
            raise Refused("P006")
        scale = limits.BEST_SIDE / max(page.get_size())
        pictures.append(page.render(scale=scale, rotation=90 * (turns % 4), grayscale=True).to_pil())
    whole = Image.new("L", (max(p.width for p in pictures), sum(p.height for p in pictures)), 255)
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    return grey(whole)


def _reason(error: BaseException) -> str:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, PDFEncryptionError | PDFPasswordIncorrect):
            return "P003"
        if isinstance(seen, MemoryError):
            return "P007"
        seen = seen.__cause__ or seen.__context__ or next((a for a in seen.args if isinstance(a, BaseException)), None)
    return "P004"


def _pages(document: pdfplumber.PDF) -> Iterator[Any]:
    for number, page in enumerate(document.pages, 1):
        if number > limits.MOST_PAGES:
            raise Refused("P005")
        if max(page.width, page.height) > limits.LARGEST_PAGE:
            raise Refused("P006")
        yield page


def _check_objects(document: Any) -> None:
    """Refuse a document with anything in it that acts or carries other files, wherever it hides."""
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    if len(numbers) > limits.MOST_OBJECTS:
        raise Refused("P006")
    for xref in document.xrefs:
        _check(xref.get_trailer())
    for number in sorted(numbers):
        try:
            found = document.getobj(number)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - a free or broken object holds nothing; pages that need it fail later
            continue
        _check(found)


def _check(value: Any) -> None:
    waiting = [value]
    for _ in range(limits.MOST_OBJECTS):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, PDFStream):
            item = item.attrs
        if isinstance(item, dict):
            if _ACTIVE.intersection(item) or _name(item.get("S")) in _ACTIVE or _name(item.get("Type")) in _ACTIVE:
                raise Refused("P008")
            waiting += item.values()
        elif isinstance(item, list) and not isinstance(item, PDFObjRef):
            waiting += item
    raise Refused("P006")


def _name(value: Any) -> str:
    return str(value.name) if isinstance(value, PSLiteral) else ""
