"""Whether a message is written in letters that the assistant reads."""

from __future__ import annotations

from unicodedata import name

_READ = "LATIN"
"""Letters of the languages under ``hepb/knowledge/lexicon``, as Unicode names them."""


def is_unread(text: str) -> bool:
    """Whether most letters of ``text`` belong to a script that is not read; false for a text without letters."""
    letters = [sign for sign in text if sign.isalpha()]
    unread = [sign for sign in letters if not name(sign, "").startswith(_READ)]
    return len(unread) * 2 > len(letters)
