"""Signs that look alike become one sign, one character for one, so that every offset stays true."""

from __future__ import annotations

import re

SUPERSCRIPTS = {ord(sign): digit for sign, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)}

_ALIKE = {
    "-": "‐‑‒–—―−﹣－➖",
    "+": "＋➕﹢",
    "'": "‘’ʼ′＇`",
    '"': "“”„″«»＂",
    "*": "∗·•⋅",
    "x": "×✕✖ⅹ",
    "u": "µμ",
    "~": "～∼〜",
    "<": "＜‹",
    ">": "＞›",
    "≤": "≦⩽",
    "≥": "≧⩾",
    "→": "➔➜⇒➡",
    " ": "\u00a0\u2007\u2009\u200a\u202f\u3000\u200b\ufeff\u00ad\t",
    ",": "，、",
    ".": "。．",
    ":": "：",
    ";": "；",
    "(": "（",
    ")": "）",
    "|": "│┃¦",
    "\n": "\r\u2028\u2029\x0b\x0c",
}
_ZERO_FOR_O = re.compile(r"(?<=[A-Za-z])0(?=[A-Za-z]{3})")  # as scanned: P0SITIVE
_ESCAPE = re.compile(  # letters that a program could not show: \xe2\x80\x99, \u2019, %E2%80%99, &#8217;
    r"(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[cCeE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F])+|&#x?[0-9a-fA-F]{2,6};)+"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
_FOLD = _FULL_WIDTH | {ord(sign): plain for plain, signs in _ALIKE.items() for sign in signs}


def fold(text: str) -> str:
    """The text with look-alikes folded and broken escape sequences blanked; always of the same length."""
    whole = _ESCAPE.sub(lambda found: " " * len(found[0]), text)
    return _ZERO_FOR_O.sub("O", whole.translate(_FOLD))


def plain_digits(text: str) -> str:
    """Superscript digits and signs as ordinary ones."""
    return text.translate(SUPERSCRIPTS)
