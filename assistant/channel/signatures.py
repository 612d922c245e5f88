"""Proofs that a request comes from a platform: keyed digests over the raw body, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac


def is_same(expected: str, given: str | None) -> bool:
    """Tell whether a secret or signature is the expected one, in a time that does not tell how much of it is right.

    An empty expectation is met by nothing: a secret that was never set lets nobody in.
    """
    if not expected or given is None:
        return False
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))


def hex_of(key: str, data: bytes, digest: str = "sha256") -> str:
    """Return the HMAC of the data in hexadecimal."""
    return hmac.new(key.encode(), data, digest).hexdigest()


def base64_of(key: str, data: bytes, digest: str = "sha256") -> str:
    """Return the HMAC of the data in base64."""
    return base64.b64encode(hmac.new(key.encode(), data, digest).digest()).decode()


def sha1_of_sorted(*parts: str) -> str:
    """Return the SHA-1 of the parts, sorted and joined, in hexadecimal: how WeChat signs, the token being one part."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_recent(seconds: str | None, now: float, window: float) -> bool:
    """Tell whether a time stamp (whole seconds since 1970) lies within ``window`` seconds of ``now``."""
    return bool(seconds and seconds.isascii() and seconds.isdigit()) and abs(now - float(seconds)) <= window
